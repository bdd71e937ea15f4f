"""What the workers make of a report, and how the sweep brings each to an end."""

import logging
from datetime import timedelta

import pytest
import time_machine
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from apps.core.keyring import KeyRing
from apps.core.logs import WordlessFormatter
from apps.journal.actions import complete_reflection
from apps.reports import process, sending, tasks
from apps.reports.actions import ask_for_report
from apps.reports.models import MOST_ATTEMPTS, Report
from apps.reports.pdf import Refused, TooMuch
from tests.reports import inside
from tests.reports.making import fail_with, made
from tests.reports.readings import content

State, Reason = Report.State, Report.Reason
START = "2026-11-23 09:00:00+00:00"


def broken(words):
    raise ConnectionError(words)


# --- Making ---


def test_make_report_makes_a_pdf_of_the_authors_words(asked):
    report = made(asked)
    assert (report.state, report.version, report.attempts) == (State.READY, 3, 1)
    assert report.size == len(report.pdf) > 0
    assert "Amina's planted words: heron" in inside.words(report.pdf)
    assert inside.pdf_ua_failures(report.pdf) == []


def test_make_report_sent_many_times_makes_it_once(asked):
    for _ in range(6):
        report = made(asked)
    assert report.attempts == 1


def test_make_report_of_a_report_that_was_erased_does_nothing(asked, caplog):
    caplog.set_level(logging.INFO)
    Report.objects.all().delete()
    tasks.make_report(str(asked.pk))
    assert "nothing to do" in caplog.text


def test_make_report_erased_in_the_middle_keeps_nothing(asked, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    draw = tasks.draw

    def erased_meanwhile(*given):
        Report.objects.all().delete()
        return draw(*given)

    monkeypatch.setattr(tasks, "draw", erased_meanwhile)
    tasks.make_report(str(asked.pk))
    assert not Report.objects.exists()
    assert "overtaken or erased" in caplog.text


def test_make_report_cancelled_while_it_is_drawn_ends_what_draws_it(asked, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    process.renderer.start()
    monkeypatch.setattr(process, "SECONDS_BETWEEN_LOOKS", 0)
    monkeypatch.setattr(tasks, "gather", lambda _: Report.objects.all().delete() and content("word " * 20_000))
    tasks.make_report(str(asked.pk))
    assert "overtaken or erased" in caplog.text
    assert process.renderer.running is None


def test_make_report_keeps_the_version_it_really_drew(asked, world):
    reflection = world["reflection"]
    reflection.reopen()
    reflection.version = 4
    reflection.save()
    complete_reflection(by=world["amina"], pk=reflection.pk, seen=4, looked=True)
    assert made(asked).version == 4


def test_make_report_of_a_reflection_reopened_meanwhile_fails_and_says_so(asked, world):
    world["reflection"].reopen()
    report = made(asked)
    assert (report.state, report.reason) == (State.FAILED, Reason.NOT_COMPLETE)


def test_make_report_of_words_that_do_not_open_fails_at_once(asked, settings, caplog):
    settings.KEY_RING = KeyRing.parse("t1:" + "A" * 43 + "=", problems=[])
    report = made(asked)
    assert (report.state, report.reason, report.attempts) == (State.FAILED, Reason.CANNOT_OPEN, 1)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Refused("file:///etc/heron"), Reason.REFUSED),
        (TooMuch("heron"), Reason.TOO_LONG),
        (SoftTimeLimitExceeded("heron"), Reason.TOO_LONG),
    ],
)
def test_make_report_that_no_attempt_could_make_fails_at_once(asked, monkeypatch, caplog, error, reason):
    fail_with(monkeypatch, error)
    report = made(asked)
    assert (report.state, report.reason, report.attempts) == (State.FAILED, reason, 1)
    assert "heron" not in caplog.text


def test_make_report_in_trouble_is_tried_five_times_and_then_fails(asked, monkeypatch):
    fail_with(monkeypatch, RuntimeError("heron"))
    for _ in range(MOST_ATTEMPTS - 1):
        assert made(asked).state == State.QUEUED
    report = made(asked)
    assert (report.state, report.reason) == (State.FAILED, Reason.TROUBLE)


def test_make_report_in_trouble_says_which_report_and_never_the_words(asked, monkeypatch, caplog):
    caplog.handler.setFormatter(WordlessFormatter())  # as Keel's own log is written
    fail_with(monkeypatch, RuntimeError("heron"))
    tasks.make_report(str(asked.pk))
    assert f"report {asked.pk}: attempt 1 of 5" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "heron" not in caplog.text


# --- Sweeping ---


def test_sweep_sends_what_waits_too_long_and_waits_before_it_sends_again(asked, sent):
    with time_machine.travel(START, tick=False) as clock:
        Report.objects.update(sent_at=timezone.now())
        tasks.sweep_reports()
        assert sent == []
        clock.shift(10)
        tasks.sweep_reports()
        tasks.sweep_reports()
        assert sent == [str(asked.pk)]


def test_sweep_without_a_broker_tries_again_next_time(asked, monkeypatch):
    monkeypatch.setattr(sending.current_app, "send_task", lambda *_, **__: broken("down"))
    with time_machine.travel(timezone.now() + timedelta(seconds=11), tick=False):
        tasks.sweep_reports()
        assert list(Report.objects.to_send(now=timezone.now())) == [asked]


def test_sweep_brings_a_report_whose_worker_died_to_an_end(asked, sent):
    with time_machine.travel(START, tick=False) as clock:
        Report.objects.update(sent_at=timezone.now())
        for _ in range(MOST_ATTEMPTS):
            Report.objects.claim(asked.pk, now=timezone.now())  # and then the process is gone
            clock.shift(150)
            tasks.sweep_reports()
        tasks.sweep_reports()
    report = Report.objects.get()
    assert (report.state, report.reason) == (State.FAILED, Reason.DIED)
    assert sent == [str(asked.pk)] * (MOST_ATTEMPTS - 1)


def test_erase_removes_what_is_past_its_time_and_nothing_else(asked, world):
    with time_machine.travel(START, tick=False) as clock:
        made(asked)
        clock.shift(timedelta(hours=23))
        young = ask_for_report(by=world["ben"], reflection=world["bens_reflection"])
        made(young)
        clock.shift(timedelta(hours=1))
        tasks.erase_expired_reports()
        assert [report.pk for report in Report.objects.all()] == [young.pk]
        clock.shift(timedelta(hours=23))
        tasks.erase_expired_reports()
    assert not Report.objects.exists()


def test_erase_removes_a_failed_report_too(asked, monkeypatch):
    fail_with(monkeypatch, SoftTimeLimitExceeded())
    with time_machine.travel(START, tick=False) as clock:
        made(asked)
        clock.shift(timedelta(hours=24))
        tasks.erase_expired_reports()
    assert not Report.objects.exists()


def test_make_report_sets_the_workers_to_the_next_of_the_same_person(asked, world, sent):
    waiting = [
        Report.objects.create(author=world["amina"], kind=Report.Kind.EVIDENCE, fingerprint=mark) for mark in "ab"
    ]
    del sent[:]
    made(asked)
    assert sent == [str(waiting[0].pk)]
