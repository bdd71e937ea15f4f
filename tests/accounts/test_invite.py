import hashlib
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Invitation, User
from tests.accounts.pages import PASSWORD, heading_of, is_signed_in, last_mail_to, link_in, path_in, text_of
from tests.factories import make_person

pytestmark = pytest.mark.django_db
NIA = "nia@example.nhs.uk"


@pytest.fixture(autouse=True)
def by_invitation(settings):
    """Nobody signs up without an invitation."""
    settings.SIGNUP = "invitation"


def invite(address: str = NIA) -> str:
    """Invite, and give the address that the link opens."""
    call_command("invite", address, stdout=StringIO())
    return path_in(last_mail_to(address))


def test_invitation_opens_sign_up_with_the_address_filled_in(client):
    page = client.get(invite())
    assert heading_of(page) == "Create an account"
    assert f'value="{NIA}"' in page.content.decode()


def test_invitation_makes_an_account_that_is_confirmed_and_signed_in(client):
    """The link was mailed to the address alone, so holding it proves the address."""
    answer = client.post(invite(), {"email": NIA, "password1": PASSWORD}, follow=True)
    assert heading_of(answer) == "Home"
    assert is_signed_in(client)
    assert User.objects.get(email=NIA).emailaddress_set.get().verified
    assert len(mail.outbox) == 1  # the invitation; no second link


def test_invitation_works_once(client):
    link = invite()
    client.post(link, {"email": NIA, "password1": PASSWORD})
    page = Client().get(link)
    assert "You need an invitation" in text_of(page)
    assert "It works once, for 14 days" in text_of(page)


@pytest.mark.parametrize("address", ["ben@example.nhs.uk", "nia+other@example.nhs.uk"])
def test_invitation_is_for_its_own_address_alone(client, address):
    page = client.post(invite(), {"email": address, "password1": PASSWORD})
    assert "Enter the email address that your invitation was sent to" in text_of(page)
    assert not User.objects.exists()


@pytest.mark.parametrize(("moment", "opens"), [("2026-12-07 07:59+00:00", True), ("2026-12-07 08:01+00:00", False)])
def test_invitation_runs_out_after_fourteen_days(client, time_machine, moment, opens):
    time_machine.move_to("2026-11-23 08:00+00:00")
    link = invite()
    time_machine.move_to(moment)
    assert (NIA in client.get(link).content.decode()) is opens


def test_invitation_sent_again_replaces_the_first(client):
    first, second = invite(), invite()
    assert "You need an invitation" in text_of(client.get(first))
    assert NIA in client.get(second).content.decode()


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "%00", "../../etc", "' OR 1=1 --"])
def test_invitation_that_was_made_up_opens_nothing(client, token):
    invite()
    page = client.get(reverse("account_signup"), {"invitation": token})
    assert "You need an invitation" in text_of(page)
    client.post(reverse("account_signup", query={"invitation": token}), {"email": NIA, "password1": PASSWORD})
    assert not User.objects.exists()


def test_invitation_is_kept_only_as_a_hash():
    token = link_in(last_mail_to(NIA)).partition("invitation=")[2] if invite() else ""
    kept = Invitation.objects.get()
    assert kept.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(vars(kept))


def test_invitation_that_two_use_at_once_makes_one_account(client):
    link = invite()
    invitation = Invitation.objects.opened_by(link.partition("invitation=")[2], now=timezone.now()).get()
    assert invitation.use()
    assert not invitation.use()


def test_invitation_lets_its_address_in_where_only_domains_may_sign_up(client, settings):
    settings.SIGNUP, settings.SIGNUP_DOMAINS = "domains", ["nhs.net"]
    client.post(invite("sam@university.example"), {"email": "sam@university.example", "password1": PASSWORD})
    assert User.objects.filter(email="sam@university.example").exists()


def test_invite_says_so_where_there_is_an_account_or_no_address():
    make_person(NIA)
    with pytest.raises(CommandError, match="has an account already"):
        call_command("invite", "Nia@example.nhs.uk")
    with pytest.raises(CommandError, match="is not an email address"):
        call_command("invite", "nia")
    assert not mail.outbox
