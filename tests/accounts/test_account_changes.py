"""Passwords and addresses that change, and the mails that say so."""

import html
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse

from apps.accounts.mails import SUBJECTS
from apps.accounts.models import User
from tests.accounts.pages import (
    NEW_PASSWORD,
    PASSWORD,
    heading_of,
    is_signed_in,
    last_mail_to,
    link_in,
    path_in,
    sign_in,
    sign_up,
    text_of,
)
from tests.factories import make_person

pytestmark = pytest.mark.django_db
NIA, NEW = "nia@example.nhs.uk", "nia.new@example.nhs.uk"


@pytest.fixture
def nia(client):
    """Somebody with an account, signed in in this browser."""
    person = make_person(NIA)
    sign_in(client, NIA)
    return person


def reset_link(client) -> str:
    """Ask for a new password, open the link, and give the page it leads to."""
    client.post(reverse("account_reset_password"), {"email": NIA})
    return client.get(path_in(last_mail_to(NIA))).url


# --- A forgotten password ---------------------------------------------------------------------------------------------


def test_reset_by_the_mailed_link_lets_the_person_in_with_the_new_password():
    make_person(NIA)
    browser = Client()
    page = browser.post(reset_link(browser), {"password1": NEW_PASSWORD}, follow=True)
    assert heading_of(page) == "You can sign in now"
    assert not is_signed_in(browser)
    sign_in(browser, NIA, NEW_PASSWORD)
    assert is_signed_in(browser)


def test_reset_link_works_once():
    make_person(NIA)
    browser = Client()
    browser.post(reset_link(browser), {"password1": NEW_PASSWORD})
    again = Client().get(path_in(mail.outbox[0]))
    assert heading_of(again) == "This link no longer works"


def test_reset_link_runs_out_after_a_day(time_machine):
    time_machine.move_to("2026-11-23 08:00+00:00")
    make_person(NIA)
    Client().post(reverse("account_reset_password"), {"email": NIA})
    time_machine.move_to("2026-11-24 08:00:02+00:00")
    assert heading_of(Client().get(path_in(last_mail_to(NIA)))) == "This link no longer works"


def test_reset_with_a_weak_password_says_why_and_changes_nothing():
    person = make_person(NIA)
    browser = Client()
    page = browser.post(reset_link(browser), {"password1": "short"})
    assert "at least 12 characters" in text_of(page)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_reset_for_an_unknown_address_shows_the_same_page_and_mails_that_there_is_no_account():
    make_person(NIA)
    known = Client().post(reverse("account_reset_password"), {"email": NIA}, follow=True)
    unknown = Client().post(reverse("account_reset_password"), {"email": NEW}, follow=True)
    assert known.content == unknown.content
    assert [len(mail.outbox), last_mail_to(NEW).subject] == [2, "Keel: There is no account for this email address"]


def test_reset_for_an_address_outside_todays_domains_still_works(settings):
    make_person(NIA)
    settings.SIGNUP, settings.SIGNUP_DOMAINS = "domains", ["nhs.net"]
    Client().post(reverse("account_reset_password"), {"email": NIA})
    assert last_mail_to(NIA).subject == "Keel: Choose a new password"


def test_reset_for_an_address_that_was_only_asked_for_lets_nobody_in(client, nia):
    """Nia mistypes her new address. Whoever reads mail there must not get into her account."""
    ask_for_new_address(client)
    stranger = Client()
    stranger.post(reverse("account_reset_password"), {"email": NEW})
    assert last_mail_to(NEW).subject == "Keel: There is no account for this email address"


# --- A password that one knows ----------------------------------------------------------------------------------------


def test_password_change_ends_every_other_session_and_keeps_this_one(client, nia):
    elsewhere = Client()
    sign_in(elsewhere, NIA)
    page = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}, follow=True
    )
    assert "Your password is changed." in text_of(page)
    assert client.get(reverse("journal:reflection_list")).status_code == 200
    assert elsewhere.get(reverse("journal:reflection_list")).status_code == 302
    assert last_mail_to(NIA).subject == "Keel: Your password was changed"


def test_password_change_with_the_wrong_current_password_changes_nothing(client, nia):
    page = client.post(reverse("account_change_password"), {"oldpassword": "wrong", "password1": NEW_PASSWORD})
    assert "This is not your current password" in text_of(page)
    nia.refresh_from_db()
    assert nia.check_password(PASSWORD)


def test_person_without_a_password_chooses_one(client, nia):
    nia.set_unusable_password()
    nia.save()
    client.force_login(nia)
    page = client.get(reverse("account_change_password"), follow=True)
    assert heading_of(page) == "Choose a password"
    client.post(reverse("account_set_password"), {"password1": NEW_PASSWORD})
    nia.refresh_from_db()
    assert nia.check_password(NEW_PASSWORD)


# --- Another address --------------------------------------------------------------------------------------------------


def ask_for_new_address(client, address: str = NEW, *, password: str = PASSWORD):
    """Ask for another address; the password is asked first, and the form is sent on by itself."""
    asked = client.post(reverse("account_email"), {"email": address, "action_add": "yes"})
    if asked.status_code == 302 and asked.url.startswith(reverse("account_reauthenticate")):
        return client.post(asked.url, {"password": password})
    return asked


def test_address_changes_when_the_new_one_is_confirmed_and_the_old_one_is_told(client, nia):
    ask_for_new_address(client)
    nia.refresh_from_db()
    assert nia.email == NIA  # not before
    client.post(path_in(last_mail_to(NEW)))
    nia.refresh_from_db()
    assert nia.email == NEW
    assert last_mail_to(NIA).subject == "Keel: Your email address was changed"
    browser = Client()
    sign_in(browser, NEW)
    assert is_signed_in(browser)


def test_address_does_not_change_without_the_password(client, nia):
    page = ask_for_new_address(client, password="wrong")
    assert "This is not your password" in text_of(page)
    assert not nia.emailaddress_set.filter(email=NEW).exists()


def test_address_page_shows_what_is_waiting_and_lets_one_stay_with_the_old(client, nia):
    ask_for_new_address(client)
    page = client.get(reverse("account_email"))
    assert heading_of(page) == "Your email address"
    assert f"You asked to change it to {NEW}" in text_of(page)
    client.post(reverse("account_email"), {"email": NEW, "action_remove": ""})
    assert "You asked to change it" not in text_of(client.get(reverse("account_email")))


def test_every_page_leads_to_the_address_and_from_there_to_the_password(client, nia):
    assert f'href="{reverse("accounts:account")}">{NIA}</a>' in client.get("/").content.decode()
    assert f'href="{reverse("account_email")}"' in client.get(reverse("accounts:account")).content.decode()
    assert f'href="{reverse("account_change_password")}"' in client.get(reverse("account_email")).content.decode()


def test_address_that_somebody_gave_at_sign_up_and_never_confirmed_goes_to_who_confirms_it(client, nia):
    sign_up(Client(), NEW)
    cache.clear()  # an address is mailed a link once in three minutes
    ask_for_new_address(client)
    client.post(path_in(last_mail_to(NEW)))
    assert User.objects.get(email=NEW) == nia


def test_address_of_another_person_is_not_taken_from_them(client, nia):
    other = make_person(NEW)
    ask_for_new_address(client)
    page = client.get(path_in(last_mail_to(NEW)))
    assert "This address belongs to another account" in text_of(page)
    client.post(path_in(last_mail_to(NEW)))
    nia.refresh_from_db()
    assert (nia.email, User.objects.get(email=NEW)) == (NIA, other)


def test_address_that_somebody_only_asked_for_can_still_sign_up(client, nia):
    ask_for_new_address(client)
    sign_up(Client(), NEW)
    assert User.objects.filter(email=NEW).exists()


def test_address_outside_the_domains_is_refused_for_a_change_too(client, nia, settings):
    settings.SIGNUP, settings.SIGNUP_DOMAINS = "domains", ["example.nhs.uk"]
    page = client.post(reverse("account_email"), {"email": "nia@example.com", "action_add": "yes"})
    assert "Enter an email address that ends in @example.nhs.uk" in text_of(page)


# --- Every page and every mail ----------------------------------------------------------------------------------------


def account_addresses() -> list[str]:
    """The name of each mounted page of allauth that needs nothing in its address."""
    return sorted(
        name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith("account_")
        and name not in ("account_confirm_email", "account_reset_password_from_key")
    )  # fmt: skip


@pytest.mark.parametrize("name", account_addresses())
@pytest.mark.parametrize("is_in", [True, False])
def test_account_page_looks_like_keel_to_everybody(client, name, is_in):
    if is_in:
        client.force_login(make_person(NIA))
    page = client.get(reverse(name), follow=True)
    assert page.status_code == 200
    assert "Need support now" in text_of(page)
    assert 'class="nhsuk-main-wrapper"' in page.content.decode()


def every_mail(client) -> list:
    """Cause every mail that there is."""
    sign_up(Client(), NIA)
    person = User.objects.get(email=NIA)
    Client().post(path_in(last_mail_to(NIA)))
    sign_up(Client(), NIA)
    browser = Client()
    browser.post(reset_link(browser), {"password1": PASSWORD})
    Client().post(reverse("account_reset_password"), {"email": "nobody@example.nhs.uk"})
    sign_in(client, NIA)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})
    ask_for_new_address(client, password=NEW_PASSWORD)
    client.post(path_in(last_mail_to(NEW)))
    person.refresh_from_db()
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    client.post(reverse("account_set_password"), {"password1": PASSWORD})
    return mail.outbox


def test_mails_have_a_subject_of_the_list_and_links_to_our_address_alone(client, settings):
    settings.BASE_URL = "https://keel.example.nhs.uk"
    settings.ALLOWED_HOSTS = ["*"]
    client.defaults["HTTP_HOST"] = "evil.example"
    mails = every_mail(client)
    assert len(mails) >= 8
    for message in mails:
        assert message.subject.removeprefix("Keel: ") in SUBJECTS.values()
        assert "evil.example" not in message.body + message.alternatives[0].content
        if "http" in message.body:
            assert link_in(message).startswith("https://keel.example.nhs.uk/accounts/")


def test_mails_come_as_text_and_as_html_with_the_same_words(client):
    for message in every_mail(client):
        (page,) = message.alternatives
        assert page.mimetype == "text/html"
        assert text_of_html(page.content).endswith("".join(message.body.split()))
        assert "<script" not in page.content
        assert "style=" not in page.content


def text_of_html(page: str) -> str:
    """The words of a mail's HTML, without any space."""
    return "".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def test_mail_shows_an_address_with_signs_as_text_in_html(client):
    address = "o'nia&x@example.nhs.uk"
    sign_up(client, address)
    message = last_mail_to(address)
    page = message.alternatives[0].content
    assert address in message.body
    assert address not in page
    assert address in text_of_html(page)
