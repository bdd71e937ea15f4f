"""What workers do for people who sign in."""

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from apps.accounts.models import Invitation


@pytest.fixture
def tasks():
    """Every task that a worker knows, by name."""
    current_app.loader.import_default_modules()
    return current_app.tasks


def test_beat_clears_expired_sessions_every_day_and_leaves_those_in_use(tasks, db):
    now = timezone.now()
    Session.objects.create(session_key="over", session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="in-use", session_data="", expire_date=now + timedelta(minutes=1))
    entry = settings.CELERY_BEAT_SCHEDULE["clear-expired"]
    tasks[entry["task"]]()
    assert entry["schedule"] == timedelta(days=1).total_seconds()
    assert [session.session_key for session in Session.objects.all()] == ["in-use"]


def test_beat_forgets_every_day_whom_an_invitation_was_for_that_ran_out(tasks, db, time_machine):
    time_machine.move_to("2026-11-01 08:00+00:00")
    Invitation.objects.issue("old@example.nhs.uk")
    time_machine.move_to("2026-11-15 08:00+00:00", tick=False)
    Invitation.objects.issue("new@example.nhs.uk")
    entry = settings.CELERY_BEAT_SCHEDULE["clear-expired"]
    tasks[entry["task"]]()
    assert [invitation.email for invitation in Invitation.objects.all()] == ["new@example.nhs.uk"]


def test_beat_asks_for_nothing_that_no_worker_knows(tasks):
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(tasks)
