"""Past summaries a page at a time, cut by key, so that the hundredth page costs what the first does."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.dateparse import parse_datetime

from apps.supervision.models import SharedSummary
from apps.supervision.models.summary import SharedSummaryQuerySet

PAGE = 20  # summaries on a page


@dataclass(frozen=True)
class Page:
    """Some summaries, and the key of the next page if there is one."""

    rows: list[SharedSummary]
    older: str


def page_of(found: SharedSummaryQuerySet, *, before: str) -> Page:
    """The page after the key `before`, the newest first; the first page for a key that is none."""
    rows = list(after(found.newest_first(), before)[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], f"{last.created_at.isoformat()}_{last.pk}" if last else "")


def after(found: SharedSummaryQuerySet, key: str) -> SharedSummaryQuerySet:
    """Those that come after the one with this key."""
    moment, _, pk = key.partition("_")
    try:
        created_at, last = parse_datetime(moment), uuid.UUID(pk)
    except (ValueError, ValidationError):
        return found
    if created_at is None or created_at.tzinfo is None:
        return found
    return found.filter(Q(created_at__lt=created_at) | Q(created_at=created_at, pk__lt=last))
