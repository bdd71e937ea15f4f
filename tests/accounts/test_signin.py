import pytest
from django.contrib.auth.hashers import identify_hasher
from django.test import Client
from django.urls import reverse

from config import settings as real_settings
from tests.accounts.pages import heading_of, is_signed_in, sign_in, text_of, title_of
from tests.factories import make_person

pytestmark = pytest.mark.django_db
NIA = "nia@example.nhs.uk"


@pytest.fixture
def nia():
    """Somebody with an account."""
    return make_person(NIA)


def test_sign_in_page_has_the_promised_heading_and_labels(client):
    page = client.get(reverse("account_login"))
    assert heading_of(page) == "Sign in"
    assert 'for="id_login">Email address</label>' in page.content.decode()
    assert 'for="id_password">Password</label>' in page.content.decode()


@pytest.mark.parametrize("address", [NIA, "Nia@Example.NHS.UK", f"  {NIA} "])
def test_sign_in_takes_the_address_in_any_letters(client, nia, address):
    sign_in(client, address)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("address", "password"),
    [
        (NIA, "wrong"),
        (NIA, ""),
        ("", "wrong"),
        ("nia", "wrong"),
        ("' OR 1=1 --@x.uk", "x"),
        (NIA, "\x00"),
        (NIA, "x" * 100_000),
    ],
)
def test_sign_in_with_anything_wrong_says_what_to_do_and_keeps_no_password(client, nia, address, password):
    page = sign_in(client, address, password)
    assert page.status_code == 200
    assert title_of(page).startswith("Error: ")
    assert "There is a problem" in text_of(page)
    assert not is_signed_in(client)
    assert 'value="wrong"' not in page.content.decode()


def test_sign_in_after_five_wrong_passwords_waits(client, nia):
    for _ in range(5):
        sign_in(client, NIA, "wrong")
    page = sign_in(client, NIA)
    assert "Too many tries. Wait 5 minutes" in text_of(page)
    assert not is_signed_in(client)


def test_sign_in_of_somebody_who_left_says_that_the_account_is_closed(client, world):
    page = client.post(
        reverse("account_login"), {"login": "olu@example.nhs.uk", "password": "calm-water-carries-far"}, follow=True
    )
    assert heading_of(page) == "Your account is closed"
    assert not is_signed_in(client)


def test_person_deactivated_while_signed_in_is_out_at_the_next_page(amina, world):
    world["amina"].is_active = False
    world["amina"].save()
    assert amina.get(reverse("journal:reflection_list")).status_code == 302


def test_sign_in_changes_the_session_key(client, nia):
    client.get(reverse("account_login"))
    client.session["planted"] = True
    client.session.save()
    before = client.session.session_key
    sign_in(client, NIA)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "payload",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "https:evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://testserver@evil.example/",
        "https://testserver.evil.example/",
        "/\t/evil.example/",
        "\x00//evil.example/",
        "//localhost:1@evil.example/",
    ],
)
@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_logout"])
def test_next_address_never_leads_to_another_site(client, nia, name, payload):
    if name == "account_login":
        answer = sign_in(client, NIA, then=payload)
    else:
        client.force_login(nia)
        answer = client.post(reverse(name, query={"next": payload}))
    assert answer.status_code == 302
    assert answer.url == reverse("home:home")


def test_next_address_of_our_own_is_where_one_arrives(client, nia):
    assert sign_in(client, NIA, then="/coping/?x=1").url == "/coping/?x=1"


def test_sign_out_link_opened_by_get_asks_first(amina):
    page = amina.get(reverse("account_logout"))
    assert heading_of(page) == "Sign out"
    assert is_signed_in(amina)
    assert "Clear-Site-Data" not in page.headers


def test_sign_out_by_post_ends_the_session_for_good(amina):
    stolen = amina.cookies["sessionid"].value
    answer = amina.post(reverse("account_logout"))
    assert not is_signed_in(amina)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get(reverse("journal:reflection_list")).status_code == 302


def test_session_ends_with_the_browser_and_after_twelve_hours(client, nia, time_machine):
    time_machine.move_to("2026-11-23 08:00+00:00")
    sign_in(client, NIA)
    assert not client.cookies["sessionid"]["max-age"]
    time_machine.move_to("2026-11-23 20:01+00:00")
    assert client.get(reverse("journal:reflection_list")).status_code == 302


def test_passwords_are_hashed_with_argon2_in_the_real_settings():
    assert real_settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_password_is_never_kept_as_typed(nia):
    assert identify_hasher(nia.password)
    assert "calm-water" not in nia.password
