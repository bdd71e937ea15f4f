"""Words that somebody sent are never dropped, and never shown to, or taken from, another site."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from apps.journal.models import Reflection
from tests.accounts.pages import PASSWORD, heading_of, is_signed_in, sign_in, text_of, title_of

WORDS = 'Three calls without a gap.\n\nThen <b>one</b> more & "another" 🌊 {{ 7 }}'
OURS = {"Sec-Fetch-Site": "same-origin"}
AUTOSAVE = {"X-Requested-With": "autosave"}


@pytest.fixture
def page_of_draft(world):
    """Where Amina's draft is written."""
    return reverse("journal:reflection_challenge", args=[world["draft"].pk])


@pytest.fixture
def strict():
    """A browser for which tokens are checked, as they are for people."""
    return Client(enforce_csrf_checks=True)


def token_in(page) -> str:
    """The token of the last form on the page: the header's forms come first."""
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[-1]


def fields_in(page) -> dict[str, list[str]]:
    """What the rescue form would send, as a browser reads it."""
    form = page.content.decode().split("data-rescue")[1].split("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    shown = re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    found: dict[str, list[str]] = {}
    for name, value in hidden + shown:
        if name == "csrfmiddlewaretoken":
            continue
        found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


# --- Signed out -------------------------------------------------------------------------------------------------------


def test_closed_page_opened_signed_out_leads_to_sign_in_and_back(client, world, page_of_draft):
    answer = client.get(page_of_draft)
    assert answer.url == f"{reverse('account_login')}?next={page_of_draft}"
    assert sign_in(client, "amina@example.nhs.uk", then=page_of_draft).url == page_of_draft


def test_form_sent_signed_out_comes_back_with_every_field(client, page_of_draft):
    sent = {"what_happened": WORDS, "challenges": ["C3", "C3:overrun"], "strain_before": "7", "version": "0"}
    page = client.post(page_of_draft, sent, headers=OURS)
    assert page.status_code == 401
    assert title_of(page).startswith("You have been signed out")
    assert "Your words are still here" in text_of(page)
    assert fields_in(page) == {name: value if isinstance(value, list) else [value] for name, value in sent.items()}


def test_form_sent_signed_out_shows_words_in_a_labelled_box_and_markup_as_text(client, page_of_draft):
    page = client.post(page_of_draft, {"what_happened": WORDS}, headers=OURS).content.decode()
    assert '<label class="nhsuk-label nhsuk-label--s" for="kept-1">What happened?</label>' in page
    assert "&lt;b&gt;one&lt;/b&gt;" in page
    assert "<b>one</b>" not in page
    assert "{{ 7 }}" in page


def test_form_sent_signed_out_offers_sign_in_in_a_new_tab_and_says_so(client, page_of_draft):
    page = client.post(page_of_draft, {"what_happened": WORDS}, headers=OURS)
    assert f'<a href="{reverse("account_login")}" target="_blank" rel="noopener">Sign in (opens in a new tab)</a>' in (
        page.content.decode()
    )


def test_save_again_after_signing_in_in_another_tab_saves_the_words(client, world, page_of_draft):
    sent = {"what_happened": WORDS, "version": "0"}
    page = client.post(page_of_draft, sent, headers=OURS)
    sign_in(client, "amina@example.nhs.uk")
    client.post(page_of_draft, fields_in(page), headers=OURS)
    world["draft"].refresh_from_db()
    assert world["draft"].what_happened == WORDS


def test_save_again_without_scripts_takes_one_more_press_and_then_saves(strict, world, page_of_draft):
    """Signing in renews the token, so the form's is stale; the page comes again with the new one."""
    first = strict.get(reverse("account_login"))
    lost = strict.post(
        page_of_draft, {"what_happened": WORDS, "version": "0", "csrfmiddlewaretoken": token_in(first)}, headers=OURS
    )
    assert lost.status_code == 401
    credentials = {"login": "amina@example.nhs.uk", "password": PASSWORD, "csrfmiddlewaretoken": token_in(first)}
    strict.post(reverse("account_login"), credentials, headers=OURS)
    assert is_signed_in(strict)
    again = strict.post(page_of_draft, fields_in(lost) | {"csrfmiddlewaretoken": token_in(lost)}, headers=OURS)
    assert (again.status_code, heading_of(again)) == (403, "Your words are still here")
    strict.post(page_of_draft, fields_in(again) | {"csrfmiddlewaretoken": token_in(again)}, headers=OURS)
    world["draft"].refresh_from_db()
    assert world["draft"].what_happened == WORDS


@pytest.mark.parametrize("name", ["password", "password1", "oldpassword", "new_passphrase", "PASSWD", "secret_answer"])
def test_form_sent_signed_out_never_gives_a_password_back(client, page_of_draft, name):
    page = client.post(page_of_draft, {"what_happened": WORDS, name: "my own heron pass"}, headers=OURS)
    assert "heron" not in page.content.decode()


def test_form_sent_signed_out_gets_a_fresh_token_in_the_place_of_the_old(client, page_of_draft):
    page = client.post(page_of_draft, {"csrfmiddlewaretoken": "old-token", "what_happened": WORDS}, headers=OURS)
    assert "old-token" not in page.content.decode()
    assert token_in(page)


def test_form_sent_signed_out_writes_nothing(client, world, page_of_draft):
    client.post(page_of_draft, {"what_happened": WORDS, "version": "0"}, headers=OURS)
    world["draft"].refresh_from_db()
    assert "otter" in world["draft"].what_happened


def test_rescue_page_is_kept_nowhere(client, page_of_draft):
    page = client.post(page_of_draft, {"what_happened": WORDS}, headers=OURS)
    assert page.headers["Cache-Control"] == "no-store"
    assert "_auth_user_id" not in client.session
    assert WORDS not in str(dict(client.session))


# --- A stale token ----------------------------------------------------------------------------------------------------


def test_form_with_a_stale_token_comes_back_and_saves_on_the_second_press(strict, world, page_of_draft):
    strict.force_login(world["amina"])
    page = strict.post(page_of_draft, {"what_happened": WORDS, "version": "0"}, headers=OURS)
    assert (page.status_code, heading_of(page)) == (403, "Your words are still here")
    strict.post(page_of_draft, fields_in(page) | {"csrfmiddlewaretoken": token_in(page)}, headers=OURS)
    world["draft"].refresh_from_db()
    assert world["draft"].what_happened == WORDS


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password", "account_logout"])
def test_open_form_with_a_stale_token_says_to_try_again_and_gives_nothing_back(strict, db, name):
    page = strict.post(reverse(name), {"login": "nia@example.nhs.uk", "password": "my heron"}, headers=OURS)
    assert (page.status_code, heading_of(page)) == (403, "Please try that again")
    assert f'<a href="{reverse(name)}">Open the page again</a>' in page.content.decode()
    assert "nia@" not in page.content.decode()
    assert "heron" not in page.content.decode()


# --- Scripts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [AUTOSAVE, {"Accept": "application/json"}])
@pytest.mark.parametrize("method", ["get", "post"])
def test_script_signed_out_is_told_so_and_gets_no_page(client, world, page_of_draft, headers, method):
    answer = getattr(client, method)(page_of_draft, {"what_happened": "heron"}, headers=headers)
    assert (answer.status_code, answer.json()) == (401, {"error": "signed_out"})
    assert "heron" not in answer.content.decode()


def test_script_with_a_stale_token_is_told_so(strict, world, page_of_draft):
    strict.force_login(world["amina"])
    answer = strict.post(page_of_draft, {"what_happened": "heron"}, headers=AUTOSAVE)
    assert (answer.status_code, answer.json()) == (403, {"error": "csrf"})


# --- Another site -----------------------------------------------------------------------------------------------------

ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "https://testserver"},
    {"Origin": "http://evil.example", "Referer": "http://testserver/journal/"},
    {"Referer": "https://evil.example/http://testserver/"},
    {"Referer": "http://testserver.evil.example/"},
    {"Referer": "http://["},
    {},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_form_of_another_site_shows_nothing_of_what_it_sent(client, page_of_draft, settings, headers):
    settings.ALLOWED_HOSTS = ["testserver"]
    page = client.post(page_of_draft, {"what_happened": "planted heron", "x": "<script>"}, headers=headers)
    assert page.status_code == 403
    assert "heron" not in page.content.decode()
    assert "csrfmiddlewaretoken" not in page.content.decode()


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_form_of_another_site_with_a_stale_token_shows_nothing_of_what_it_sent(strict, world, page_of_draft, headers):
    strict.force_login(world["amina"])
    page = strict.post(page_of_draft, {"what_happened": "planted heron"}, headers=headers)
    assert page.status_code == 403
    assert "heron" not in page.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver"},
        {"Referer": "http://testserver/journal/"},
        {"Sec-Fetch-Site": "none", "Origin": "http://testserver"},
    ],
)
def test_form_of_our_own_page_comes_back_whatever_the_browser_uses_to_say_so(client, page_of_draft, headers):
    assert client.post(page_of_draft, {"what_happened": WORDS}, headers=headers).status_code == 401


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_closed_page_asked_in_another_way_signed_out_is_refused(client, page_of_draft, method):
    assert getattr(client, method)(page_of_draft, headers=OURS).status_code == 403


def test_form_sent_signed_out_to_a_page_that_is_not_there_is_not_found(client, db):
    assert client.post("/journal/no-such-page/", {"what_happened": WORDS}, headers=OURS).status_code == 404


def test_cast_has_a_draft_to_lose(world):
    assert Reflection.objects.owned_by(world["amina"]).drafts().exists()
