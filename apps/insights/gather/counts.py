"""What the insights ask the database: one query each, counted there, however many reflections there are.

Only completed reflections of the author's own count, each on the local day on which it was begun. No word is read but
the names of one's own values and strategies.
"""

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, F, Q, QuerySet, Subquery, Value

from apps.accounts.models import User
from apps.coping.models import OwnStrategy, Strategy, StrategyVersion
from apps.core.days import day_of
from apps.core.sealed import Sealed
from apps.insights.gather.prepared import Id, Prepared, Said, id_of
from apps.journal.models import HELPED_FROM, FollowUp, Plan, Reflection, ReflectionValue
from apps.values.models import Placing, ValueCard

CARD, LIBRARY, OWN = "card", "library", "own"
SEALED_IN: dict[str, Any] = {CARD: ValueCard, LIBRARY: ValueCard, OWN: OwnStrategy}
DONE = [FollowUp.Did.YES, FollowUp.Did.PARTLY]
AUTHOR: Any = Said("author", models.UUIDField())
FIRST, LAST, LENGTH, PARTS = (Said(name, models.IntegerField()) for name in ("first", "last", "length", "parts"))


@dataclass(frozen=True)
class Window:
    """Whose reflections are counted, and in which periods: equally long ones, from the first day to the last.

    So many days are one period; or so many `parts`, which a day more or less keeps apart.
    """

    author: User
    first: date
    last: date
    length: int  # days
    parts: int = 1

    @property
    def said(self) -> dict[str, Any]:
        """The values of a prepared query."""
        first, last = day_of(self.first), day_of(self.last)
        return {"author": self.author.pk, "first": first, "last": last, "length": self.length, "parts": self.parts}


@dataclass
class Touched:
    """How one value fared, and how close it felt: period, level and how often it was given."""

    touched: int = 0
    lived: int = 0
    stepped_on: int = 0
    given: list[tuple[int, int, int]] = field(default_factory=list)


class Planned(NamedTuple):
    """Plans that rest on one strategy of the library's or of one's own, or answers to such plans."""

    pk: Id | None  # of the library's version or of one's own; none where there is none
    is_own: bool
    planned: int
    done: int
    helped: int


class Named(NamedTuple):
    """What a value or a strategy is called now."""

    name: str
    slug: str  # of a strategy of the library's
    has_page: bool  # not where it was retired


def within(way: str = "") -> Q:
    """The author's completed reflections of these days, for rows that lead to them by `way`."""
    said = {"author": AUTHOR, "completed_at__isnull": False, "day__gte": FIRST, "day__lte": LAST}
    return Q(**{way + name: value for name, value in said.items()})


def period(day: str = "day") -> models.F | models.expressions.CombinedExpression:
    """The number of the period in which the day of this name lies: whole numbers are divided without a rest."""
    return (F(day) - FIRST) * PARTS / LENGTH


def first_day(author: User) -> date | None:
    """The local day of the author's first completed reflection or placing."""
    [found] = first_days(author=author.pk)
    return min((date.fromordinal(day) for day in found if day), default=None)


@Prepared
def first_days() -> QuerySet[User, Any]:
    """The first day with a completed reflection, and the first with a placing."""
    return User.objects.filter(pk=AUTHOR).values_list(
        Subquery(Reflection.objects.owned_by(AUTHOR).completed().order_by("day").values("day")[:1]),
        Subquery(Placing.objects.owned_by(AUTHOR).order_by("day").values("day")[:1]),
    )


@Prepared
def strains() -> QuerySet[Reflection, Any]:
    """Period, strain before, strain after (each a level or none), and in how many reflections."""
    rows = Reflection.objects.filter(within()).order_by().annotate(period=period())
    return rows.values_list("period", "strain_before", "strain_after").annotate(times=Count("*"))


@Prepared
def came_up() -> QuerySet[Reflection, Any]:
    """Period, what came up as a sum of BITS, and in how many reflections."""
    rows = Reflection.objects.filter(within()).order_by().annotate(period=period())
    return rows.values_list("period", "came_up").annotate(times=Count("*"))


def values_touched(window: Window) -> dict[Id, Touched]:
    """Each value by its id, in reflections and on the compass: a placing touched nothing."""
    found: dict[Id, Touched] = defaultdict(Touched)
    for card, period, level, number, said, lived, stepped_on in touched(**window.said):
        one = found[card]
        one.touched += number
        one.lived += lived
        one.stepped_on += stepped_on
        if said:
            one.given.append((period, level, said))
    return found


@Prepared
def touched() -> QuerySet[Any, Any]:
    """A card's id, period and closeness: how often it came up, was said to be so close, lived and stepped on."""
    rows = ReflectionValue.objects.filter(within("reflection__")).order_by()
    fared = {name: Count(name, filter=Q(**{name: True})) for name in ("lived", "stepped_on")}
    touched = rows.annotate(period=period("reflection__day")).values_list("card", "period", "closeness")
    touched = touched.annotate(touched=Count("*"), said=Count("closeness"), **fared)
    placings = Placing.objects.owned_by(AUTHOR).order_by().filter(day__gte=FIRST, day__lte=LAST)
    placed = placings.annotate(period=period()).values_list("card", "period", "closeness")
    none = dict.fromkeys(("lived", "stepped_on"), Value(0))
    return touched.union(placed.annotate(touched=Value(0), said=Count("*"), **none), all=True)


def strategies_planned(window: Window) -> list[Planned]:
    """The plans in these reflections by strategy, and apart from them the answers, by the strategy of then."""
    found = []
    for version, own, answered_version, answered_own, made, answers, done, helped in planned(**window.said):
        found.append(Planned(version or own, bool(own), made, 0, 0))
        if answers:
            found.append(Planned(answered_version or answered_own, bool(answered_own), 0, done, helped))
    return found


@Prepared
def planned() -> QuerySet[Any, Any]:
    """Version or own strategy of a plan, and those of its answer; how many were made, answered, done and helped."""
    plans = Plan.objects.filter(within("reflection__")).order_by()
    return plans.values_list("version", "own_id", "follow_ups__version", "follow_ups__own_id").annotate(
        planned=Count("reflection", filter=Q(follow_ups__number=1) | Q(follow_ups__number=None)),  # each plan once
        answers=Count("follow_ups__did"),
        done=Count("follow_ups__did", filter=Q(follow_ups__did__in=DONE)),
        helped=Count("follow_ups__helped", filter=Q(follow_ups__helped__gte=HELPED_FROM)),
    )


def named(author: User, wanted: Container[Id]) -> dict[Id, Named]:
    """The names of these cards and strategies, the library's and the author's own; no other is opened."""
    found = {}
    for kind, pk, sealed, name, slug, state in names(author=author.pk):
        if pk in wanted:
            if sealed:
                name = (kept_open if kind == LIBRARY else opened)(kind, bytes(sealed), pk)
            found[pk] = Named(name or "", slug, kind == OWN or state == Strategy.State.PUBLISHED)
    return found


@Prepared
def names() -> QuerySet[Any, Any]:
    """Kind, id, sealed or open name, slug and state of all that the author may have chosen; strategies by version."""
    no, unsealed = Value(""), Value(b"", output_field=models.BinaryField())
    written = ValueCard.objects.owned_by(AUTHOR).order_by().values_list(Value(CARD), "pk", "name", no, no, no)
    given = ValueCard.objects.library().order_by().values_list(Value(LIBRARY), "pk", "name", no, no, no)
    own = OwnStrategy.objects.owned_by(AUTHOR).order_by().values_list(Value(OWN), "pk", "name", no, no, no)
    library = StrategyVersion.objects.order_by().values_list(
        Value(""), "pk", unsealed, "strategy__current__name", "strategy__slug", "strategy__state"
    )
    return written.union(given, own, library, all=True)


def opened(kind: str, sealed: bytes, pk: Id) -> str:
    """A name that was sealed in this row."""
    return SEALED_IN[kind]._meta.get_field("name").open(Sealed(sealed), id_of(pk))


kept_open = lru_cache(maxsize=256)(opened)  # for the library alone, which is the same for everybody
