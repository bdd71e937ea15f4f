"""What the insights ask the database, in one query each.

Values and plans are counted there. Strain, closeness and what came up are listed there, a number for each reflection
or answer, and those alike are counted here (decision 0026).

Only completed reflections of the author's own count, each on the local day on which it was begun. No word is read but
the names of one's own values and strategies.
"""

from collections import Counter, defaultdict
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Aggregate, Count, F, Q, QuerySet, Subquery, Value

from apps.accounts.models import User
from apps.coping.models import OwnStrategy, StrategyVersion
from apps.core.days import day_of
from apps.core.sealed import Sealed
from apps.insights.gather.prepared import Id, Prepared, Said, id_of
from apps.insights.plots import LEVELS
from apps.journal.models import HELPED_FROM, FollowUp, Plan, Reflection, ReflectionValue
from apps.values.models import Placing, ValueCard

CARD, LIBRARY, OWN = "card", "library", "own"
SEALED_IN: dict[str, Any] = {CARD: ValueCard, LIBRARY: ValueCard, OWN: OwnStrategy}
SCALE = LEVELS + 1  # levels from 0 on
ANY_BITS = 1 << 24  # above any sum of BITS, those of categories that are gone too; 26 periods of it fit in 32 bits
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
    """How one value fared, and how close it felt, as it was listed."""

    touched: int = 0
    lived: int = 0
    stepped_on: int = 0
    given: list[str] = field(default_factory=list)

    @property
    def answers(self) -> int:
        """How often it was said how close it felt."""
        return sum(some.count(",") + 1 for some in self.given)

    @property
    def closeness(self) -> list[tuple[int, int, int]]:
        """Period, level and how often it was given."""
        return by_period(",".join(self.given), SCALE)


class Planned(NamedTuple):
    """Plans that rest on one strategy of the library's or of one's own, and answers to such plans."""

    pk: Id | None  # of the library's version or of one's own; none where there is none
    is_own: bool
    planned: int
    done: int
    helped: int


class Named(NamedTuple):
    """What a value or a strategy is called now."""

    name: str
    key: Id  # of the value or the strategy itself, where the id is that of a version


def within(way: str = "") -> Q:
    """The author's completed reflections of these days, for rows that lead to them by `way`."""
    said = {"author": AUTHOR, "completed_at__isnull": False, "day__gte": FIRST, "day__lte": LAST}
    return Q(**{way + name: value for name, value in said.items()})


def period(day: str = "day") -> models.F | models.expressions.CombinedExpression:
    """The number of the period in which the day of this name lies: whole numbers are divided without a rest."""
    return (F(day) - FIRST) * PARTS / LENGTH


class Listed(Aggregate):
    """All of its numbers but NULL, with commas between: a list is read sooner than as many rows (decision 0026)."""

    function, arg_joiner, output_field = "GROUP_CONCAT", ",", models.TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """PostgreSQL's own name for it, which takes text."""
        return self.as_sql(compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')", **context)


def listed(number: Any, size: int, *, day: str = "day") -> Listed:
    """Each row's number below `size` together with its period, for `by_period` to take apart."""
    return Listed(period(day) * size + number)


def by_period(given: str | None, size: int) -> list[tuple[int, int, int]]:
    """Period, number and how often the two were given together, of what was listed so."""
    found = Counter(map(int, given.split(","))) if given else {}
    return [(both // size, both % size, times) for both, times in found.items()]


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
def reflections() -> QuerySet[Reflection, Any]:
    """How many there are, the strain before and after of those that have both, and what came up, each by period."""
    strains = listed(F("strain_before") * SCALE + F("strain_after"), SCALE**2)
    counted = Reflection.objects.filter(within()).order_by().values_list("author")
    return counted.annotate(number=Count("*"), strains=strains, came_up=listed(F("came_up"), ANY_BITS)).values_list(
        "number", "strains", "came_up"
    )


@Prepared
def touched() -> QuerySet[Any, Any]:
    """A card's id: in how many reflections it came up, was lived and stepped on, and how close it felt by period.

    A card of the compass has a row of its own for its placings, which touched nothing.
    """
    rows = ReflectionValue.objects.filter(within("reflection__")).order_by().values_list("card")
    fared = {name: Count(name, filter=Q(**{name: True})) for name in ("lived", "stepped_on")}
    found = rows.annotate(touched=Count("*"), **fared, given=listed(F("closeness"), SCALE, day="reflection__day"))
    placings = Placing.objects.owned_by(AUTHOR).order_by().filter(day__gte=FIRST, day__lte=LAST).values_list("card")
    none = dict.fromkeys(("touched", "lived", "stepped_on"), Value(0))
    return found.union(placings.annotate(**none, given=listed(F("closeness"), SCALE)), all=True)


def values_touched(window: Window) -> dict[Id, Touched]:
    """Each value by its id, in reflections and on the compass."""
    found: dict[Id, Touched] = defaultdict(Touched)
    for card, number, lived, stepped_on, given in touched(**window.said):
        one = found[card]
        one.touched += number
        one.lived += lived
        one.stepped_on += stepped_on
        one.given += [given] if given else []
    return found


def strategies_planned(window: Window) -> list[Planned]:
    """The plans in these reflections by strategy, and their answers by the strategy of then."""
    found: dict[tuple[Id | None, bool], list[int]] = defaultdict(lambda: [0, 0, 0])
    for version, own, answered_version, answered_own, rows, again, answers, done, helped in planned(**window.said):
        found[version or own, bool(own)][0] += rows - again
        if answers:
            answered = found[answered_version or answered_own, bool(answered_own)]
            answered[1] += done
            answered[2] += helped
    return [Planned(*strategy, *numbers) for strategy, numbers in found.items()]


@Prepared
def planned() -> QuerySet[Any, Any]:
    """Version or own strategy of a plan, and those of its answer; their rows, later answers, answers, done, helped."""
    plans = Plan.objects.filter(within("reflection__")).order_by()
    return plans.values_list("version", "own_id", "follow_ups__version", "follow_ups__own_id").annotate(
        rows=Count("*"),
        again=Count("follow_ups__number", filter=Q(follow_ups__number__gt=1)),  # a plan has a row for each answer
        answers=Count("follow_ups__did"),
        done=Count("follow_ups__did", filter=Q(follow_ups__did__in=DONE)),
        helped=Count("follow_ups__helped", filter=Q(follow_ups__helped__gte=HELPED_FROM)),
    )


def named(author: User, wanted: Container[Id]) -> dict[Id, Named]:
    """The names of these cards and strategies, the library's and the author's own; no other is opened."""
    found = {}
    for kind, pk, sealed, name, key in names(author=author.pk):
        if pk in wanted:
            if sealed:
                name = (kept_open if kind == LIBRARY else opened)(kind, bytes(sealed), pk)
            found[pk] = Named(name or "", key)
    return found


@Prepared
def names() -> QuerySet[Any, Any]:
    """Kind, id, sealed or open name, and id of the thing itself, of all that the author may have chosen."""
    no, unsealed = Value(""), Value(b"", output_field=models.BinaryField())
    written = ValueCard.objects.owned_by(AUTHOR).order_by().values_list(Value(CARD), "pk", "name", no, "pk")
    given = ValueCard.objects.library().order_by().values_list(Value(LIBRARY), "pk", "name", no, "pk")
    own = OwnStrategy.objects.owned_by(AUTHOR).order_by().values_list(Value(OWN), "pk", "name", no, "pk")
    library = StrategyVersion.objects.order_by().values_list(
        Value(""), "pk", unsealed, "strategy__current__name", "strategy"
    )
    return written.union(given, own, library, all=True)


def opened(kind: str, sealed: bytes, pk: Id) -> str:
    """A name that was sealed in this row."""
    return SEALED_IN[kind]._meta.get_field("name").open(Sealed(sealed), id_of(pk))


kept_open = lru_cache(maxsize=256)(opened)  # for the library alone, which is the same for everybody
