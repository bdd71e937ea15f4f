"""How far a report is: told in steps that were really done, and the way by which one that is cancelled ends."""

import logging

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.reports import tasks
from apps.reports.models import LostClaim, Report
from tests import factories
from tests.reports.pages import PHASES, checked, page_of

Step, State = Report.Step, Report.State

pytestmark = pytest.mark.usefixtures("sent")


@pytest.fixture
def long(amina, world):
    """A portfolio of twenty-one reflections that Amina just asked for."""
    for _ in range(20):
        factories.make_reflection(world["amina"])
    return checked(amina, page_of("portfolio"), time="all", sections=PHASES)


@pytest.fixture
def told(monkeypatch):
    """Each step as the row holds it, right after the worker told it."""
    steps = []

    def tell_and_look(report, *said):
        tell(report, *said)
        steps.append(Report.objects.values_list("step", "step_done", "step_of").get(pk=report.pk))

    tell = Report.tell
    monkeypatch.setattr(Report, "tell", tell_and_look)
    return steps


def test_worker_tells_how_far_a_long_report_is_and_nothing_of_it_stays(long, told):
    tasks.make_report(str(long.pk))
    report = Report.objects.get(pk=long.pk)
    assert told[:2] == [(Step.GATHERED, 10, 21), (Step.GATHERED, 20, 21)]
    drawn = [done for step, done, of in told if step == Step.DRAWN and of == report.pages]
    assert drawn == sorted(drawn)
    assert told[-1] == (Step.SEALING, report.pages, report.pages)
    assert (report.state, report.step, report.step_done, report.step_of) == (State.READY, "", 0, 0)


def test_worker_tells_nothing_of_a_short_report(asked, told):
    tasks.make_report(str(asked.pk))
    assert told == []


def test_report_that_is_cancelled_is_not_drawn(long, monkeypatch, caplog, amina):
    caplog.set_level(logging.INFO)
    tell = Report.tell

    def cancelled_first(report, *said):
        amina.post(f"/reports/{report.pk}/erase/")
        tell(report, *said)

    monkeypatch.setattr(Report, "tell", cancelled_first)
    monkeypatch.setattr(tasks, "draw", lambda *_: pytest.fail("it was drawn"))
    tasks.make_report(str(long.pk))
    assert "overtaken or erased" in caplog.text
    assert not Report.objects.exists()


def test_worker_that_was_overtaken_cannot_tell_how_far_it_is(asked):
    late = Report.objects.claim(asked.pk, now=timezone.now())
    late.let_go()
    Report.objects.claim(asked.pk, now=timezone.now())
    with pytest.raises(LostClaim):
        late.tell(Step.DRAWN, 1, 2)
    assert Report.objects.get().step == ""


@pytest.mark.parametrize("end", ["let_go", "fail", "claimed again"])
def test_report_forgets_how_far_it_was_when_its_attempt_ends(end, asked, settings):
    settings.REPORT_LEASE_SECONDS = 0
    report = Report.objects.claim(asked.pk, now=timezone.now())
    report.tell(Step.DRAWN, 1, 2)
    match end:
        case "let_go":
            report.let_go()
        case "fail":
            report.fail(Report.Reason.TOO_LONG)
        case "claimed again":
            Report.objects.claim(asked.pk, now=timezone.now())
    assert Report.objects.values_list("step", "step_done", "step_of").get() == ("", 0, 0)


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING])
def test_report_row_has_no_step_but_while_it_is_made_nor_more_done_than_there_is(state, asked):
    if state == State.RUNNING:
        Report.objects.claim(asked.pk, now=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.update(step=Step.DRAWN, step_done=3, step_of=2)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ((Step.GATHERED, 40, 150), "Gathered 40 of 150 reflections."),
        ((Step.DRAWN, 80, 201), "Drawn 80 of 201 pages."),
        ((Step.SEALING, 201, 201), "Drawn all 201 pages. Locking the file now."),
    ],
)
def test_report_page_says_how_far_it_is(said, sentence, asked, amina):
    Report.objects.claim(asked.pk, now=timezone.now()).tell(*said)
    address = f"/reports/{asked.pk}/"
    assert sentence in amina.get(address).content.decode()
    assert amina.get(address, headers={"Accept": "application/json"}).json()["text"] == sentence


def test_report_page_offers_to_cancel_what_is_being_made_and_to_erase_what_is_ready(asked, amina):
    address = f"/reports/{asked.pk}/"
    assert "Cancel<span" in amina.get(address).content.decode()
    tasks.make_report(str(asked.pk))
    page = amina.get(address).content.decode()
    assert ("Cancel<span" in page, "Erase<span" in page) == (False, True)
