"""Deleting one's account: the password again, a tick, and then at once and for good."""

import smtplib

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Invitation, User
from apps.coping.models import StrategyVersion
from apps.core import audit
from apps.core.models import Act, AuditEvent
from apps.home.admin import PersonAdmin
from apps.journal.models import Reflection
from apps.supervision.drafting import label_of
from apps.supervision.models import SharedSummary, SupervisionLink
from tests import factories
from tests.accounts.pages import NEW_PASSWORD, heading_of, is_signed_in, last_mail_to, sign_in, text_of
from tests.datarights.pages import DELETE, REAUTHENTICATE, TICKED, confirmed, deleted, signed_in
from tests.supervision.pages import answer_of, page_of, reading_of

SUPERVISORS, SHARED, ACCOUNT = (
    reverse(name) for name in ("supervision:link_list", "supervision:shared_list", "accounts:account")
)


@pytest.fixture
def link(world):
    """Sam supervises Amina."""
    return factories.make_link(world["amina"], world["sam"])


@pytest.fixture
def summary(link):
    """A summary that Amina shared with Sam today."""
    return factories.make_summary(link, ask="How to say no: kingfisher")


def is_there(person) -> bool:
    """Whether this account is still there."""
    return User.objects.filter(pk=person.pk).exists()


# --- The password again ---


def test_account_delete_asks_for_the_password_first_and_leads_back(world):
    amina = signed_in(world["amina"])
    for asked in (amina.get(DELETE), amina.post(DELETE, TICKED)):
        assert (asked.status_code, asked.url) == (302, f"{REAUTHENTICATE}?next=%2Faccount%2Fdelete%2F")
    assert heading_of(amina.get(asked.url)) == "Confirm that it is you"
    back = amina.post(asked.url, {"password": factories.PASSWORD})
    assert (back.status_code, back.url) == (302, DELETE), "the form that came too early is not sent on by itself"
    assert heading_of(amina.get(DELETE)) == "Delete your account"
    assert is_there(world["amina"])


def test_account_delete_takes_no_fresh_sign_in_and_no_wrong_password_for_it(client, world):
    sign_in(client, "amina@example.nhs.uk")
    assert client.post(DELETE, TICKED).status_code == 302
    client.post(REAUTHENTICATE, {"password": NEW_PASSWORD})
    assert client.post(DELETE, TICKED).url.startswith(REAUTHENTICATE)
    assert is_there(world["amina"])


def test_account_delete_asks_again_after_five_minutes(world):
    amina = confirmed(world["amina"])
    session = amina.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301  # seconds
    session.save()
    assert amina.post(DELETE, TICKED).url.startswith(REAUTHENTICATE)
    assert is_there(world["amina"])


# --- What the page says, and the tick ---


def test_account_delete_counts_what_is_mine_and_not_what_is_theirs(world, summary, django_assert_num_queries):
    factories.make_many(world["ben"], 3)
    amina, ben = confirmed(world["amina"]), confirmed(world["ben"])
    with django_assert_num_queries(9):  # session, person and seven counts
        page = amina.get(DELETE)
    assert {one.what: one.number for one in page.context["held"]} == {
        "Reflections and drafts": 2,
        "Coping plans": 1,
        "Times you placed a value": 0,
        "Strategies of your own": 0,
        "Summaries you shared": 1,
        "CPD statements": 0,
        "Reports": 0,
    }
    assert [one.number for one in ben.get(DELETE).context["held"]] == [4, 4, 0, 0, 0, 0, 0]
    assert "It cannot be undone" in text_of(page)
    assert reverse("reports:report_list") in page.content.decode()


@pytest.mark.parametrize("sent", [{}, {"everything": ""}, {"everything": "false"}, {"all": "on"}])
def test_account_delete_without_the_tick_deletes_nothing_and_says_what_to_do(world, sent):
    page = confirmed(world["amina"]).post(DELETE, sent)
    assert "Tick “Delete everything, for good” if you want to delete your account" in text_of(page)
    assert b'href="#id_everything"' in page.content
    assert is_there(world["amina"])


def test_account_delete_is_offered_at_your_account(amina):
    assert f'href="{DELETE}"' in amina.get(ACCOUNT).content.decode()


def test_account_delete_warns_the_last_administrator_and_lets_them_go(world):
    said = "You are the only administrator"
    assert said not in text_of(confirmed(world["amina"]).get(DELETE))
    assert said in text_of(confirmed(world["ada"]).get(DELETE))
    User.objects.filter(pk=world["edie"].pk).update(is_superuser=True)
    assert said not in text_of(confirmed(world["ada"]).get(DELETE))
    assert deleted(world["ada"]).url == "/"
    assert not is_there(world["ada"])


# --- What happens ---


def test_account_delete_ends_at_the_front_page_signed_out_everywhere(world):
    other, here = signed_in(world["amina"]), confirmed(world["amina"])
    response = here.post(DELETE, TICKED)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    front = here.get(response.url)
    assert "Your account and everything in it has been deleted." in text_of(front)
    assert heading_of(front) == "Reflect on a difficult moment at work"
    for browser in (here, other):
        assert browser.get("/journal/").url.startswith(reverse("account_login"))
    sign_in(here, "amina@example.nhs.uk")
    assert not is_signed_in(here)
    assert not is_there(world["amina"])
    assert Reflection.objects.get() == world["bens_reflection"]


def test_account_delete_is_told_to_the_address_in_a_mail_without_a_word(world, django_capture_on_commit_callbacks):
    amina = confirmed(world["amina"])
    with django_capture_on_commit_callbacks(execute=True):
        amina.post(DELETE, TICKED)
    letter = last_mail_to("amina@example.nhs.uk")
    assert letter.subject == "Keel: Your account was deleted"
    assert "If this was not you, write to" in letter.body
    assert not any(word in letter.body for word in ("Amina", "heron", "otter"))


def test_account_delete_does_not_wait_for_a_mail_server(world, django_capture_on_commit_callbacks, monkeypatch):
    def refuse(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected("gone")

    amina = confirmed(world["amina"])
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        assert amina.post(DELETE, TICKED).url == "/"
    assert not is_there(world["amina"])
    assert mail.outbox == []


def test_account_delete_is_one_act_with_its_event(world, summary, monkeypatch):
    real = audit.record

    def refuse(act, **said):
        if act == Act.ACCOUNT_DELETED:
            raise RuntimeError("the disk is full")
        return real(act, **said)

    amina = confirmed(world["amina"])
    monkeypatch.setattr("apps.datarights.actions.audit.record", refuse)
    before = AuditEvent.objects.count()
    with pytest.raises(RuntimeError, match="the disk is full"):
        amina.post(DELETE, TICKED)
    assert is_there(world["amina"])
    assert SharedSummary.objects.readable_by(world["sam"], now=summary.shared_at).exists()
    assert AuditEvent.objects.count() == before


# --- With others ---


def test_account_delete_of_an_author_closes_what_her_supervisor_has_open(world, summary):
    sam, bens = signed_in(world["sam"]), factories.make_summary(factories.make_link(world["ben"], world["sam"]))
    assert b"kingfisher" in sam.get(reading_of(summary)).content
    deleted(world["amina"])
    assert sam.get(reading_of(summary)).status_code == 404
    assert sam.post(reading_of(summary, "answer"), {"answer": "wagtail"}).status_code == 404
    page = text_of(sam.get(SHARED))
    assert "Amina" not in page
    assert "Ben" in page
    assert sam.get(reading_of(bens)).status_code == 200
    assert "A summary ended with its supervision" in text_of(sam.get(ACCOUNT))
    assert list(SharedSummary.objects.all()) == [bens]


def test_account_delete_of_a_supervisor_leaves_the_receipts_and_not_who_it_was(world, summary):
    sam, amina = signed_in(world["sam"]), signed_in(world["amina"])
    sam.get(reading_of(summary))
    sam.post(reading_of(summary, "answer"), answer_of(summary, answer="wagtail"))
    deleted(world["sam"])
    page = text_of(amina.get(page_of(summary)))
    for said in ("An account that is closed can read it, and nobody else.", "Opened 1 time.", label_of("challenges")):
        assert said in page
    for gone in ("kingfisher", "wagtail", "Sam", "sam@example.nhs.uk"):
        assert gone not in page
    assert "An account that is closed, ended on" in text_of(amina.get(SUPERVISORS))
    row = SharedSummary.objects.get()
    assert (row.words, row.answer, row.ending, row.link.supervisor, row.link.email) == ("", "", "link_ended", None, "")


def test_account_delete_forgets_who_could_read_what_had_ended_before(world, summary):
    factories.sharing.take_back(by=world["amina"], pk=summary.pk, now=summary.shared_at)
    deleted(world["sam"])
    row = SharedSummary.objects.get()
    assert "sam@example.nhs.uk" not in row.agreement
    assert row.agreement.endswith("such as keeping people safe.")
    assert row.was_taken_back


def test_account_delete_declines_what_they_were_asked_and_spends_their_invitation(world):
    factories.invite(world["ben"], "sam@example.nhs.uk")
    factories.invite(world["ben"], "somebody@example.nhs.uk")
    for address in ("sam@example.nhs.uk", "somebody@example.nhs.uk"):
        Invitation.objects.issue(address)
    deleted(world["sam"])
    standing = SupervisionLink.objects.owned_by(world["ben"]).standing()
    assert [link.email for link in standing] == ["somebody@example.nhs.uk"]
    assert AuditEvent.objects.filter(act=Act.SUPERVISION_DECLINED, other=world["ben"].pk).count() == 1
    assert {invitation.email for invitation in Invitation.objects.all()} == {"somebody@example.nhs.uk"}


def test_account_delete_answers_for_no_address_that_was_not_proved(world):
    factories.invite(world["ben"], "edie@example.nhs.uk")
    world["amina"].emailaddress_set.create(email="edie@example.nhs.uk", verified=False)
    deleted(world["amina"])
    assert SupervisionLink.objects.owned_by(world["ben"]).standing().get().email == "edie@example.nhs.uk"


def test_account_delete_of_an_editor_leaves_the_library_without_their_name(world):
    before = StrategyVersion.objects.update(editor=world["edie"], reviewer=world["ada"])
    deleted(world["edie"])
    assert not is_there(world["edie"])
    assert StrategyVersion.objects.filter(editor=None, reviewer=world["ada"]).count() == before
    deleted(world["ada"])
    assert StrategyVersion.objects.filter(editor=None, reviewer=None).count() == before


def test_account_delete_is_not_undone_by_an_administrators_open_page(world, rf):
    stale = User.objects.get(pk=world["amina"].pk)
    deleted(world["amina"])
    with pytest.raises(DatabaseError, match="did not affect any rows"), transaction.atomic():
        PersonAdmin(User, None).save_model(rf.post("/"), stale, None, change=True)
    assert not is_there(world["amina"])


def test_account_delete_is_not_there_for_somebody_who_may_not_sign_in(world):
    olu = Client()
    olu.force_login(world["olu"])
    assert olu.get(DELETE).url.startswith(reverse("account_login"))
    olu.post(DELETE, TICKED)
    assert is_there(world["olu"])
