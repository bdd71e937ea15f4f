"""How the tests of reports have one made, or keep it from being made."""

from apps.reports import tasks
from apps.reports.content import GATES
from apps.reports.models import Report


def made(report):
    """The report after a worker was given it."""
    tasks.make_report(str(report.pk))
    return Report.objects.get(pk=report.pk)


def fail_with(monkeypatch, error):
    """Let drawing end with this error."""

    def draw(*_):
        raise error

    monkeypatch.setattr(tasks, "draw", draw)


def portfolio_of(world, **said):
    """What goes into a portfolio of everything of Amina's."""
    asked = {"first": "", "last": "", "sections": ["challenge", "values", "coping"], "large": False}
    return GATES["portfolio"].gather(world["amina"], asked | said)
