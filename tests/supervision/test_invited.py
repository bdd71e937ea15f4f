"""How somebody who is asked to supervise, and has no account yet, comes in: by the one link in their mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Invitation, User
from apps.supervision import actions
from apps.supervision.models import SupervisionLink
from apps.supervision.tasks import sweep_supervision
from tests.accounts.pages import PASSWORD, heading_of, is_signed_in, last_mail_to, path_in, sign_in, text_of
from tests.factories import invite
from tests.supervision.pages import signed_in

LINKS, SIGN_UP = reverse("supervision:link_list"), reverse("account_signup")
NIA, SAM = "nia@example.nhs.uk", "sam@example.nhs.uk"


@pytest.fixture(autouse=True)
def by_invitation(settings):
    """Nobody signs up without leave."""
    settings.SIGNUP = "invitation"


def opened(token, act="open"):
    return reverse(f"supervision:invitation_{act}", args=[token])


def sign_up_page(token):
    return reverse("account_signup", query={"invitation": token, "next": opened(token, "answer")})


def may_sign_up(token):
    """Whether the sign-up page is open to whoever holds the token."""
    return "You need an invitation" not in text_of(Client().get(sign_up_page(token)))


def link_of(practitioner):
    return SupervisionLink.objects.get(practitioner=practitioner)


# --- The way in ---


@pytest.mark.parametrize("sign_up", ["open", "invitation", "domains"])
def test_invitation_open_leads_somebody_new_through_signing_up_to_accepting(sign_up, amina, settings):
    settings.SIGNUP, settings.SIGNUP_DOMAINS = sign_up, ["example.nhs.uk"]
    amina.post(LINKS, {"email": NIA})
    nia = Client()
    page = nia.get(path_in(last_mail_to(NIA)), follow=True)
    assert heading_of(page) == "Create an account"
    assert f'value="{NIA}"' in page.content.decode()
    assert "We will send you an email" not in text_of(page)
    page = nia.post(
        page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], {"email": NIA, "password1": PASSWORD}
    )
    page = nia.get(page.url)
    assert heading_of(page) == "Will you supervise Amina?"
    assert "You accepted." in text_of(nia.post(page.request["PATH_INFO"], follow=True))
    assert SupervisionLink.objects.get().supervisor == User.objects.get(email=NIA)
    assert not Invitation.objects.exists()


def test_invitation_open_leads_somebody_with_an_account_through_signing_in_to_accepting(amina):
    amina.post(LINKS, {"email": SAM})
    sam = Client()
    page = sam.get(path_in(last_mail_to(SAM)), follow=True)
    assert heading_of(page) == "Sign in"
    answer = sign_in(sam, SAM, then=page.request["QUERY_STRING"].partition("next=")[2])
    assert heading_of(sam.get(answer.url)) == "Will you supervise Amina?"


def test_invitation_open_leads_whoever_is_signed_in_to_the_invitation(world):
    token = invite(world["amina"], SAM)
    sam = signed_in(Client(), world["sam"])
    assert sam.get(opened(token)).url == opened(token, "answer")
    assert signed_in(Client(), world["ben"]).get(opened(token), follow=True).status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 200, "' OR 1=1 --"])
def test_invitation_open_leads_by_a_link_that_was_made_up_to_signing_in(token, world):
    invite(world["amina"], NIA)
    assert heading_of(Client().get(opened(token), follow=True)) == "Sign in"
    assert not may_sign_up(token)


def test_invitation_is_leave_for_its_own_address_alone(world):
    token = invite(world["amina"], NIA)
    page = Client().post(sign_up_page(token), {"email": "thief@example.nhs.uk", "password1": PASSWORD})
    assert "Enter the email address that your invitation was sent to" in text_of(page)
    assert not User.objects.filter(email="thief@example.nhs.uk").exists()


def test_somebody_new_whom_two_invite_signs_up_once_and_answers_both(world):
    tokens = [invite(world[name], NIA) for name in ("amina", "ben")]
    nia = Client()
    nia.post(sign_up_page(tokens[1]), {"email": NIA, "password1": PASSWORD})
    assert not any(may_sign_up(token) for token in tokens)
    for token, name in zip(tokens, ("Amina", "Ben"), strict=True):
        assert heading_of(nia.get(opened(token), follow=True)) == f"Will you supervise {name}?"


# --- What the one who invites can tell ---


def test_link_list_answers_and_mails_alike_whether_or_not_the_address_has_an_account(world):
    """Ben invites somebody who has one, and Amina somebody who has none: all but names and tokens is one."""
    answers, letters = set(), set()
    for name, address in (("ben", SAM), ("amina", NIA)):
        page = signed_in(Client(), world[name]).post(LINKS, {"email": address}, follow=True)
        answers.add(text_of(page).replace(address, "ADDRESS").replace(world[name].email, "OWN"))
        letter = last_mail_to(address)
        token = path_in(letter).strip("/").rpartition("/")[2]
        letters.add(letter.body.replace(token, "TOKEN").replace(address, "ADDRESS").replace(world[name].name, "NAME"))
        assert Invitation.objects.opened_by(token, now=timezone.now()).get().email == address
    assert len(answers) == len(letters) == 1


def test_link_list_refuses_an_address_outside_the_domains_at_once_whether_or_not_it_has_an_account(amina, settings):
    settings.SIGNUP, settings.SIGNUP_DOMAINS = "domains", ["nhs.net", "trust.example"]
    for address in (SAM, NIA):
        page = text_of(amina.post(LINKS, {"email": address}))
        assert "Enter an email address that ends in @nhs.net or @trust.example" in page
    assert not SupervisionLink.objects.exists()
    assert not mail.outbox
    amina.post(LINKS, {"email": "Sue@NHS.net"})
    assert SupervisionLink.objects.get().email == "sue@nhs.net"


# --- How long the leave lasts ---


@pytest.mark.parametrize("how", ["withdrawn", "declined", "replaced", "inviter stopped", "inviter left", "run out"])
def test_leave_to_sign_up_goes_with_the_invitation(how, world, time_machine):
    time_machine.move_to("2026-11-23 08:00+00:00", tick=False)
    token, kept = invite(world["amina"], SAM), invite(world["ben"], SAM)
    world["sam"].emailaddress_set.update(email="sam@elsewhere.example")
    User.objects.filter(pk=world["sam"].pk).update(email="sam@elsewhere.example")
    assert may_sign_up(token)
    match how:
        case "withdrawn":
            actions.end_supervision(by=world["amina"], link=link_of(world["amina"]), now=timezone.now())
        case "declined":
            world["sam"].emailaddress_set.update(email=SAM)
            actions.decline_invitation(by=world["sam"], token=token, now=timezone.now())
        case "replaced":
            assert may_sign_up(invite(world["amina"], SAM))
        case "inviter stopped":
            User.objects.filter(pk=world["amina"].pk).update(is_active=False)
            assert not may_sign_up(token)  # at once
            sweep_supervision()
            User.objects.filter(pk=world["amina"].pk).update(is_active=True)
        case "inviter left":
            world["amina"].delete()
        case "run out":
            time_machine.move_to("2026-12-07 07:59:59+00:00", tick=False)
            assert may_sign_up(token)
            time_machine.move_to("2026-12-07 08:00+00:00", tick=False)
    assert not may_sign_up(token)
    assert may_sign_up(kept) is (how != "run out")  # Ben's is nobody else's to take


def test_leave_lasts_no_longer_than_the_invitation(world):
    invite(world["amina"], NIA)
    assert Invitation.objects.get().expires_at == SupervisionLink.objects.get().expires_at


def test_leave_is_given_for_no_more_invitations_than_one_may_send(world):
    for number in range(5):
        invite(world["amina"], f"p{number}@example.nhs.uk")
    with pytest.raises(actions.NotInvited):
        invite(world["amina"], NIA)
    assert Invitation.objects.count() == 5


def test_leave_of_an_administrator_is_neither_replaced_prolonged_nor_withdrawn(world, time_machine):
    time_machine.move_to("2026-11-23 08:00+00:00", tick=False)
    own = Invitation.objects.issue(NIA)
    time_machine.move_to("2026-11-24 08:00+00:00", tick=False)
    token = invite(world["amina"], NIA)
    assert may_sign_up(own)
    assert may_sign_up(token)
    actions.end_supervision(by=world["amina"], link=link_of(world["amina"]), now=timezone.now())
    assert may_sign_up(own)
    assert not may_sign_up(token)
    assert Invitation.objects.get().expires_at == timezone.now() + timedelta(days=13)
    kept = invite(world["amina"], NIA)
    Invitation.objects.issue(NIA)
    assert may_sign_up(kept)


def test_somebody_signed_up_is_signed_in_and_proved_at_once(world):
    nia = Client()
    nia.post(sign_up_page(invite(world["amina"], NIA)), {"email": NIA, "password1": PASSWORD})
    assert is_signed_in(nia)
    assert User.objects.get(email=NIA).emailaddress_set.get().verified
    assert [letter.to for letter in mail.outbox] == []  # no second link to follow
