"""Asking for a report, and sending its id to the workers."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from celery.exceptions import SoftTimeLimitExceeded

from apps.reports import actions, sending, tasks
from apps.reports.actions import ask_again, ask_for_report
from apps.reports.models import Report, ReportQuerySet, WrongState
from tests.reports.making import fail_with, made

State, Reason = Report.State, Report.Reason
START = "2026-11-23 09:00:00+00:00"


# --- Asking ---


def test_ask_again_while_the_other_report_of_the_same_is_finished_gives_one(world, failed, sent, monkeypatch):
    other = ask_for_report(by=world["amina"], reflection=world["reflection"])
    unfinished = ReportQuerySet.unfinished

    def finished_first(rows):
        Report.objects.filter(pk=other.pk).delete()
        return unfinished(rows)

    monkeypatch.setattr(ReportQuerySet, "unfinished", finished_first)
    assert ask_again(by=world["amina"], report=failed) == failed


def test_ask_for_report_sends_the_id_only_after_the_commit(world, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as after_commit:
        report = ask_for_report(by=world["amina"], reflection=world["reflection"])
        assert sent == []
    for act in after_commit:
        act()
    assert sent == [str(report.pk)]


def test_ask_for_report_twice_makes_one(world, asked):
    assert ask_for_report(by=world["amina"], reflection=world["reflection"]) == asked
    assert Report.objects.count() == 1


def test_ask_for_report_pressed_twice_at_once_makes_one(world, asked, monkeypatch):
    looks = iter([lambda _: [], actions.standing_reports])  # both looked before either wrote
    monkeypatch.setattr(actions, "standing_reports", lambda mine: next(looks)(mine))
    assert ask_for_report(by=world["amina"], reflection=world["reflection"]) == asked


def test_ask_for_report_while_one_of_the_same_words_is_kept_gives_that_one(world, asked):
    made(asked)
    assert ask_for_report(by=world["amina"], reflection=world["reflection"]) == asked


def test_ask_for_report_after_the_words_changed_makes_another(world, asked):
    made(asked)
    world["reflection"].version += 1
    assert ask_for_report(by=world["amina"], reflection=world["reflection"]) != asked


def test_ask_for_report_after_the_words_changed_makes_it_in_place_of_the_one_on_its_way(world, asked, monkeypatch):
    gather = tasks.gather

    def asked_again_meanwhile(report):  # when its words were read: it would hold what was taken out since
        said = gather(report)
        world["reflection"].version += 1
        newer.append(ask_for_report(by=world["amina"], reflection=world["reflection"]))
        return said

    newer = []
    monkeypatch.setattr(tasks, "gather", asked_again_meanwhile)
    tasks.make_report(str(asked.pk))
    [report] = Report.objects.all()
    assert [report] == newer
    assert (report.state, report.version) == (State.QUEUED, world["reflection"].version)


def test_ask_for_report_after_the_old_one_expired_makes_another(world, asked):
    with time_machine.travel(START, tick=False) as clock:
        made(asked)
        clock.shift(timedelta(hours=24))
        assert ask_for_report(by=world["amina"], reflection=world["reflection"]) != asked


def test_ask_for_report_after_a_failed_one_makes_another(world, asked, monkeypatch):
    fail_with(monkeypatch, SoftTimeLimitExceeded())
    made(asked)
    assert ask_for_report(by=world["amina"], reflection=world["reflection"]) != asked


def test_ask_again_sends_a_failed_report_again(world, asked, sent, monkeypatch, django_capture_on_commit_callbacks):
    fail_with(monkeypatch, SoftTimeLimitExceeded())
    failed = made(asked)
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_again(by=world["amina"], report=failed).state == State.QUEUED
    assert sent[-1] == str(asked.pk)


def test_ask_again_where_another_is_on_its_way_gives_that_one(world, asked, monkeypatch):
    fail_with(monkeypatch, SoftTimeLimitExceeded())
    failed = made(asked)
    other = ask_for_report(by=world["amina"], reflection=world["reflection"])
    assert ask_again(by=world["amina"], report=failed) == other
    assert Report.objects.get(pk=failed.pk).state == State.FAILED


def test_ask_again_of_a_report_that_has_not_failed_is_refused(world, asked):
    with pytest.raises(WrongState):
        ask_again(by=world["amina"], report=asked)


# --- Sending ---


def test_send_puts_the_id_and_nothing_else_into_the_message(world):
    report = Report.objects.create(author=world["amina"], reflection=world["reflection"], version=3)
    assert sending.send([report.pk])
    [message] = [found for found in messages_in_the_queue() if str(report.pk) in found.headers["argsrepr"]]
    assert (message.headers["task"], message.payload[:2]) == (sending.MAKE_REPORT, [[str(report.pk)], {}])
    assert "heron" not in f"{message.headers} {message.properties} {message.body}"


def messages_in_the_queue():
    with sending.current_app.connection_for_read() as connection, connection.SimpleQueue("celery") as queue:
        while True:
            try:
                message = queue.get(block=False)
            except queue.Empty:
                return
            message.ack()
            yield message


def test_send_without_a_broker_says_so_and_raises_nothing(world, monkeypatch, caplog):
    monkeypatch.setattr(sending.current_app, "send_task", lambda *_, **__: broken("redis://:a-password@broker:6379"))
    assert sending.send([world["reflection"].pk]) is False
    assert "1 not sent: ConnectionError" in caplog.text
    assert "a-password" not in caplog.text


def broken(words):
    raise ConnectionError(words)


def test_ask_for_report_without_a_broker_keeps_the_row_for_the_sweep(
    world, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(sending.current_app, "send_task", lambda *_, **__: broken("down"))
    with django_capture_on_commit_callbacks(execute=True):
        report = ask_for_report(by=world["amina"], reflection=world["reflection"])
    assert Report.objects.get(pk=report.pk).state == State.QUEUED


def test_pages_never_load_the_renderer():
    looks = "import sys; import config.urls; sys.exit(int('weasyprint' in sys.modules))"
    program = f"import django; django.setup(); import config.wsgi; {looks}"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings_test"}
    assert subprocess.run([sys.executable, "-c", program], env=environment).returncode == 0
