"""Makes the insights of what the database counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from apps.core.challenges import CATEGORIES
from apps.insights.gather import counts
from apps.insights.gather.counts import Named, Planned, Touched, Window
from apps.insights.gather.prepared import Id, id_of
from apps.insights.parts import (
    PLACES,
    Challenges,
    Closeness,
    Fared,
    Insights,
    Kind,
    Place,
    Strain,
    StrainRow,
    Strategies,
    Tried,
    Values,
    by_level,
    letters,
    levels_in_words,
)
from apps.insights.plots import LETTERS, Plot, group_plot, lane_plot, level_plot
from apps.insights.ranges import DATES, Period, Range, days_of, even_periods, in_short, periods, since

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST_JOINED = 60  # reflections whose two answers are joined by a line; more would be a thicket
MOST_VALUES = 5  # values whose closeness is drawn


class Ends(TypedDict):
    """The words at both ends of a plot over time."""

    first: str
    last: str


def gather_insights(author: "User", *, chosen: Range, today: date) -> Insights:
    """The insights of `author` alone for a range that ends `today`: in five queries; "All" asks first when it began."""
    first = since(chosen, today=today) or counts.first_day(author) or today
    over = periods(chosen, first=first, today=today)
    return insights_of(Window(author, over[0].first, today, days_of(over[0])), chosen, over)


def gather_days(author: "User", *, first: date, last: date) -> Insights:
    """The insights of `author` alone for the local days from `first` to `last`, in five queries."""
    over = even_periods(first, last)
    return insights_of(Window(author, first, last, (last - first).days + 1, parts=len(over)), DATES, over)


def insights_of(window: Window, chosen: Range, over: tuple[Period, ...]) -> Insights:
    """The insights of a window, whose periods these are."""
    strains, touched = counts.strains(**window.said), counts.values_touched(window)
    planned = counts.strategies_planned(window)
    named = counts.named(window.author, {*touched, *(row.pk for row in planned if row.pk)})
    drawn, more = closeness_of(touched, named, over)
    reflections = sum(number for *_, number in strains)
    return Insights(
        chosen=chosen,
        periods=over,
        reflections=reflections,
        challenges=challenges_of(counts.came_up(**window.said), reflections, over),
        strain=strain_of([row for row in strains if None not in row], over),
        values=values_of(touched, named),
        closeness=drawn,
        more_closeness=more,
        strategies=strategies_of(planned, named),
    )


def challenges_of(rows: Iterable[tuple[int, str, int]], reflections: int, over: Sequence[Period]) -> Challenges | None:
    """What came up: rows of period, category or locus, and reflections."""
    found = Counter({(period, name): number for period, name, number in rows})
    by_period = {locus: tuple(found[number, locus.value] for number in range(len(over))) for locus in PLACES}
    places = tuple(Place(locus, sum(numbers), numbers) for locus, numbers in by_period.items())
    totals = Counter[str]()
    for (_, name), number in found.items():
        totals[name] += number
    kinds = [Kind(one.id, one.name, totals[one.id]) for one in CATEGORIES.values() if totals[one.id]]
    if not kinds:
        return None
    title = "Reflections by where a challenge lies. " + " ".join(f"{place.name}: {place.times}." for place in places)
    lanes = [(f"{place.name}: {place.times}", place.by_period) for place in places]
    plot = lane_plot(lanes, title=title, **ends_of(over))
    kinds.sort(key=lambda kind: -kind.times)
    return Challenges(reflections, places, tuple(kinds), tuple(over), plot)


def strain_of(rows: Sequence[tuple[int, int, int, int]], over: Sequence[Period]) -> Strain | None:
    """Strain: rows of period, before, after, and reflections."""
    if not rows:
        return None
    before = by_level((period, level, number) for period, level, _, number in rows)
    after = by_level((period, level, number) for period, _, level, number in rows)
    change = Counter[int]()
    for _, was, became, number in rows:
        change[(became > was) - (became < was)] += number
    joins = [(period, was, became) for period, was, became, _ in rows] if change.total() <= MOST_JOINED else []
    plot = level_plot(
        {"Before": spread(before), "After": spread(after)},
        periods=len(over),
        title=f"Strain before and after, 0 to 10, in {change.total()} reflections.",
        joins=joins,
        **ends_of(over),
    )
    table = tuple(
        StrainRow(over[period], sum(given.values()), levels_in_words(given), levels_in_words(after[period]))
        for period, given in before.items()
    )
    return Strain(change[-1], change[0], change[1], table, plot)


def ends_of(over: Sequence[Period]) -> Ends:
    """What stands below a plot over time: its first and its last day."""
    return Ends(first=in_short(over[0].first, with_year=True), last=in_short(over[-1].last, with_year=True))


def spread(given: Mapping[int, Mapping[int, int]]) -> dict[tuple[int, int], int]:
    """How often each level was given in each period, by both."""
    return {(period, level): number for period, levels in given.items() for level, number in levels.items()}


def values_of(touched: Mapping[Id, Iterable[Touched]], named: Mapping[Id, Named]) -> Values | None:
    """How values fared."""
    found = {
        card: (sum(row.touched for row in rows), sum(row.lived for row in rows), sum(row.stepped_on for row in rows))
        for card, rows in touched.items()
    }
    ranked = sorted((card for card in found if found[card][0]), key=lambda card: (-found[card][0], named[card].name))
    lettered = zip(ranked, letters(len(ranked)), strict=True)
    fared = tuple(Fared(id_of(card), named[card].name, letter, *found[card]) for card, letter in lettered)
    groups = [(row.lived, row.stepped_on) for row in fared if row.letter]
    return Values(fared, groups_drawn(groups, "Values", ("Lived", "Stepped on"))) if fared else None


def closeness_of(
    touched: Mapping[Id, Iterable[Touched]], named: Mapping[Id, Named], over: Sequence[Period]
) -> tuple[tuple[Closeness, ...], int]:
    """How close values felt: those with most answers, and how many others have any."""
    answers = {card: sum(row.said for row in rows) for card, rows in touched.items()}
    ranked = sorted((card for card in answers if answers[card]), key=lambda card: (-answers[card], named[card].name))
    drawn = tuple(closeness_to(card, named[card].name, touched[card], over) for card in ranked[:MOST_VALUES])
    return drawn, len(ranked) - len(drawn)


def closeness_to(card: Id, name: str, touched: Iterable[Touched], over: Sequence[Period]) -> Closeness:
    """How close one value felt."""
    given = [(row.period, row.closeness, row.said) for row in touched if row.closeness is not None]
    levels = by_level(given)
    answers, said = sum(number for *_, number in given), [level for _, level, _ in given]
    title = f"Closeness, 0 to 10: {answers} answers, between {min(said)} and {max(said)}."
    plot = level_plot({"Closeness": spread(levels)}, periods=len(over), title=title, **ends_of(over))
    rows = tuple((over[period], levels_in_words(number)) for period, number in levels.items())
    return Closeness(id_of(card), name, answers, min(said), max(said), rows, plot)


def strategies_of(rows: Iterable[Planned], named: Mapping[Id, Named]) -> Strategies | None:
    """What was planned, done and found helpful: rows of one strategy belong together."""
    found: dict[tuple[str, str, bool, bool], tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for row in rows:
        one = strategy_of(row, named)
        planned, done, helped = found[one]
        found[one] = planned + row.planned, done + row.done, helped + row.helped
    ranked = sorted(found, key=lambda one: (-found[one][0], -found[one][1], one[1]))
    lettered = zip(ranked, letters(len(ranked)), strict=True)
    tried = tuple(Tried(*one, letter, *found[one]) for one, letter in lettered)
    groups = [(row.planned, row.done, row.helped) for row in tried if row.letter]
    return Strategies(tried, groups_drawn(groups, "Strategies", ("Planned", "Done", "Helped"))) if tried else None


def strategy_of(row: Planned, named: Mapping[Id, Named]) -> tuple[str, str, bool, bool]:
    """Key and name of a strategy, whether it is one's own, and whether it has a page: not where it was deleted."""
    if row.pk is None or row.pk not in named:
        return "", "", row.is_own, False
    one = named[row.pk]
    return one.slug or str(id_of(row.pk)), one.name, row.is_own, one.has_page


def groups_drawn(groups: Sequence[Sequence[int]], what: str, key: Sequence[str]) -> Plot:
    """The plot of rows that have a letter."""
    said = [f"{key[number]}: " + ", ".join(str(group[number]) for group in groups) for number in range(len(key))]
    last = f" to {LETTERS[len(groups) - 1]}" if len(groups) > 1 else ""
    return group_plot(groups, title=f"{what} A{last}. {'. '.join(said)}.", key=key)
