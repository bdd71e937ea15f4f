"""Reports of Amina's in each state, a PDF of what she shared with Sam, and a broker that only takes notes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.journal.models import Reflection
from apps.reports import sending, tasks
from apps.reports.actions import ask_for_copy, ask_for_report
from apps.reports.models import Report
from tests import factories


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


@pytest.fixture
def summary(world):
    """A summary that Amina shared with Sam today, and lets him keep."""
    link = factories.make_link(world["amina"], world["sam"])
    return factories.make_summary(link, ask="How to say no: kingfisher", may_print=True)


@pytest.fixture
def sam(world):
    """A browser in which Sam is signed in."""
    browser = Client()
    browser.force_login(world["sam"])
    return browser


@pytest.fixture
def copy_asked(world, sent, summary):
    """The PDF of it that Sam just asked for."""
    return ask_for_copy(by=world["sam"], summary_id=summary.pk, now=timezone.now())


@pytest.fixture
def copy_ready(copy_asked):
    """The PDF of it, really made."""
    tasks.make_report(str(copy_asked.pk))
    return Report.objects.get(pk=copy_asked.pk)


@pytest.fixture
def link(transactional_db):
    """Amina, who has a reflection, and Sam, in a database in which their acts can meet."""
    amina = factories.make_person("amina@example.nhs.uk", name="Amina")
    factories.make_reflection(amina)
    return factories.make_link(amina, factories.make_person("sam@example.nhs.uk", name="Sam"))


@pytest.fixture
def three(world):
    """Amina's reflections: three, each of another day, the oldest first."""
    found = [world["reflection"], *(factories.make_reflection(world["amina"]) for _ in range(2))]
    for number, reflection in enumerate(found):
        reflection.created_at, reflection.what_happened = timezone.now() - timedelta(days=20 - number), ""
        reflection.save()
    return [Reflection.objects.get(pk=one.pk) for one in found]
