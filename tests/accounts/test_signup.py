from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse

from apps.accounts.forms import SignupForm
from apps.accounts.models import User
from tests.accounts.pages import (
    PASSWORD,
    heading_of,
    is_signed_in,
    last_mail_to,
    path_in,
    sign_in,
    sign_up,
    text_of,
    title_of,
)
from tests.factories import make_person

pytestmark = pytest.mark.django_db
NIA = "nia@example.nhs.uk"


def test_sign_up_then_the_link_then_its_button_ends_signed_in_at_home(client):
    sent = sign_up(client, NIA)
    assert heading_of(client.get(sent.url)) == "Check your email"
    confirm = path_in(last_mail_to(NIA))
    assert heading_of(client.get(confirm)) == "Confirm your email address"
    done = client.post(confirm, follow=True)
    assert is_signed_in(client)
    assert heading_of(done) == "Home"


def test_sign_up_while_the_mail_server_is_away_says_so_and_keeps_the_account(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    assert "We could not send the email" in text_of(client.get(sign_up(client, NIA).url))
    assert User.objects.filter(email=NIA).exists()


def test_sign_up_page_has_the_promised_heading_and_labels(client):
    page = client.get(reverse("account_signup"))
    assert heading_of(page) == "Create an account"
    assert '<label class="nhsuk-label nhsuk-label--s" for="id_email">Email address</label>' in squeezed(page)
    assert '<label class="nhsuk-label nhsuk-label--s" for="id_password1">Password</label>' in squeezed(page)


def squeezed(page) -> str:
    return " ".join(page.content.decode().split())


def test_sign_up_with_nothing_filled_in_says_what_to_do_and_marks_the_title(client):
    page = sign_up(client, "", "")
    assert title_of(page).startswith("Error: Create an account")
    assert "There is a problem" in text_of(page)
    assert "Enter your email address" in text_of(page)
    assert "Enter a password" in text_of(page)
    assert 'href="#id_email"' in page.content.decode()


def test_sign_up_without_confirming_does_not_let_anybody_in(client):
    sign_up(client, NIA)
    answer = sign_in(Client(), NIA)
    assert answer.url == reverse("account_email_verification_sent")
    assert not User.objects.get(email=NIA).last_login


def test_confirm_link_opened_by_a_mail_scanner_confirms_nothing(client):
    sign_up(client, NIA)
    Client().get(path_in(last_mail_to(NIA)))
    assert not User.objects.get(email=NIA).emailaddress_set.get().verified


def test_confirm_link_opened_in_another_browser_leads_to_sign_in_there(client):
    sign_up(client, NIA)
    other = Client()
    answer = other.post(path_in(last_mail_to(NIA)))
    assert answer.url == reverse("account_login")
    assert not is_signed_in(other)
    sign_in(other, NIA)
    assert is_signed_in(other)


def test_confirm_link_used_twice_says_that_it_has_been_used(client):
    sign_up(client, NIA)
    confirm = path_in(last_mail_to(NIA))
    client.post(confirm)
    page = Client().get(confirm)
    assert "This link has been used or has run out" in text_of(page)
    assert page.status_code == 200


def test_confirm_link_that_was_changed_confirms_nothing(client):
    sign_up(client, NIA)
    confirm = path_in(last_mail_to(NIA))
    forged = confirm[:-3] + ("aa/" if confirm[-3:] != "aa/" else "bb/")
    assert "This link has been used or has run out" in text_of(client.get(forged))
    assert client.post(forged).status_code == 404
    assert not User.objects.get(email=NIA).emailaddress_set.get().verified


def test_sign_up_writes_the_address_in_small_letters(client):
    sign_up(client, "Nia@Example.NHS.uk")
    assert User.objects.get().email == NIA


@pytest.mark.parametrize("field", ["is_staff", "is_superuser", "is_active", "name", "joined_at"])
def test_sign_up_ignores_what_the_form_does_not_ask(client, field):
    sign_up(client, NIA, **{field: "1"})
    person = User.objects.get(email=NIA)
    assert (person.is_staff, person.is_superuser, person.is_active, person.name) == (False, False, True, "")


# --- A known address tells nothing: the twin of each page and each cost -----------------------------------------------


def hashing(act) -> tuple[object, int]:
    """What `act` returns, and how many passwords were hashed meanwhile."""
    hash_it = MD5PasswordHasher.encode
    with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=hash_it) as encode:
        return act(), encode.call_count


def test_sign_up_with_a_known_address_answers_like_a_new_one_and_costs_as_much(client):
    make_person(NIA)
    known, known_hashes = hashing(lambda: sign_up(client, NIA))
    other = Client()
    new, new_hashes = hashing(lambda: sign_up(other, "somebody-new@example.nhs.uk"))
    assert (known.status_code, known.url) == (new.status_code, new.url)
    assert client.get(known.url).content == other.get(new.url).content
    assert known_hashes == new_hashes == 1


def test_sign_up_with_a_known_address_mails_its_owner_and_changes_nothing(client):
    owner = make_person(NIA)
    sign_up(client, NIA, "another-password-altogether")
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)
    assert [message.subject for message in mail.outbox] == ["Keel: You already have an account"]
    assert User.objects.count() == 1


def test_sign_up_sent_twice_at_the_same_moment_makes_one_account_and_no_error(client):
    make_person(NIA, verified=False)

    def not_seen_yet(form, value):  # the other request has not committed when this one looks
        form.account_already_exists = False
        return value

    with patch.object(SignupForm, "validate_unique_email", not_seen_yet):
        answer = sign_up(client, NIA)
    assert answer.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1


def test_sign_in_with_an_unknown_address_answers_like_a_wrong_password_and_costs_as_much(client):
    make_person(NIA)
    known, known_hashes = hashing(lambda: sign_in(client, NIA, "not-the-password"))
    unknown, unknown_hashes = hashing(lambda: sign_in(Client(), "nobody@example.nhs.uk", "not-the-password"))
    assert text_of(known) == text_of(unknown)
    assert known_hashes == unknown_hashes == 1


# --- Who may sign up --------------------------------------------------------------------------------------------------


def test_sign_up_limited_to_domains_takes_their_addresses(client, settings):
    settings.SIGNUP, settings.SIGNUP_DOMAINS = "domains", ["nhs.net", "example.nhs.uk"]
    sign_up(client, NIA)
    assert User.objects.filter(email=NIA).exists()


@pytest.mark.parametrize(
    "address",
    ["nia@example.com", "nia@evil-example.nhs.uk", "nia@sub.example.nhs.uk", "nia@example.nhs.uk.evil.com"],
)
def test_sign_up_limited_to_domains_refuses_others_and_says_which_it_takes(client, settings, address):
    settings.SIGNUP, settings.SIGNUP_DOMAINS = "domains", ["nhs.net", "example.nhs.uk"]
    page = sign_up(client, address)
    assert "Enter an email address that ends in @nhs.net or @example.nhs.uk" in text_of(page)
    assert not User.objects.exists()


def test_sign_up_by_invitation_is_closed_without_one_and_says_whom_to_ask(client, settings):
    settings.SIGNUP = "invitation"
    page = client.get(reverse("account_signup"))
    assert heading_of(page) == "Create an account"
    assert "You need an invitation" in text_of(page)
    assert settings.CONTACT_EMAIL in text_of(page)
    assert "<input" not in page.content.decode().split("<main")[1]
    sign_up(client, NIA)
    assert not User.objects.exists()


# --- Passwords --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short-one", "at least 12 characters"),
        ("calm water " * 20, "200 characters or fewer"),
        ("1234567890123456", "Many people use a password like this"),
        ("qwertyuiopasdf", "Many people use a password like this"),
        ("aaaaaaaaaaaaaaaa", "Many people use a password like this"),
        ("Sunshine1234!", "Many people use a password like this"),
        ("liverpoolliverpool", "Many people use a password like this"),
        ("5unsh1ne5unsh1ne", "Many people use a password like this"),
        ("nia@example.nhs.uk", "too close to your name or your email address"),
        ("KeelTherapy2026!", "words that people at your service would guess"),
        ("Welcome2NHSTrust", "words that people at your service would guess"),
        ("Your organisation 1", "words that people at your service would guess"),
    ],
)
def test_sign_up_refuses_a_password_that_is_easy_to_guess_and_says_why(client, password, reason):
    page = sign_up(client, NIA, password)
    assert reason in text_of(page)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "password",
    [
        "calm water carries",
        "aaaaaaaaaaab-quiet-lighthouse",
        "лодка-вода-ветер",
        "🌊⛵🪨🐚🦀🌬🧭🪵🐟🦈🐙🌙",
        " spaces kept here ",
    ],
)
def test_sign_up_takes_any_long_password_as_it_was_typed(client, password):
    sign_up(client, NIA, password)
    assert User.objects.get().check_password(password)


@pytest.mark.parametrize(
    "address",
    ["", "nia", "nia@", "nia@example", "nia\x00@example.nhs.uk", "x" * 250 + "@example.nhs.uk", "nia@exa mple.com"],
)
def test_sign_up_with_an_address_that_is_none_says_what_to_do(client, address):
    page = sign_up(client, address)
    assert page.status_code == 200
    assert "There is a problem" in text_of(page)
    assert not User.objects.exists()
