"""P9: an account that is deleted while somebody acts leaves what one order of the two would have left."""

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.core import audit
from apps.core.models import Act, AuditEvent
from apps.datarights.actions import delete_account
from apps.supervision import actions, actions_summaries
from apps.supervision.models import Receipt, SharedSummary, SupervisionLink, WrongState
from tests import factories
from tests.journal.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5  # of each race: one alone may always fall the same way


@pytest.fixture
def sam(transactional_db):
    return factories.make_person("sam@example.nhs.uk", name="Sam")


def author(number: int) -> User:
    """Somebody new with something to share."""
    person = factories.make_person(f"author{number}@example.nhs.uk")
    factories.make_reflection(person)
    return person


def deleting(person: User):
    """An act that deletes their account."""
    return lambda: delete_account(by=person, now=timezone.now())


def test_deleting_an_account_six_times_at_once_is_one_act(sam):
    factories.make_summary(factories.make_link(author(0), sam))
    assert at_once(*[deleting(sam)] * 6) == [None] * 6
    assert AuditEvent.objects.filter(act=Act.ACCOUNT_DELETED).count() == 1
    assert AuditEvent.objects.filter(act=Act.SUPERVISION_ENDED).count() == 1
    assert audit.problems() == []


def test_sharing_while_the_author_deletes_their_account_leaves_nothing_to_read(sam):
    for number in range(ROUNDS):
        person = author(number)
        draft = factories.make_summary(factories.make_link(person, sam), ask="kingfisher", shared=False)
        share = {"by": person, "pk": draft.pk, "seen": 1, "now": timezone.now()}
        shared, gone = at_once(lambda share=share: actions_summaries.share_summary(**share), deleting(person))
        assert gone is None
        assert isinstance(shared, (SharedSummary, SharedSummary.DoesNotExist, actions_summaries.NotYet))
        events = AuditEvent.objects.filter(about=draft.pk).values_list("act", flat=True).order_by("number")
        assert list(events) == (["summary_shared", "summary_ended"] if isinstance(shared, SharedSummary) else [])
    assert SharedSummary.objects.count() == SupervisionLink.objects.count() == 0


def test_sharing_while_the_reader_deletes_their_account_leaves_nothing_to_read(transactional_db):
    person = author(0)
    for number in range(ROUNDS):
        reader = factories.make_person(f"reader{number}@example.nhs.uk")
        draft = factories.make_summary(factories.make_link(person, reader), ask="kingfisher", shared=False)
        share = {"by": person, "pk": draft.pk, "seen": 1, "now": timezone.now()}
        shared, gone = at_once(lambda share=share: actions_summaries.share_summary(**share), deleting(reader))
        assert gone is None
        row = SharedSummary.objects.get(pk=draft.pk)
        if isinstance(shared, SharedSummary):
            assert (row.words, row.ending) == ("", "link_ended")
            assert "reader" not in row.agreement
        else:
            assert isinstance(shared, actions_summaries.NotYet)
            assert row.is_draft
    assert User.objects.get() == person


@pytest.mark.parametrize("who", ["author", "reader"])
def test_opening_while_an_account_is_deleted_is_read_with_a_receipt_or_not_at_all(transactional_db, who):
    for number in range(ROUNDS):
        people = {"author": author(number), "reader": factories.make_person(f"reader{number}@example.nhs.uk")}
        summary = factories.make_summary(factories.make_link(*people.values()), ask="kingfisher")
        read = {"by": people["reader"], "pk": summary.pk, "now": timezone.now()}
        opened, gone = at_once(lambda read=read: actions_summaries.open_summary(**read), deleting(people[who]))
        assert gone is None
        was_read = isinstance(opened, tuple)
        assert was_read or isinstance(opened, SharedSummary.DoesNotExist)
        assert AuditEvent.objects.filter(about=summary.pk, act=Act.SUMMARY_OPENED).count() == was_read
        kept = was_read if who == "reader" else 0
        assert Receipt.objects.filter(summary=summary.pk).count() == kept
        assert {row.words for row in SharedSummary.objects.all()} <= {""}


def test_accepting_while_the_invited_deletes_their_account_leaves_no_supervisor(transactional_db):
    person = author(0)
    for number in range(ROUNDS):
        invited = factories.make_person(f"invited{number}@example.nhs.uk")
        token, now = factories.invite(person, invited.email), timezone.now()
        answer = {"by": invited, "token": token, "is_line_manager": False, "now": now}
        accepted, gone = at_once(lambda answer=answer: actions.accept_invitation(**answer), deleting(invited))
        assert gone is None
        assert isinstance(accepted, (SupervisionLink, WrongState))
    assert not SupervisionLink.objects.standing().exists()
    assert set(SupervisionLink.objects.values_list("email", "supervisor")) == {("", None)}
