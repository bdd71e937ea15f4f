"""Who becomes whose supervisor: by invitation, acceptance and confirmation, and only so long as both want it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.supervision import actions
from apps.supervision.models import MOST_A_DAY, MOST_OPEN, SupervisionLink, WrongState
from apps.supervision.tasks import sweep_supervision
from tests.accounts.pages import heading_of, last_mail_to, path_in, text_of
from tests.factories import invite, make_link, make_person

LINKS, SHARED = reverse("supervision:link_list"), reverse("supervision:shared_list")
SAM = "sam@example.nhs.uk"


def signed_in(client, person):
    """This browser, with somebody else signed in."""
    client.force_login(person)
    return client


def opened(token):
    return reverse("supervision:invitation_answer", args=[token])


def page_of(link, act):
    return reverse(f"supervision:link_{act}", args=[link.pk])


# --- Inviting ---


def test_link_list_invites_by_a_mail_that_says_who_and_where_and_nothing_else(amina, world):
    page = amina.post(LINKS, {"email": " Sam@Example.nhs.uk"}, follow=True)
    assert "An invitation is on its way to sam@example.nhs.uk." in text_of(page)
    letter = last_mail_to(SAM)
    assert "Amina asks you to be their supervisor in Keel" in letter.body
    assert "heron" not in letter.body
    token = path_in(letter).strip("/").rpartition("/")[2]
    assert token not in str(vars(SupervisionLink.objects.get()))


def test_link_list_shows_mine_and_not_theirs(amina, world):
    make_link(world["amina"], world["sam"])
    invite(world["ben"], "badger@example.nhs.uk")
    words = text_of(amina.get(LINKS))
    assert "Sam" in words
    assert "badger" not in words


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "Enter an email address, like name@example.nhs.uk"),
        ("sam", "Enter an email address, like name@example.nhs.uk"),
        ("a" * 255 + "@example.nhs.uk", "Enter an email address, like name@example.nhs.uk"),
        ("AMINA@example.nhs.uk", "nobody supervises themselves"),
    ],
)
def test_link_list_refuses_an_address_that_cannot_supervise(amina, address, said):
    assert said in text_of(amina.post(LINKS, {"email": address}))
    assert not SupervisionLink.objects.exists()
    assert not mail.outbox


def test_link_list_tells_nobody_who_signs_in_later_whom_it_was_about(amina, world):
    amina.post(LINKS, {"email": "somebody@example.nhs.uk"})  # the page that would say so is not opened
    amina.cookies.pop("sessionid")  # and her session runs out
    amina.force_login(world["ben"])
    assert "somebody@example.nhs.uk" not in text_of(amina.get("/"))


def test_link_list_says_so_when_the_mail_server_does_not_answer_and_keeps_the_invitation(amina, monkeypatch):
    def fails(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fails)
    assert "We could not send the email" in text_of(amina.post(LINKS, {"email": SAM}, follow=True))
    assert SupervisionLink.objects.count() == 1


def test_invitation_sent_again_replaces_the_first(world):
    first, second = invite(world["amina"], SAM), invite(world["amina"], SAM)
    with pytest.raises(WrongState):
        actions.accept_invitation(by=world["sam"], token=first, is_line_manager=False, now=timezone.now())
    actions.accept_invitation(by=world["sam"], token=second, is_line_manager=False, now=timezone.now())


def test_invitations_are_bounded_at_one_time_and_in_one_day(world, time_machine):
    time_machine.move_to("2026-11-23 08:00+00:00")
    for number in range(MOST_OPEN):
        invite(world["amina"], f"somebody{number}@example.nhs.uk")
    with pytest.raises(actions.NotInvited, match="the most at one time"):
        invite(world["amina"], SAM)
    actions.end_links_of(world["amina"], by=world["amina"], now=timezone.now())
    for number in range(MOST_OPEN):
        invite(world["amina"], f"another{number}@example.nhs.uk")
    actions.end_links_of(world["amina"], by=world["amina"], now=timezone.now())
    assert SupervisionLink.objects.count() == MOST_A_DAY
    with pytest.raises(actions.NotInvited, match="since yesterday"):
        invite(world["amina"], SAM)
    time_machine.move_to("2026-11-24 08:00:01+00:00")
    invite(world["amina"], SAM)


# --- Accepting ---


def test_invitation_answer_says_what_accepting_means_and_accepts(client, world):
    token = invite(world["amina"], SAM)
    page = signed_in(client, world["sam"]).get(opened(token))
    assert heading_of(page) == "Will you supervise Amina?"
    assert "They see each time you open a summary" in text_of(page)
    answer = client.post(opened(token), {"is_line_manager": "on"}, follow=True)
    assert "Amina has to confirm it before anything can be shared" in text_of(answer)
    link = SupervisionLink.objects.get()
    assert (link.supervisor, link.is_line_manager, link.confirmed_at) == (world["sam"], True, None)
    assert "confirm" in last_mail_to("amina@example.nhs.uk").body


def test_invitation_answer_declines_and_the_link_is_spent(client, world):
    token = invite(world["amina"], SAM)
    answer = signed_in(client, world["sam"]).post(opened(token), {"decline": "1"}, follow=True)
    assert "You declined" in text_of(answer)
    assert client.get(opened(token)).status_code == 404
    assert SupervisionLink.objects.get().supervisor is None


def test_invitation_answer_works_once(client, world):
    token = invite(world["amina"], SAM)
    signed_in(client, world["sam"]).post(opened(token))
    page = client.post(opened(token))
    assert page.status_code == 404
    assert heading_of(page) == "This invitation does not open"


@pytest.mark.parametrize(
    "how", ["another address", "not verified", "one's own", "run out", "withdrawn", "inviter left"]
)
def test_invitation_answer_is_not_there_for(how, client, world, time_machine):
    time_machine.move_to("2026-11-23 08:00+00:00")
    person, token = world["sam"], invite(world["amina"], SAM)
    match how:
        case "another address":
            person = world["ben"]
        case "not verified":
            person.emailaddress_set.update(verified=False)
        case "one's own":
            person.emailaddress_set.all().delete()
            person = world["amina"]
            person.emailaddress_set.create(email=SAM, verified=True)  # taken over since
        case "run out":
            time_machine.move_to("2026-12-07 08:00:00+00:00")
        case "withdrawn":
            actions.end_links_of(world["amina"], by=world["amina"], now=timezone.now())
        case "inviter left":
            type(person).objects.filter(pk=world["amina"].pk).update(is_active=False)
    page = signed_in(client, person).post(opened(token))
    assert page.status_code == 404
    assert heading_of(page) == "This invitation does not open"
    assert "Amina" not in text_of(page).replace("amina@example.nhs.uk", "")
    assert not SupervisionLink.objects.filter(accepted_at__isnull=False).exists()


def test_invitation_answer_leads_a_visitor_through_signing_in_and_back(client, world):
    token = invite(world["amina"], SAM)
    assert client.get(opened(token)).url == f"{reverse('account_login')}?next={opened(token)}"


def test_invitation_to_a_second_address_of_the_same_supervisor_is_refused(world):
    make_link(world["amina"], world["sam"])
    world["sam"].emailaddress_set.create(email="sam2@example.nhs.uk", verified=True)
    token = invite(world["amina"], "sam2@example.nhs.uk")
    with pytest.raises(WrongState):
        actions.accept_invitation(by=world["sam"], token=token, is_line_manager=False, now=timezone.now())


# --- Confirming and ending ---


def test_link_confirm_shows_who_accepted_before_anything_can_be_shared(amina, world):
    link = make_link(world["amina"], world["sam"], confirmed=False, is_line_manager=True)
    page = text_of(amina.get(page_of(link, "confirm")))
    assert "Sam" in page
    assert SAM in page
    assert "They say they are also your line manager" in page
    assert not SupervisionLink.objects.live().exists()
    assert "Choose what to share" not in text_of(amina.get(LINKS))
    assert "Choose what to share" in text_of(amina.post(page_of(link, "confirm"), follow=True))
    assert SupervisionLink.objects.live().get() == link
    assert amina.get(page_of(link, "confirm")).status_code == 404


def test_link_confirm_is_the_practitioners_alone(client, world):
    link = make_link(world["amina"], world["sam"], confirmed=False)
    for person in ("sam", "ben", "ada"):
        assert signed_in(client, world[person]).post(page_of(link, "confirm")).status_code == 404
    assert not SupervisionLink.objects.live().exists()


def test_link_list_does_not_say_that_there_never_was_anybody_once_it_ended(amina, world):
    assert "You have no supervisor here yet." in text_of(amina.get(LINKS))
    link = make_link(world["amina"], world["sam"])
    assert "You have no supervisor here now." in text_of(amina.post(page_of(link, "end"), follow=True))


@pytest.mark.parametrize("person", ["amina", "sam"])
def test_link_end_is_for_either_side_and_for_good(person, client, world):
    link = make_link(world["amina"], world["sam"])
    answer = signed_in(client, world[person]).post(page_of(link, "end"), follow=True)
    assert "Nothing is shared under it any more" in text_of(answer)
    assert client.post(page_of(link, "end")).status_code == 404
    with pytest.raises(WrongState):
        link.end(now=timezone.now())
    link.refresh_from_db()
    assert not link.is_live
    again = make_link(world["amina"], world["sam"])
    assert again.pk != link.pk


def test_link_end_is_not_there_for_others(client, world):
    link = make_link(world["amina"], world["sam"])
    assert signed_in(client, world["ben"]).post(page_of(link, "end")).status_code == 404
    assert SupervisionLink.objects.live().exists()


def test_shared_list_shows_whom_i_supervise_and_not_whom_others_do(client, world):
    make_link(world["amina"], world["sam"])
    make_link(world["ben"], world["edie"])
    words = text_of(signed_in(client, world["sam"]).get(SHARED))
    assert "Amina" in words
    assert "Ben" not in words


# --- Leaving ---


@pytest.mark.parametrize("person", ["amina", "sam"])
def test_somebody_deactivated_is_in_no_live_link_and_the_sweep_ends_it_for_good(person, world):
    make_link(world["amina"], world["sam"])
    world[person].is_active = False
    world[person].save()
    assert not SupervisionLink.objects.live().exists()
    sweep_supervision()
    world[person].is_active = True
    world[person].save()
    assert not SupervisionLink.objects.live().exists()


def test_a_supervisor_who_closes_their_account_leaves_the_link_ended(world):
    supervisor = make_person("leaving@example.nhs.uk")
    make_link(world["amina"], supervisor)
    supervisor.delete()
    sweep_supervision()
    link = SupervisionLink.objects.get()
    assert link.supervisor is None
    assert link.ended_at is not None


# --- What a row may hold ---


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("link_has_supervisor_only_when_accepted", {"accepted_at": None, "confirmed_at": None, "token_hash": "x"}),
        ("link_is_confirmed_after_accepting", {"accepted_at": None, "supervisor": None, "token_hash": "x"}),
        ("link_has_token_exactly_while_unanswered", {"token_hash": "x"}),
    ],
)
def test_row_that_contradicts_itself_is_refused_by_the_database(world, constraint, wrong):
    link = make_link(world["amina"], world["sam"])
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SupervisionLink.objects.filter(pk=link.pk).update(**wrong)


def test_row_in_which_somebody_supervises_themselves_is_refused_by_the_database(world):
    link = make_link(world["amina"], world["sam"])
    with pytest.raises(IntegrityError, match="link_joins_two_people"), transaction.atomic():
        SupervisionLink.objects.filter(pk=link.pk).update(supervisor=world["amina"])


def test_an_invitation_runs_out_to_the_second(world):
    now = timezone.now()
    invite(world["amina"], SAM)
    link = SupervisionLink.objects.get()
    assert not link.has_run_out(now=now + timedelta(days=13))
    assert link.has_run_out(now=link.expires_at)
