"""Whatever happens to a report in whatever order, its row is what a twin without a database says."""

import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.reports.models import MOST_ATTEMPTS, LostClaim, Report, WrongState

State, Reason, Step = Report.State, Report.Reason, Report.Step
START = "2026-11-23 09:00:00+00:00"


class Twin:
    """What a report should be, in a few plain values and without a database."""

    def __init__(self):
        self.state, self.attempts, self.last = State.QUEUED, 0, MOST_ATTEMPTS
        self.lease_ends = None
        self.seconds = 0
        self.step = ""

    def claim(self):
        free = self.state == State.QUEUED or (self.state == State.RUNNING and self.lease_ends <= self.seconds)
        if not free or self.attempts >= self.last:
            return False
        self.state, self.lease_ends = State.RUNNING, self.seconds + 150
        self.attempts += 1
        self.step = ""
        return True

    def holds(self, attempt):
        return self.state == State.RUNNING and attempt == self.attempts

    def tell(self, attempt):
        if self.holds(attempt):
            self.step = Step.DRAWN
        return self.holds(attempt)

    def end(self, attempt, state):
        if not self.holds(attempt):
            return False
        self.state, self.step = state, ""
        return True

    def let_go(self, attempt):
        return self.end(attempt, State.FAILED if self.attempts >= self.last else State.QUEUED)

    def give_up(self):
        if self.state == State.RUNNING and self.lease_ends <= self.seconds and self.attempts >= self.last:
            self.state, self.step = State.FAILED, ""

    def try_again(self):
        if self.state != State.FAILED:
            return False
        self.state, self.last = State.QUEUED, self.attempts + MOST_ATTEMPTS
        return True


ACTS = [
    "claim",
    "claim",
    "claim",
    "tell",
    "tell",
    "complete",
    "fail",
    "let_go",
    "let_go",
    "wait",
    "wait",
    "give_up",
    "try_again",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3)), max_size=40))
def test_report_through_any_order_of_acts_is_what_its_twin_says(world, acts):
    report = Report.objects.create(author=world["amina"], reflection=world["reflection"], version=3)
    twin, workers = Twin(), []
    with time_machine.travel(START, tick=False) as clock:
        for act, which in acts:
            worker = workers[which % len(workers)] if workers else None
            play(act, report, twin, worker, workers, clock)
            row = Report.objects.get(pk=report.pk)
            assert (row.state, row.attempts, row.last_attempt) == (twin.state, twin.attempts, twin.last)
            assert row.step == twin.step
            assert bool(row.pdf) == (twin.state == State.READY)
    report.delete()


def play(act, report, twin, worker, workers, clock):
    """One act on the row and on its twin; both must agree on whether it may happen."""
    if act == "wait":
        clock.shift(80)
        twin.seconds += 80
    elif act == "claim":
        taken = Report.objects.claim(report.pk, now=timezone.now())
        assert bool(taken) == twin.claim()
        workers += [taken] if taken else []
    elif act == "give_up":
        Report.objects.give_up(now=timezone.now())
        twin.give_up()
    elif act == "try_again":
        assert allowed(WrongState, Report.objects.get(pk=report.pk).try_again) == twin.try_again()
    elif worker:
        attempt = worker.attempts
        happened = {
            "complete": lambda: allowed(LostClaim, worker.complete, b"%PDF", pages=1, version=3),
            "fail": lambda: allowed(LostClaim, worker.fail, Reason.TROUBLE),
            "let_go": lambda: allowed(LostClaim, worker.let_go),
            "tell": lambda: allowed(LostClaim, worker.tell, Step.DRAWN, 1, 2),
        }[act]()
        worker.attempts = attempt  # a real worker ends here; this one may come again, as a second message does
        ends = {"complete": State.READY, "fail": State.FAILED}
        agreed = {"let_go": twin.let_go, "tell": twin.tell}.get(act) or (lambda held: twin.end(held, ends[act]))
        assert happened == agreed(attempt)


def allowed(refusal, act, *args, **kwargs):
    try:
        act(*args, **kwargs)
    except refusal:
        return False
    return True
