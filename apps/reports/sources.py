"""What a finished report holds the words of: deleted with any one of them, at once, bytes and all (decision 0032)."""

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from apps.reports.cpd.models import CpdStatement
from apps.supervision.models import SummaryCopy

if TYPE_CHECKING:
    from apps.reports.content import Holds


def with_the_report(collector: Any, field: Any, rows: Any, using: str) -> None:
    """What CASCADE does, and one step more: the reports that these rows are of go too.

    The reports are locked first, in one order, for a sweep deletes some of them as well. So the deletion needs a
    transaction around it.
    """
    models.CASCADE(collector, field, rows, using)
    reports = field.model._meta.get_field("report").related_model._base_manager.using(using)
    made = reports.filter(pk__in=rows.values("report")).order_by("pk").select_for_update().only("pk")
    collector.collect(made, source=field.remote_field.model)


class ReportSource(models.Model):
    """One reflection, CPD statement or shared summary whose words a finished report of choices holds.

    A summary by its copy, which is deleted when the summary ends: the summary's row outlives its words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="+")
    reflection = models.ForeignKey("journal.Reflection", null=True, on_delete=with_the_report, related_name="+")
    statement = models.ForeignKey(CpdStatement, null=True, on_delete=with_the_report, related_name="+")

    copy = models.ForeignKey(SummaryCopy, null=True, on_delete=with_the_report, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="report_source_is_one_thing",
                condition=Q(reflection__isnull=False, statement=None, copy=None)
                | Q(reflection=None, statement__isnull=False, copy=None)
                | Q(reflection=None, statement=None, copy__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"source {self.pk}"


def keep_sources(report: Any, holds: "Holds") -> None:
    """Say whose words a report holds; the caller holds their rows."""
    reflections = (ReportSource(report=report, reflection_id=pk) for pk in holds.reflections)
    statements = (ReportSource(report=report, statement_id=pk) for pk in holds.statements)
    copies = [SummaryCopy.objects.get_or_create(summary_id=pk)[0] for pk in holds.summaries]
    summaries = (ReportSource(report=report, copy=copy) for copy in copies)
    ReportSource.objects.bulk_create([*reflections, *statements, *summaries])
