from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from apps.core.access import FORM, Line, Who
from apps.core.keyring import KeyRing
from tests.accounts.pages import heading_of, text_of

SECRET = "planted-heron-words"
GONE = UUID(int=7, version=4)  # the id of nothing that is there


def break_down(request: HttpRequest) -> HttpResponse:
    """A page that breaks with somebody's words in its hands."""
    words = request.POST.get("what_happened", SECRET)
    raise ValueError(f"invalid literal: {words}")


def refuse(request: HttpRequest) -> HttpResponse:
    """A page that this person may not open."""
    raise PermissionDenied(SECRET)


urlpatterns = [
    path("break-down/", break_down, name="break_down"),
    path("refuse/", refuse, name="refuse"),
    path("", include("config.urls")),
]
handler400 = "apps.home.errors.bad_request"
handler403 = "apps.home.errors.permission_denied"
handler404 = "apps.home.errors.page_not_found"
handler500 = "apps.home.errors.server_error"

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def access(settings):
    """The pages here are for everybody who is signed in."""
    lines = {name: Line(Who.SIGNED_IN, FORM) for name in ("break_down", "refuse")}
    settings.ACCESS = settings.ACCESS | lines


def check_that_it_leaks_nothing(page) -> None:
    """No word that was sent, no name of our code, no version."""
    body = page.content.decode()
    for leak in (SECRET, "Traceback", "ValueError", "Django", "apps/", "python", "break_down"):
        assert leak not in body
    assert page.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_page_that_breaks_looks_like_keel_and_leaks_nothing(amina, caplog):
    amina.raise_request_exception = False
    page = amina.post("/break-down/", {"what_happened": SECRET})
    assert page.status_code == 500
    assert heading_of(page) == "Sorry, there is a problem with Keel"
    assert 'href="/support/"' in page.content.decode()
    check_that_it_leaks_nothing(page)


@pytest.mark.parametrize("address", ["/journal/", "/journal/{pk}/"])
def test_page_of_words_whose_key_is_gone_says_so_calmly_and_leaks_nothing(amina, world, settings, address):
    settings.KEY_RING = KeyRing({"other": AESGCM(bytes(range(32)))})
    amina.raise_request_exception = False
    page = amina.get(address.format(pk=world["reflection"].pk))
    assert (page.status_code, heading_of(page)) == (503, "Something you wrote cannot be opened")
    assert "Nothing was deleted" in text_of(page)
    check_that_it_leaks_nothing(page)


def test_page_that_is_not_there_looks_the_same_for_anybody(client, world):
    signed_out = client.get("/no-such-page/")
    client.force_login(world["amina"])
    signed_in = client.get("/no-such-page/")
    assert (signed_out.status_code, heading_of(signed_out)) == (404, "Page not found")
    assert signed_in.content == signed_out.content
    check_that_it_leaks_nothing(signed_in)


@pytest.mark.parametrize("address", [f"/coping/own/{GONE}/change/", f"/journal/{GONE}/challenge/"])
def test_words_sent_to_what_was_deleted_in_another_tab_are_handed_back_and_to_no_other_site(amina, address):
    sent = {"what_happened": f"{SECRET} <b>", "version": "3"}
    page = amina.post(address, sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert (page.status_code, heading_of(page)) == (404, "Page not found")
    assert f"{SECRET} &lt;b&gt;</textarea>" in page.content.decode()
    check_that_it_leaks_nothing(amina.post(address, sent, headers={"Sec-Fetch-Site": "cross-site"}))


@pytest.mark.parametrize("words", ["boundaries", "我学到了界限的重要性"])
def test_one_word_sent_to_what_was_deleted_is_handed_back_and_no_key_is(amina, words):
    sent = {"what_happened": words, "version": "3", "page_key": GONE, "tick": "on"}
    page = amina.post(f"/coping/own/{GONE}/change/", sent, headers={"Sec-Fetch-Site": "same-origin"}).content.decode()
    assert f"{words}</textarea>" in page
    assert page.count("<textarea") == 1


def test_words_sent_while_something_breaks_are_handed_back_and_to_no_other_site(amina):
    amina.raise_request_exception = False
    sent = {"what_happened": f"{SECRET} <b>", "version": "3"}
    page = amina.post("/break-down/", sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 500
    assert f"{SECRET} &lt;b&gt;</textarea>" in page.content.decode()
    check_that_it_leaks_nothing(amina.post("/break-down/", sent, headers={"Sec-Fetch-Site": "cross-site"}))


def test_page_that_breaks_is_called_what_the_service_is_called(amina, settings):
    settings.SERVICE_NAME = "Ballast"
    amina.raise_request_exception = False
    page = amina.get("/break-down/")
    assert heading_of(page) == "Sorry, there is a problem with Ballast"
    assert "Keel" not in text_of(page).replace("About Keel", "")


def test_page_that_is_refused_says_what_to_do(amina):
    page = amina.get("/refuse/")
    assert (page.status_code, heading_of(page)) == (403, "You cannot open this page")
    check_that_it_leaks_nothing(page)


def test_host_that_is_not_ours_is_refused_as_a_page(client, db):
    page = client.get("/", headers={"Host": "evil.example"})
    assert (page.status_code, heading_of(page)) == (400, "We could not read that")
    assert "evil.example" not in page.content.decode()


def test_form_that_is_too_large_says_so_and_is_no_server_error(amina, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    page = amina.post("/journal/new/", {"kind": "full", "what_happened": f"{SECRET} " * 100})
    assert (page.status_code, heading_of(page)) == (413, "That is too much at once")
    check_that_it_leaks_nothing(page)


def test_form_with_too_many_fields_is_a_bad_request(amina):
    page = amina.post("/journal/new/", {f"field-{number}": "x" for number in range(2_100)})
    assert (page.status_code, heading_of(page)) == (400, "We could not read that")
    check_that_it_leaks_nothing(page)


def test_too_many_tries_look_like_keel(client, db):
    for _ in range(30):
        client.post("/accounts/login/", {"login": "", "password": ""})
    page = client.post("/accounts/login/", {"login": "", "password": ""})
    assert (page.status_code, heading_of(page)) == (429, "Please wait a little")


def test_error_page_is_drawn_without_the_database(client):
    assert client.get("/no-such-page/").status_code == 404  # no db fixture


@pytest.mark.parametrize("address", ["/no-such-page/", "/refuse/"])
def test_error_page_offers_support_and_the_way_home(amina, address):
    words = text_of(amina.get(address))
    assert "Need support now" in words
    assert "Go to Home" in words
