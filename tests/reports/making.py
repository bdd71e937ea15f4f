"""How the tests of reports have one made, or keep it from being made."""

from apps.reports import tasks
from apps.reports.models import Report


def made(report):
    """The report after a worker was given it."""
    tasks.make_report(str(report.pk))
    return Report.objects.get(pk=report.pk)


def fail_with(monkeypatch, error):
    """Let drawing end with this error."""

    def draw(_content, _tell):
        raise error

    monkeypatch.setattr(tasks, "draw", draw)
