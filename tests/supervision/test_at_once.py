"""P9: two people acting at the same moment leave what one order of the two would have left."""

import pytest
from django.utils import timezone

from apps.supervision import actions, actions_summaries
from apps.supervision.models import Receipt, SharedSummary, SupervisionLink, WrongState
from tests import factories
from tests.journal.test_at_once import at_once
from tests.supervision.races import Stage, in_turn, queued

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5  # of each race: one alone may always fall the same way
RACES = [  # how far the link has come, and the two acts
    ("invited", "accept", "withdraw"),
    ("invited", "decline", "accept"),
    ("invited", "accept", "invite anew"),
    ("accepted", "confirm", "end"),
    ("draft", "share", "end"),
    ("draft", "share", "leave"),
    ("draft", "share", "share"),
    ("draft", "share", "discard"),
    ("shared", "open", "open"),
    ("shared", "open", "take back"),
    ("shared", "open", "end"),
    ("shared", "open", "leave"),
    ("shared", "open", "forbid print"),
    ("shared", "shorten", "take back"),
    ("shared", "answer", "take back"),
    ("shared", "answer", "end"),
    ("shared", "answer", "open"),
    ("shared", "take back", "end"),
    ("shared", "take back", "take back"),
]


@pytest.mark.parametrize(("so_far", "first", "second"), RACES, ids=lambda name: name.replace(" ", "-"))
def test_two_acts_that_meet_leave_what_one_order_of_the_two_leaves(so_far, first, second, transactional_db):
    orders = [(first, second), (second, first)]
    allowed = []
    for names in orders:
        stage = Stage(so_far)
        allowed.append(stage.left(names, in_turn(*stage.doing(*names))))
    assert (allowed[0] != allowed[1]) is (first != second)  # so that what follows can tell one order from the other
    for names in orders:  # on PostgreSQL, each comes first once
        stage = Stage(so_far)
        assert stage.left(names, queued(stage.rows(), stage.doing(*names))) in allowed
    for _ in range(2):  # at the same moment, whoever comes first
        stage = Stage(so_far)
        assert stage.left(orders[0], at_once(*stage.doing(*orders[0]))) in allowed


@pytest.mark.parametrize(("so_far", "act", "receipts"), [("draft", "share", 0), ("shared", "open", 2)])
def test_twice_at_once_is_one_sharing_but_two_openings(so_far, act, receipts, transactional_db):
    stage = Stage(so_far)
    left = stage.left((act, act), queued(stage.rows(), stage.doing(act, act)))
    assert (left["events"].count("summary_shared"), left["receipts"]) == (1, receipts)


@pytest.fixture
def amina(transactional_db):
    person = factories.make_person("amina@example.nhs.uk", name="Amina")
    factories.make_reflection(person)
    return person


@pytest.fixture
def sam():
    return factories.make_person("sam@example.nhs.uk", name="Sam")


def test_sharing_while_the_link_ends_never_leaves_words_that_can_be_read(amina, sam):
    for _ in range(ROUNDS):
        link = factories.make_link(amina, sam)
        draft = factories.make_summary(link, ask="kingfisher", shared=False)
        now = timezone.now()
        shared, ended = at_once(
            lambda draft=draft, now=now: actions_summaries.share_summary(by=amina, pk=draft.pk, seen=1, now=now),
            lambda link=link, now=now: actions.end_supervision(by=sam, link=link, now=now),
        )
        assert ended is None
        row = SharedSummary.objects.get(pk=draft.pk)
        if isinstance(shared, SharedSummary):  # shared, then ended
            assert (row.ending, row.words) == ("link_ended", "")
        else:  # ended, so there was nobody to share with
            assert isinstance(shared, actions_summaries.NotYet)
            assert row.is_draft
        assert not SharedSummary.objects.readable_by(sam, now=now).exists()


def test_opening_while_it_is_taken_back_is_read_with_a_receipt_or_not_at_all(amina, sam):
    link = factories.make_link(amina, sam)
    for _ in range(ROUNDS):
        summary, now = factories.make_summary(link, ask="kingfisher"), timezone.now()
        opened, taken_back = at_once(
            lambda pk=summary.pk, now=now: actions_summaries.open_summary(by=sam, pk=pk, now=now),
            lambda pk=summary.pk, now=now: actions_summaries.take_back(by=amina, pk=pk, now=now),
        )
        assert taken_back is None
        receipts = Receipt.objects.filter(summary=summary).count()
        if isinstance(opened, tuple):
            assert "kingfisher" in opened[1].as_text()
            assert receipts == 1
        else:
            assert isinstance(opened, SharedSummary.DoesNotExist)
            assert receipts == 0
        assert SharedSummary.objects.get(pk=summary.pk).words == ""


def test_answering_while_it_is_taken_back_leaves_no_answer(amina, sam):
    link = factories.make_link(amina, sam)
    for _ in range(ROUNDS):
        summary, now = factories.make_summary(link, ask="kingfisher"), timezone.now()
        said = {"by": sam, "pk": summary.pk, "seen": 0, "text": "wagtail", "discussed": False, "now": now}
        at_once(
            lambda said=said: actions_summaries.answer_summary(**said),
            lambda pk=summary.pk, now=now: actions_summaries.take_back(by=amina, pk=pk, now=now),
        )
        row = SharedSummary.objects.get(pk=summary.pk)
        assert (row.words, row.answer, row.ending) == ("", "", "taken_back")


def test_ending_from_both_sides_and_the_sweep_at_once_ends_it_once(amina, sam):
    link, now = factories.make_link(amina, sam), timezone.now()
    for _ in range(3):
        factories.make_summary(link, ask="kingfisher")
    results = at_once(
        lambda: actions.end_supervision(by=amina, link=link, now=now),
        lambda: actions.end_supervision(by=sam, link=link, now=now),
        lambda: actions.end_links_of(sam, by=None, now=now),
    )
    assert sum(result in (None, 1) for result in results) == 1
    assert {type(result) for result in results if result not in (None, 0, 1)} <= {WrongState}
    assert {row.words for row in SharedSummary.objects.all()} == {""}


def test_an_invitation_accepted_six_times_at_once_is_accepted_once(amina, sam):
    token, now = factories.invite(amina, "sam@example.nhs.uk"), timezone.now()

    def accept():
        return actions.accept_invitation(by=sam, token=token, is_line_manager=False, now=now)

    results = at_once(*[accept] * 6)
    assert [type(result) for result in results].count(SupervisionLink) == 1
    assert [type(result) for result in results].count(WrongState) == 5


def test_inviting_at_once_never_passes_the_limit(amina):
    results = at_once(
        *[lambda number=number: factories.invite(amina, f"p{number}@example.nhs.uk") for number in range(7)]
    )
    assert [type(result) for result in results].count(actions.NotInvited) == 2
    assert SupervisionLink.objects.count() == 5
