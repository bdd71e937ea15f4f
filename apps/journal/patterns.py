"""A pattern, not you: the same organisational kind of challenge three times in four weeks (decision 0017).

Nothing sealed is opened to count: days and chosen challenges are all that is read.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from django.utils import timezone

from apps.core.challenges import CATEGORIES, Category, organisational
from apps.journal.models import Reflection

if TYPE_CHECKING:
    from apps.accounts.models import User

FOUR_WEEKS = 28  # local days, today the last of them
OFTEN = 3  # reflections


@dataclass(frozen=True)
class Moment:
    """What counts of one reflection: the local day it was started on, and its organisational categories."""

    on: date
    categories: frozenset[str]


@dataclass(frozen=True)
class Pattern:
    """An organisational category that came up often enough, and in how many reflections."""

    category: Category
    times: int


def moments(author: "User", *, first: date, last: date) -> list[Moment]:
    """What counts of `author`'s reflections from the local day `first` to `last`, newest first, in one query.

    Completed ones alone, by the day each was started. What happened "longer ago" has no day of its own to count on.
    """
    rows = (
        Reflection.objects.owned_by(author)
        .completed()
        .exclude(happened=Reflection.Happened.LONGER_AGO)
        .filter(created_at__gte=start_of(first), created_at__lt=start_of(last + timedelta(days=1)))
        .newest_first()
        .values_list("created_at", "pk", "challenges__category", "challenges__example")
    )
    found = []
    for (started_at, _), chosen in groupby(rows, key=itemgetter(0, 1)):
        _, _, categories, examples = zip(*chosen, strict=True)
        if named := organisational(examples, categories):
            found.append(Moment(timezone.localdate(started_at), named))
    return found


def start_of(day: date) -> datetime:
    """The moment at which a local day begins; days are 23 and 25 hours long when the clocks change."""
    return timezone.make_aware(datetime.combine(day, time.min))


def patterns(counted: Iterable[Moment], *, today: date) -> tuple[Pattern, ...]:
    """What came up in three or more of these in the 28 days up to `today`: the most often first, then as listed."""
    first = today - timedelta(days=FOUR_WEEKS - 1)
    times = Counter(category for moment in counted if first <= moment.on <= today for category in moment.categories)
    found = [Pattern(category, times[category.id]) for category in CATEGORIES.values() if times[category.id] >= OFTEN]
    return tuple(sorted(found, key=lambda pattern: -pattern.times))


def patterns_of(author: "User", *, today: date) -> tuple[Pattern, ...]:
    """The patterns in `author`'s own reflections up to `today`."""
    first = today - timedelta(days=FOUR_WEEKS - 1)
    return patterns(moments(author, first=first, last=today), today=today)


def patterns_with(reflection: Reflection, *, author: "User", today: date) -> tuple[Pattern, ...]:
    """Those of `author`'s patterns that this reflection is part of; nothing is asked where it can be part of none."""
    causes = reflection.organisational_categories()
    found = patterns_of(author, today=today) if causes else ()
    return tuple(pattern for pattern in found if pattern.category.id in causes)
