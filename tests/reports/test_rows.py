"""The report as a row: what it may hold, who may see it, and what can happen to it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.core.sealed import CannotOpen
from apps.reports.models import MOST_ATTEMPTS, LostClaim, Report, WrongState

State, Reason = Report.State, Report.Reason
START = "2026-11-23 09:00:00+00:00"


@pytest.fixture
def report(world):
    return Report.objects.create(author=world["amina"], reflection=world["reflection"], version=3)


def claimed(report, *, now=None):
    return Report.objects.claim(report.pk, now=now or timezone.now())


def made(report):
    mine = claimed(report)
    mine.complete(b"%PDF", pages=2, version=3)
    return mine


# --- What a row may hold ---


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("report_has_bytes_exactly_when_ready", {"size": 4}),
        ("report_has_bytes_exactly_when_ready", {"ready_at": timezone.now()}),
        ("report_has_bytes_exactly_when_ready", {"state": State.READY, "expires_at": timezone.now()}),
        (
            "report_has_bytes_exactly_when_ready",  # all that a ready row needs, but for the bytes themselves
            {"state": State.READY, "expires_at": timezone.now(), "ready_at": timezone.now(), "size": 4, "pages": 1},
        ),
        ("report_has_lease_exactly_while_running", {"state": State.RUNNING}),
        ("report_has_lease_exactly_while_running", {"lease_until": timezone.now()}),
        ("report_has_reason_exactly_when_failed", {"state": State.FAILED, "expires_at": timezone.now()}),
        ("report_has_reason_exactly_when_failed", {"reason": Reason.DIED}),
        ("report_expires_exactly_when_ended", {"expires_at": timezone.now()}),
        ("report_expires_exactly_when_ended", {"state": State.FAILED, "reason": Reason.DIED}),
        ("report_attempts_end", {"attempts": MOST_ATTEMPTS + 1}),
        ("report_of_reflection_names_it", {"reflection": None}),
    ],
)
def test_row_that_contradicts_itself_is_refused_by_the_database(report, constraint, wrong):
    with pytest.raises(IntegrityError, match=constraint):
        Report.objects.filter(pk=report.pk).update(**wrong)


def test_row_with_bytes_that_is_not_ready_is_refused_by_the_database(report):
    sealed = Report._meta.get_field("pdf").seal(b"%PDF", report.pk)
    with pytest.raises(IntegrityError, match="report_has_bytes_exactly_when_ready"):
        Report.objects.filter(pk=report.pk).update(pdf=sealed)


def test_second_unfinished_row_of_a_reflection_is_refused_by_the_database(report, world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(author=world["amina"], reflection=world["reflection"], version=3)
    made(report)
    assert Report.objects.create(author=world["amina"], reflection=world["reflection"], version=3)


def test_reflection_deleted_takes_its_reports_with_it(report, world):
    made(report)
    world["reflection"].delete()
    assert not Report.objects.filter(pk=report.pk).exists()


def test_bytes_moved_to_another_row_do_not_open(report, world):
    mine = made(report)
    other = Report.objects.create(author=world["ben"], reflection=world["bens_reflection"], version=3)
    made(other)
    stolen = Report.objects.filter(pk=mine.pk).values_list("pdf", flat=True).get()
    Report.objects.filter(pk=other.pk).update(pdf=stolen)
    with pytest.raises(CannotOpen):
        _ = Report.objects.get(pk=other.pk).pdf


# --- Doors ---


def test_owned_by_shows_a_report_to_its_author_alone(report, world):
    assert report in Report.objects.owned_by(world["amina"])
    for other in ("ben", "sam", "edie", "ada"):
        assert report not in Report.objects.owned_by(world[other])


def test_downloadable_is_judged_by_the_clock_and_not_by_the_sweep(report):
    with time_machine.travel(START, tick=False) as clock:
        mine = made(report)
        clock.shift(timedelta(hours=24, seconds=-1))
        assert mine in Report.objects.downloadable(now=timezone.now())
        clock.shift(1)
        assert mine not in Report.objects.downloadable(now=timezone.now())
        assert mine not in Report.objects.kept(now=timezone.now())
        assert mine in Report.objects.expired(now=timezone.now())


@pytest.mark.parametrize("end", ["queued", "running", "failed"])
def test_downloadable_leaves_out_what_is_not_ready(report, end):
    if end != "queued":
        claimed(report)
    if end == "failed":
        Report.objects.get().fail(Reason.TROUBLE)
    assert not Report.objects.downloadable(now=timezone.now()).exists()


def test_list_of_reports_does_not_load_their_bytes(report, world, django_assert_num_queries):
    made(report)
    with django_assert_num_queries(1):
        [listed] = Report.objects.owned_by(world["amina"])
    assert "pdf" in listed.get_deferred_fields()


def test_to_send_takes_what_waits_too_long_and_what_lost_its_worker(report, world):
    with time_machine.travel(START, tick=False) as clock:
        Report.objects.update(sent_at=timezone.now())
        clock.shift(9)
        assert not Report.objects.to_send(now=timezone.now()).exists()
        clock.shift(1)
        assert list(Report.objects.to_send(now=timezone.now())) == [report]
        claimed(report)
        assert not Report.objects.to_send(now=timezone.now()).exists()
        clock.shift(149)
        assert not Report.objects.to_send(now=timezone.now()).exists()
        clock.shift(1)
        assert list(Report.objects.to_send(now=timezone.now())) == [report]


# --- Acts ---


def test_claim_of_a_report_that_another_worker_has_gives_nothing(report):
    assert claimed(report)
    assert claimed(report) is None


def test_claim_after_the_lease_fences_the_first_worker_out(report):
    with time_machine.travel(START, tick=False) as clock:
        first = claimed(report)
        clock.shift(150)
        second = claimed(report)
        with pytest.raises(LostClaim):
            first.complete(b"%PDF first", pages=1, version=3)
        second.complete(b"%PDF second", pages=1, version=3)
        with pytest.raises(LostClaim):
            first.fail(Reason.TROUBLE)
    assert Report.objects.get().pdf == b"%PDF second"


def test_complete_of_a_report_that_its_author_erased_keeps_nothing(report):
    mine = claimed(report)
    Report.objects.get().delete()
    with pytest.raises(LostClaim):
        mine.complete(b"%PDF", pages=1, version=3)
    assert not Report.objects.exists()


def test_let_go_at_the_last_attempt_fails_with_a_sentence(report):
    for _ in range(MOST_ATTEMPTS):
        claimed(report).let_go()
    failed = Report.objects.get()
    assert (failed.state, failed.attempts) == (State.FAILED, MOST_ATTEMPTS)
    assert failed.sentence == "Something went wrong five times. Try again a little later."


def test_give_up_fails_only_what_died_at_the_last_attempt(report):
    with time_machine.travel(START, tick=False) as clock:
        for attempt in range(1, MOST_ATTEMPTS + 1):
            assert claimed(report).attempts == attempt
            clock.shift(150)
            assert Report.objects.give_up(now=timezone.now()) == (1 if attempt == MOST_ATTEMPTS else 0)
        assert claimed(report) is None
    assert Report.objects.get().reason == Reason.DIED


def test_every_reason_has_a_sentence():
    for reason in Reason:
        assert Report(state=State.FAILED, reason=reason).sentence.endswith(".")
    assert Report().sentence == ""


def test_try_again_gives_fresh_attempts(report):
    for _ in range(MOST_ATTEMPTS):
        claimed(report).let_go()
    again = Report.objects.get()
    again.try_again()
    assert (again.state, again.sentence, again.expires_at) == (State.QUEUED, "", None)
    assert claimed(report).attempts == MOST_ATTEMPTS + 1


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING, State.READY])
def test_try_again_of_a_report_that_has_not_failed_is_refused(report, state):
    if state != State.QUEUED:
        claimed(report)
    if state == State.READY:
        Report.objects.get().complete(b"%PDF", pages=1, version=3)
    with pytest.raises(WrongState):
        report.try_again()


# --- One at a time ---


def another(report, **fields):
    """One more report of the same author."""
    told = {"kind": Report.Kind.EVIDENCE, "fingerprint": f"{Report.objects.count():064}"} | fields
    return Report.objects.create(author=report.author, **told)


def test_claim_of_a_second_report_of_one_person_waits_for_the_first(report, world):
    second = another(report)
    bens = Report.objects.create(author=world["ben"], reflection=world["bens_reflection"])
    first = claimed(report)
    assert claimed(second) is None
    assert claimed(bens)
    first.complete(b"%PDF", pages=1, version=3)
    assert claimed(second)


def test_claim_does_not_wait_for_a_worker_that_died(report):
    with time_machine.travel(START, tick=False) as clock:
        second = another(report)
        claimed(report)
        clock.shift(149)
        assert claimed(second) is None
        clock.shift(1)
        assert claimed(second)
        assert claimed(report) is None  # now the second is being made


def test_to_send_takes_the_oldest_of_each_person_and_none_beside_one_being_made(report, world):
    with time_machine.travel(START, tick=False) as clock:
        Report.objects.update(created_at=timezone.now(), sent_at=timezone.now())
        clock.shift(1)
        second = another(report)
        bens = Report.objects.create(author=world["ben"], reflection=world["bens_reflection"])
        clock.shift(10)
        assert list(Report.objects.to_send(now=timezone.now())) == [report, bens]
        mine = claimed(report)
        assert list(Report.objects.to_send(now=timezone.now())) == [bens]
        mine.complete(b"%PDF", pages=1, version=3)
        assert set(Report.objects.to_send(now=timezone.now())) == {bens, second}


def test_report_of_choices_without_a_fingerprint_is_refused_by_the_database(report):
    with pytest.raises(IntegrityError, match="report_of_choices_has_a_fingerprint"):
        another(report, fingerprint="")


def test_second_unfinished_row_of_the_same_choices_is_refused_by_the_database(report):
    first = another(report, fingerprint="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        another(report, fingerprint="x")
    made(first)
    assert another(report, fingerprint="x")
