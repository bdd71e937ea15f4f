"""What a summary was made from: reflections by an id that is no key, so that no reader's page can reach one."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from apps.accounts.models import User


class SummarySourceQuerySet(models.QuerySet["SummarySource"]):
    """Whose summaries they belong to."""

    def owned_by(self, user: "User") -> "SummarySourceQuerySet":
        """What `user`'s own summaries were made from."""
        return self.filter(summary__author=user)

    def discussed(self) -> "SummarySourceQuerySet":
        """What was discussed in supervision."""
        return self.filter(discussed_at__isnull=False)

    def on_an_agenda(self) -> "SummarySourceQuerySet":
        """What stood on an agenda that was shared."""
        return self.filter(summary__kind="agenda", summary__shared_at__isnull=False)


class SummarySource(models.Model):
    """One reflection that a summary was made from, at the version it had then, and when it was discussed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    summary = models.ForeignKey("SharedSummary", on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField()  # from 1, in the author's order
    reflection = models.UUIDField(editable=False)
    version = models.PositiveIntegerField(editable=False)
    discussed_at = models.DateTimeField(null=True)

    objects = SummarySourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="source_has_its_position", fields=["summary", "position"]),
            models.UniqueConstraint(name="source_is_in_a_summary_once", fields=["summary", "reflection"]),
            models.CheckConstraint(name="source_positions_begin_at_1", condition=Q(position__gte=1)),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"source {self.pk}"
