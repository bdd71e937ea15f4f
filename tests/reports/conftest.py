"""Reports of Amina's in each state, and a broker that only takes notes."""

import pytest
from django.utils import timezone

from apps.reports import sending, tasks
from apps.reports.actions import ask_for_report
from apps.reports.models import Report


@pytest.fixture
def sent(monkeypatch):
    """The ids that would go to the broker, in order."""
    ids = []
    monkeypatch.setattr(sending.current_app, "send_task", lambda name, args, **_: ids.extend(args))
    return ids


@pytest.fixture
def asked(world, sent):
    """A report that Amina just asked for."""
    return ask_for_report(by=world["amina"], reflection=world["reflection"])


@pytest.fixture
def ready(asked):
    """A report that was really made."""
    tasks.make_report(str(asked.pk))
    return Report.objects.get(pk=asked.pk)


@pytest.fixture
def failed(asked):
    """A report that could not be made."""
    Report.objects.claim(asked.pk, now=timezone.now()).fail(Report.Reason.TOO_LONG)
    return Report.objects.get(pk=asked.pk)
