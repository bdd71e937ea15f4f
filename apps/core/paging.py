"""Lists cut by key, the newest first: the hundredth page costs what the first does.

A key is a row's moment and its id, as an address can say it.
"""

import uuid
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

Rows = TypeVar("Rows", bound=QuerySet[Any])


def key_of(moment: date, pk: uuid.UUID) -> str:
    """The key of the row with this id, which lies at this moment, or day, in its list."""
    return f"{moment.isoformat()}_{pk}"


def after(rows: Rows, key: str, *, moment: str = "created_at") -> Rows:
    """Those of `rows`, latest `moment` first, that come after the one with this key; all of them for other text."""
    return beyond(rows, moment_and_id(key), moment)


def after_day(rows: Rows, key: str, *, day: str) -> Rows:
    """As `after`, of rows in the order of a day rather than a moment."""
    return beyond(rows, day_and_id(key), day)


def beyond(rows: Rows, cut: tuple[date, uuid.UUID] | None, field: str) -> Rows:
    """Those of `rows`, latest first by this field, that come after the cut."""
    if cut is None:
        return rows
    at, pk = cut
    return rows.filter(Q(**{f"{field}__lt": at}) | Q(**{field: at, "pk__lt": pk}))


def day_and_id(key: str) -> tuple[date, uuid.UUID] | None:
    """The parts of a key that begins with a day; None for any other text."""
    day_text, _, id_text = key.partition("_")
    try:
        return date.fromisoformat(day_text), uuid.UUID(id_text)
    except ValueError:
        return None


def moment_and_id(key: str) -> tuple[datetime, uuid.UUID] | None:
    """The parts of a key; None for any other text."""
    moment_text, _, id_text = key.partition("_")
    try:
        moment, pk = parse_datetime(moment_text), uuid.UUID(id_text)
        return None if moment is None or timezone.is_naive(moment) else (moment.astimezone(UTC), pk)
    except (ValueError, OverflowError):  # in UTC it may lie before the first year
        return None
