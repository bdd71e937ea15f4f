"""Makes the insights of what the database counted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from apps.coping.models import DELETED, IN_OWN_WORDS, NO_STRATEGY
from apps.core.challenges import BITS, CATEGORIES, named_by
from apps.insights.gather import counts
from apps.insights.gather.counts import ANY_BITS, SCALE, Named, Planned, Touched, Window, by_period
from apps.insights.gather.prepared import Id, id_of
from apps.insights.parts import (
    PLACES,
    Challenges,
    Close,
    Closeness,
    Fared,
    Insights,
    Kind,
    Place,
    Strain,
    Strategies,
    Tried,
    Values,
    reflections_in_words,
    times,
)
from apps.insights.plots import LETTERS, LEVELS, Plot, group_plot, lane_plot, letters, level_lanes, level_plot
from apps.insights.ranges import DATES, Period, Range, days_of, even_periods, in_short, periods, since

if TYPE_CHECKING:
    from apps.accounts.models import User

ANY_PLACE = sum(BITS[locus] for locus in PLACES)
MOST_JOINED = 60  # reflections whose two answers are joined by a line; more would be a thicket
NONE = "–"  # where a value has no answer in a period
MOST_VALUES = 5  # values whose closeness is drawn


class Ends(TypedDict):
    """The words at both ends of a plot over time."""

    first: str
    last: str


def gather_insights(author: "User", *, chosen: Range, today: date) -> Insights:
    """The insights of `author` alone for a range that ends `today`: in four queries; "All" asks first when it began."""
    first = since(chosen, today=today) or counts.first_day(author) or today
    over = periods(chosen, first=first, today=today)
    return insights_of(Window(author, over[0].first, today, days_of(over[0])), chosen, over)


def gather_days(author: "User", *, first: date, last: date) -> Insights:
    """The insights of `author` alone for the local days from `first` to `last`, in four queries."""
    over = even_periods(first, last)
    return insights_of(Window(author, first, last, (last - first).days + 1, parts=len(over)), DATES, over)


def insights_of(window: Window, chosen: Range, over: tuple[Period, ...]) -> Insights:
    """The insights of a window, whose periods these are."""
    [(reflections, strains, came_up)] = counts.reflections(**window.said) or [(0, None, None)]
    touched = counts.values_touched(window)
    planned = counts.strategies_planned(window)
    named = counts.named(window.author, {*touched, *(row.pk for row in planned if row.pk)})
    return Insights(
        chosen=chosen,
        periods=over,
        reflections=reflections,
        challenges=challenges_of(by_period(came_up, ANY_BITS), reflections, over),
        strain=strain_of(by_period(strains, SCALE**2), over),
        values=values_of(touched, named),
        closeness=closeness_of(touched, named, over),
        strategies=strategies_of(planned, named),
    )


def challenges_of(rows: Iterable[tuple[int, int, int]], reflections: int, over: Sequence[Period]) -> Challenges | None:
    """What came up in so many reflections: rows of period, sum of bits, and how many of them."""
    unplaced, found = 0, {name: [0] * len(over) for name in BITS}
    for period, bits, number in rows:
        unplaced += 0 if bits & ANY_PLACE else number
        for name in named_by(bits):
            found[name][period] += number
    totals = {name: sum(numbers) for name, numbers in found.items()}
    places = tuple(Place(locus, totals[locus], tuple(found[locus])) for locus in PLACES)
    kinds = [Kind(one.id, one.name, totals[one.id]) for one in CATEGORIES.values() if totals[one.id]]
    if not kinds:
        return None
    title = "Reflections by where a challenge lies. " + " ".join(f"{place.name}: {place.times}." for place in places)
    lanes = [(f"{place.name}: {place.times}", place.by_period) for place in places]
    plot = lane_plot(lanes, title=title, **ends_of(over))
    kinds.sort(key=lambda kind: -kind.times)
    return Challenges(reflections, places, tuple(kinds), tuple(over), plot, unplaced)


def strain_of(rows: Sequence[tuple[int, int, int]], over: Sequence[Period]) -> Strain | None:
    """Strain: rows of period, level before and level after as one number, and reflections."""
    if not rows:
        return None
    before, after = no_levels(len(over)), no_levels(len(over))
    lower = same = higher = 0
    for period, levels, number in rows:
        was, became = divmod(levels, SCALE)
        before[period][was] += number
        after[period][became] += number
        if became < was:
            lower += number
        elif became > was:
            higher += number
        else:
            same += number
    reflections = lower + same + higher
    plot = level_plot(
        {"Before": before, "After": after},
        title=f"Strain before and after, 0 to 10, in {reflections_in_words(reflections)}.",
        joins=sorted((row[0], *divmod(row[1], SCALE)) for row in rows) if reflections <= MOST_JOINED else (),
        **ends_of(over),
    )
    given = zip(over, before, after, strict=True)
    table = tuple((period, levels_in_words(was), levels_in_words(became)) for period, was, became in given if any(was))
    return Strain(lower, same, higher, table, plot)


def no_levels(periods: int) -> list[list[int]]:
    """A grid of so many periods in which no level was given yet."""
    return [[0] * (LEVELS + 1) for _ in range(periods)]


def levels_in_words(given: Sequence[int]) -> str:
    """Each level that was given, from low to high, with how often where that is more than once."""
    return ", ".join(
        f"{level} ({times(number)})" if number > 1 else str(level) for level, number in enumerate(given) if number
    )


def ends_of(over: Sequence[Period]) -> Ends:
    """What stands below a plot over time: its first and its last day."""
    return Ends(first=in_short(over[0].first, with_year=True), last=in_short(over[-1].last, with_year=True))


def values_of(touched: Mapping[Id, Touched], named: Mapping[Id, Named]) -> Values | None:
    """How values fared."""
    came_up = [(card, one) for card, one in touched.items() if one.touched]
    came_up.sort(key=lambda pair: (-pair[1].touched, named[pair[0]].name))
    fared = tuple(
        Fared(id_of(card), named[card].name, letter, one.touched, one.lived, one.stepped_on)
        for (card, one), letter in zip(came_up, letters(len(came_up)), strict=True)
    )
    groups = [(row.lived, row.stepped_on) for row in fared if row.letter]
    return Values(fared, groups_drawn(groups, "Values", ("Lived", "Stepped on"))) if fared else None


def closeness_of(touched: Mapping[Id, Touched], named: Mapping[Id, Named], over: Sequence[Period]) -> Closeness | None:
    """How close values felt: drawn for those with most answers."""
    answers = {card: one.answers for card, one in touched.items() if one.given}
    if not answers:
        return None
    ranked = sorted(answers, key=lambda card: (-answers[card], named[card].name))[:MOST_VALUES]
    rows, grids = [], []
    for card, letter in zip(ranked, letters(len(ranked)), strict=True):
        given, grid = touched[card].closeness, no_levels(len(over))
        for period, level, number in given:
            grid[period][level] += number
        levels = [level for _, level, _ in given]
        came_up = touched[card].touched > 0
        rows.append(Close(id_of(card), named[card].name, letter, answers[card], min(levels), max(levels), came_up))
        grids.append(grid)
    title = "How close values felt, 0 to 10. " + " ".join(row.in_short for row in rows)
    lanes = [(f"{row.letter}: {row.answers}", grid) for row, grid in zip(rows, grids, strict=True)]
    plot = level_lanes(lanes, title=title, **ends_of(over))
    said = [(period, *map(levels_in_words, levels)) for period, *levels in zip(over, *grids, strict=True)]
    some = tuple((period, *(words or NONE for words in given)) for period, *given in said if any(given))
    return Closeness(sum(answers.values()), len(answers), tuple(rows), some, plot)


def strategies_of(rows: Iterable[Planned], named: Mapping[Id, Named]) -> Strategies | None:
    """What was planned, done and found helpful: rows of one strategy belong together."""
    found: dict[tuple[str, str], tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for row in rows:
        one = strategy_of(row, named)
        planned, done, helped = found[one]
        found[one] = planned + row.planned, done + row.done, helped + row.helped
    ranked = sorted(found, key=lambda one: (-found[one][0], -found[one][1], one[1]))
    lettered = zip(ranked, letters(len(ranked)), strict=True)
    tried = tuple(Tried(*one, letter, *found[one]) for one, letter in lettered)
    groups = [(row.planned, row.done, row.helped) for row in tried if row.letter]
    return Strategies(tried, groups_drawn(groups, "Strategies", ("Planned", "Done", "Helped"))) if tried else None


def strategy_of(row: Planned, named: Mapping[Id, Named]) -> tuple[str, str]:
    """Key and name of a strategy, or what stands for plans that rest on none."""
    if row.pk is None or row.pk not in named:
        key = DELETED if row.is_own else IN_OWN_WORDS
        return key, NO_STRATEGY[key]
    one = named[row.pk]
    return str(id_of(one.key)), one.name


def groups_drawn(groups: Sequence[Sequence[int]], what: str, key: Sequence[str]) -> Plot:
    """The plot of rows that have a letter."""
    said = [f"{key[number]}: " + ", ".join(str(group[number]) for group in groups) for number in range(len(key))]
    last = f" to {LETTERS[len(groups) - 1]}" if len(groups) > 1 else ""
    return group_plot(groups, title=f"{what} A{last}. {'. '.join(said)}.", key=key)
