"""Past summaries a page at a time, cut by key, so that the hundredth page costs what the first does."""

from dataclasses import dataclass

from apps.core.paging import after, key_of
from apps.supervision.models import SharedSummary
from apps.supervision.models.doors import SharedSummaryQuerySet

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
    return Page(rows[:PAGE], key_of(last.created_at, last.pk) if last else "")
