"""What the insights ask the database: one query each, counted there, however many reflections there are.

Only completed reflections of the author's own count, each on the local day on which it was begun. No word is read but
the names of one's own values and strategies.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from apps.accounts.models import User
from apps.coping.models import OwnStrategy, Strategy
from apps.core.challenges import CATEGORIES, EXAMPLES, Locus
from apps.core.sealed import Sealed
from apps.insights.ranges import Period
from apps.journal.models import HELPED_FROM, FollowUp, Plan, Reflection, ReflectionChallenge, ReflectionValue
from apps.journal.patterns import start_of
from apps.values.models import Placing, ValueCard

PUBLISHED = Strategy.State.PUBLISHED
DONE = [FollowUp.Did.YES, FollowUp.Did.PARTLY]


class PeriodOf(models.Func):
    """The number of the period that a moment lies in, by where each starts: halved, so 26 cost five comparisons.

    Django's own date functions would run in Python for each row of SQLite, and know no periods that end today.
    """

    output_field = models.IntegerField()

    def __init__(self, moment: Any, starts: tuple[datetime, ...]):
        super().__init__(moment)
        self.starts = starts

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]  # Django's takes the parts of a function's call
        moment, params = compiler.compile(self.source_expressions[0])
        starts = [connection.ops.adapt_datetimefield_value(start) for start in self.starts]

        def among(low: int, high: int) -> tuple[str, list[Any]]:
            if high - low < 2:
                return str(low), []
            middle = (low + high) // 2
            (before, *_), (after, *_) = found = among(low, middle), among(middle, high)
            sql = f"CASE WHEN {moment} < %s THEN {before} ELSE {after} END"
            return sql, [*params, starts[middle], *found[0][1], *found[1][1]]

        return among(0, len(starts))


@dataclass(frozen=True)
class Window:
    """Whose reflections are counted, and in which periods."""

    author: User
    periods: Sequence[Period]

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return start_of(self.periods[0].first)

    @property
    def ends(self) -> datetime:
        """The first moment that is too late."""
        return start_of(self.periods[-1].last + timedelta(days=1))

    def period(self, of: str) -> PeriodOf:
        """The number of the period in which the moment of this name lies."""
        return PeriodOf(F(of), tuple(start_of(period.first) for period in self.periods))

    def of_reflections(self, way: str = "") -> Q:
        """The author's completed reflections, for rows that lead to them by `way`."""
        said = {"author": self.author, "completed_at__isnull": False}
        said |= {"created_at__gte": self.begins, "created_at__lt": self.ends}
        return Q(**{way + name: value for name, value in said.items()})


class Touched(NamedTuple):
    """Answers about one value in one period, with one closeness or none."""

    card: uuid.UUID
    period: int
    closeness: int | None
    touched: int
    said: int  # how often this closeness was given
    lived: int
    stepped_on: int


class Planned(NamedTuple):
    """Plans that rest on one strategy, or answers to such plans."""

    key: str  # slug of the library's, id of one's own, nothing where there is none
    name: str  # as it is now; nothing for one's own that was deleted
    is_own: bool
    has_page: bool  # not where it was retired or deleted
    planned: int
    done: int
    helped: int


def first_and_number(author: User, *, since: date | None) -> tuple[date | None, int]:
    """The local day of the author's first completed reflection or placing; and their reflections from `since` on."""
    rows = Reflection.objects.owned_by(author).completed()
    counted = rows.filter(created_at__gte=start_of(since)) if since else rows
    found = User.objects.filter(pk=author.pk).values_list(
        Subquery(rows.order_by("created_at").values("created_at")[:1]),
        Subquery(Placing.objects.owned_by(author).values("placed_at")[:1]),
        Subquery(counted.order_by().values("author").annotate(number=Count("*")).values("number")),
    )
    began, placed, number = found.get()
    return min((timezone.localdate(at) for at in (began, placed) if at), default=None), number or 0


def strains(window: Window) -> list[tuple[int, int, int, int]]:
    """Period, strain before, strain after, and in how many reflections; only where both were answered."""
    rows = Reflection.objects.filter(window.of_reflections(), strain_before__isnull=False, strain_after__isnull=False)
    grouped = rows.order_by().annotate(period=window.period("created_at"))
    return list(grouped.values_list("period", "strain_before", "strain_after").annotate(times=Count("*")))


def came_up(window: Window) -> list[tuple[int, str, int]]:
    """Period, a category's id or a locus, and the reflections it came up in, each once."""
    rows = ReflectionChallenge.objects.filter(window.of_reflections("reflection__")).order_by()
    rows = rows.annotate(period=window.period("reflection__created_at"), locus=locus())
    times = Count("reflection", distinct=True)
    by_category = rows.values_list("period", "category").annotate(times=times)
    return list(by_category.union(rows.values_list("period", "locus").annotate(times=times), all=True))


def locus() -> Case:
    """Where a chosen challenge lies: by its example, or by its category where all examples agree; else nothing."""
    return Case(
        *(
            When(Q(example__in=listed(locus)) | Q(category__in=whole(locus)), then=Value(locus.value))
            for locus in Locus
        ),
        default=Value(""),
        output_field=models.CharField(),
    )


def listed(locus: Locus) -> list[str]:
    """The examples of one locus."""
    return [example.key for example in EXAMPLES.values() if example.locus is locus]


def whole(locus: Locus) -> list[str]:
    """The categories in which every example is of one locus."""
    return [one.id for one in CATEGORIES.values() if all(example.locus is locus for example in one.examples)]


def values_touched(window: Window) -> list[Touched]:
    """How values fared and how close they felt, in reflections and on the compass: a placing touched nothing."""
    rows = ReflectionValue.objects.filter(window.of_reflections("reflection__")).order_by()
    fared = {"lived": Count("pk", filter=Q(lived=True)), "stepped_on": Count("pk", filter=Q(stepped_on=True))}
    touched = rows.annotate(period=window.period("reflection__created_at")).values_list("card", "period", "closeness")
    touched = touched.annotate(touched=Count("*"), said=Count("closeness"), **fared)
    placings = Placing.objects.owned_by(window.author).order_by()
    placings = placings.filter(placed_at__gte=window.begins, placed_at__lt=window.ends)
    placed = placings.annotate(period=window.period("placed_at")).values_list("card", "period", "closeness")
    none = dict.fromkeys(("lived", "stepped_on"), Value(0))
    found = touched.union(placed.annotate(touched=Value(0), said=Count("*"), **none), all=True)
    return [Touched._make(row) for row in found]


def card_names(author: User) -> dict[uuid.UUID, str]:
    """The names of all value cards that the author may have chosen, the library's and their own."""
    return {card.pk: card.name for card in ValueCard.objects.readable_by(author)}


def strategies_planned(window: Window) -> list[Planned]:
    """The plans in these reflections by strategy, and apart from them the answers to these plans."""
    own = OwnStrategy.objects.owned_by(window.author).filter(pk=OuterRef("own_id")).values("name")[:1]
    own_name = {"own_name_now": Case(When(own_id__isnull=False, then=Subquery(own)))}
    strategy = [f"version__strategy__{name}" for name in ("slug", "current__name", "state")]
    strategy += ["own_id", "own_name_now"]
    none = dict.fromkeys(("planned", "done", "helped"), Value(0))
    plans = Plan.objects.filter(window.of_reflections("reflection__")).order_by().annotate(**own_name)
    answers = FollowUp.objects.filter(window.of_reflections("plan__reflection__")).order_by().annotate(**own_name)
    counted = {"done": Count("pk", filter=Q(did__in=DONE)), "helped": Count("pk", filter=Q(helped__gte=HELPED_FROM))}
    found = plans.values_list(*strategy).annotate(**none | {"planned": Count("*")})
    found = found.union(answers.values_list(*strategy).annotate(**none | counted), all=True)
    return [
        Planned(
            slug or str(own_id or ""),
            name or opened(own_name_now, own_id),
            bool(own_id),
            state == PUBLISHED or bool(own_name_now),
            *times,
        )
        for slug, name, state, own_id, own_name_now, *times in found
    ]


def opened(name: Sealed | None, own_id: uuid.UUID) -> str:
    """The name of a strategy of one's own; nothing where it was deleted."""
    return OwnStrategy._meta.get_field("name").open(name, own_id) if name else ""
