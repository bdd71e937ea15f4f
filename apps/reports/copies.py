"""The gate to what was shared: a summary that somebody may read and keep, as plain frozen values."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone

from apps.reports.paper import Answer, line, text_on_paper
from apps.supervision.models import SharedSummary
from apps.supervision.snapshot import Part, Snapshot

if TYPE_CHECKING:
    from apps.accounts.models import User


class NotShared(Exception):
    """Whoever asked may not read and keep this summary, or no longer."""


@dataclass(frozen=True)
class SummaryContent:
    """What goes into a supervisor's PDF of a summary."""

    version: int
    made_by: str
    made_for: str
    made_on: date
    until: date
    said: Snapshot
    large: bool = False
    template: ClassVar[str] = "reports/print/summary.html"
    is_long: ClassVar[bool] = False

    def on_paper(self) -> dict[str, Any]:
        """What the template draws, every text ready for paper: the two names are people's words too."""
        return {
            "heading": line(f"Summary from {self.made_by}"),
            "reader": line(f"Made for {self.made_for} on {self.made_on:%-d %B %Y}"),
            "rights": line(
                f"{self.made_by} wrote this for {self.made_for} to read in supervision, and for nobody else."
            ),
            "parts": [on_paper(part) for part in self.said.parts],
        }


def on_paper(part: Part) -> Answer:
    """One part of the summary."""
    return text_on_paper(part.label, part.text)


def gather(reader: "User", copy_id: uuid.UUID | None, *, now: datetime, large: bool = False) -> SummaryContent:
    """Everything that the PDF of a copy says. It opens nothing: nobody is shown it yet. Raises NotShared."""
    summary = SharedSummary.objects.keepable_by(reader, now=now).filter(copy=copy_id).first()
    if summary is None:
        raise NotShared
    return SummaryContent(
        version=summary.version,
        made_by=str(summary.author),
        made_for=str(reader),
        made_on=timezone.localdate(now),
        until=summary.expires_on,
        said=summary.snapshot,
        large=large,
    )


def hold(reader: "User", copy_id: uuid.UUID | None, *, now: datetime) -> None:
    """Lock the summary of a copy, so that it does not end before the caller's transaction does. Raises NotShared."""
    held = SharedSummary.objects.keepable_by(reader, now=now).without_words().select_for_update(of=("self",))
    if held.filter(copy=copy_id).first() is None:
        raise NotShared


def made_from(reader: "User", copy_ids: Iterable[uuid.UUID | None], *, now: datetime) -> dict[uuid.UUID, SharedSummary]:
    """The summary of each of these copies, without a word of it, as far as `reader` may keep it."""
    rows = SharedSummary.objects.keepable_by(reader, now=now).without_words().select_related("copy")
    return {row.copy.pk: row for row in rows.filter(copy__in=[pk for pk in copy_ids if pk])}
