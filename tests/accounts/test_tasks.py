"""What workers do for people who sign in."""

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone


@pytest.fixture
def tasks():
    """Every task that a worker knows, by name."""
    current_app.loader.import_default_modules()
    return current_app.tasks


def test_beat_clears_expired_sessions_every_day_and_leaves_those_in_use(tasks, db):
    now = timezone.now()
    Session.objects.create(session_key="over", session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="in-use", session_data="", expire_date=now + timedelta(minutes=1))
    entry = settings.CELERY_BEAT_SCHEDULE["clear-expired-sessions"]
    tasks[entry["task"]]()
    assert entry["schedule"] == timedelta(days=1).total_seconds()
    assert [session.session_key for session in Session.objects.all()] == ["in-use"]


def test_beat_asks_for_nothing_that_no_worker_knows(tasks):
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(tasks)
