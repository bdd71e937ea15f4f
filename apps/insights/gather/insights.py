"""Makes the insights of what the database counted."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from apps.core.challenges import CATEGORIES
from apps.insights.gather import counts
from apps.insights.gather.counts import Window
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
from apps.insights.ranges import Period, Range, in_short, periods, since

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST_JOINED = 60  # reflections whose two answers are joined by a line; more would be a thicket
MOST_VALUES = 5  # values whose closeness is drawn


class Ends(TypedDict):
    """The words at both ends of a plot over time."""

    first: str
    last: str


def gather_insights(author: "User", *, chosen: Range, today: date) -> Insights:
    """The insights of `author` alone for a range that ends `today`, in six queries however much there is."""
    first, reflections = counts.first_and_number(author, since=since(chosen, today=today))
    window = Window(author, periods(chosen, first=first or today, today=today))
    touched, names = counts.values_touched(window), counts.card_names(author)
    drawn, more = closeness_of(touched, names, window.periods)
    return Insights(
        chosen=chosen,
        periods=tuple(window.periods),
        reflections=reflections,
        challenges=challenges_of(counts.came_up(window), reflections, window.periods),
        strain=strain_of(counts.strains(window), window.periods),
        values=values_of(touched, names),
        closeness=drawn,
        more_closeness=more,
        strategies=strategies_of(counts.strategies_planned(window)),
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
        StrainRow(over[period], given.total(), levels_in_words(given), levels_in_words(after[period]))
        for period, given in before.items()
    )
    return Strain(change[-1], change[0], change[1], table, plot)


def ends_of(over: Sequence[Period]) -> Ends:
    """What stands below a plot over time: its first and its last day."""
    return Ends(first=in_short(over[0].first, with_year=True), last=in_short(over[-1].last, with_year=True))


def spread(given: dict[int, Counter[int]]) -> dict[tuple[int, int], int]:
    """How often each level was given in each period, by both."""
    return {(period, level): number for period, levels in given.items() for level, number in levels.items()}


def values_of(rows: Iterable[counts.Touched], names: dict[uuid.UUID, str]) -> Values | None:
    """How values fared."""
    found: dict[uuid.UUID, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found[row.card] += Counter(touched=row.touched, lived=row.lived, stepped_on=row.stepped_on)
    ranked = sorted(
        (card for card in found if found[card]["touched"]), key=lambda card: (-found[card]["touched"], names[card])
    )
    fared = [
        Fared(card, names[card], letter, found[card]["touched"], found[card]["lived"], found[card]["stepped_on"])
        for card, letter in zip(ranked, letters(len(ranked)), strict=True)
    ]
    groups = [(row.lived, row.stepped_on) for row in fared if row.letter]
    return Values(tuple(fared), groups_drawn(groups, "Values", ("Lived", "Stepped on"))) if fared else None


def closeness_of(
    rows: Iterable[counts.Touched], names: dict[uuid.UUID, str], over: Sequence[Period]
) -> tuple[tuple[Closeness, ...], int]:
    """How close values felt: those with most answers, and how many others have any."""
    said: dict[uuid.UUID, list[tuple[int, int, int]]] = defaultdict(list)
    for row in rows:
        if row.closeness is not None:
            said[row.card].append((row.period, row.closeness, row.said))
    answers = {card: sum(number for *_, number in given) for card, given in said.items()}
    ranked = sorted(said, key=lambda card: (-answers[card], names[card]))
    drawn = tuple(closeness_to(card, names[card], said[card], over) for card in ranked[:MOST_VALUES])
    return drawn, len(ranked) - len(drawn)


def closeness_to(
    card: uuid.UUID, name: str, given: Sequence[tuple[int, int, int]], over: Sequence[Period]
) -> Closeness:
    """How close one value felt: answers as period, level, number."""
    levels = by_level(given)
    answers, said = sum(number for *_, number in given), [level for _, level, _ in given]
    title = f"Closeness, 0 to 10: {answers} answers, between {min(said)} and {max(said)}."
    plot = level_plot({"Closeness": spread(levels)}, periods=len(over), title=title, **ends_of(over))
    rows = tuple((over[period], levels_in_words(number)) for period, number in levels.items())
    return Closeness(card, name, answers, min(said), max(said), rows, plot)


def strategies_of(rows: Iterable[counts.Planned]) -> Strategies | None:
    """What was planned, done and found helpful: rows of one strategy belong together."""
    found: dict[tuple[str, str, bool, bool], Counter[str]] = defaultdict(Counter)
    for row in rows:
        found[row.key if row.name else "", row.name, row.is_own, row.has_page] += Counter(
            planned=row.planned, done=row.done, helped=row.helped
        )
    ranked = sorted(found, key=lambda one: (-found[one]["planned"], -found[one]["done"], one[1]))
    tried = [
        Tried(*one, letter, found[one]["planned"], found[one]["done"], found[one]["helped"])
        for one, letter in zip(ranked, letters(len(ranked)), strict=True)
    ]
    groups = [(row.planned, row.done, row.helped) for row in tried if row.letter]
    return (
        Strategies(tuple(tried), groups_drawn(groups, "Strategies", ("Planned", "Done", "Helped"))) if tried else None
    )


def groups_drawn(groups: Sequence[Sequence[int]], what: str, key: Sequence[str]) -> Plot:
    """The plot of rows that have a letter."""
    said = [f"{key[number]}: " + ", ".join(str(group[number]) for group in groups) for number in range(len(key))]
    last = f" to {LETTERS[len(groups) - 1]}" if len(groups) > 1 else ""
    return group_plot(groups, title=f"{what} A{last}. {'. '.join(said)}.", key=key)
