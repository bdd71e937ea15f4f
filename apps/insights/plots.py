"""Where things lie in a plot: arithmetic alone, in the units of its view box, for pages and for paper.

`svg.py` writes every one of them. Each plot stands beside a table of the same numbers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, sqrt
from typing import NamedTuple

from django.utils.safestring import SafeString

from apps.insights.svg import svg_of

WIDTH, HEIGHT = 320, 140
LEFT, RIGHT, TOP, BOTTOM = 26, 316, 10, 112
BELOW = 20  # from the lowest line down to the names under it, and about as far again to the edge
KEYED_TOP = 34  # where a plot begins that has a key above it
MOST_STEPS = 4  # between the marks at the side
FILLED = 0.75  # how much of its place a bar takes, and a group of bars
LANE = 62  # from one lane of bars to the next
LANE_BARS = 34  # the highest bar of a lane
TALL_LANE = 72  # from one lane of levels to the next
LANE_LEVELS = 46  # from 0 up to 10 in a lane
LEVELS = 10  # the highest of the scale of strain and of closeness
MARKED_LEVELS = (0, 5, 10)
LARGEST_DOT, LANE_DOT, SMALLEST_DOT = 4.5, 3.25, 1.25  # radius; the largest leave the next level free
SIZES = 4  # of dots, for each unit of their radius: those alike are drawn as one
LETTERS = "ABCDEFGH"
OPEN = (True, False)  # the dots of the left side, and of the right
SHADES = {2: (1.0, 0.0), 3: (0.0, 0.4, 1.0)}  # how full a group's bars are; 0 is an outline


Grid = Sequence[Sequence[int]]  # how often each level from 0 to LEVELS was given: period by period


class Bar(NamedTuple):
    """One count as a box, from its top left corner."""

    x: float
    y: float
    width: float
    height: float
    shade: float = 1.0


class Dot(NamedTuple):
    """One answer, or several that are the same, which make it larger."""

    x: float
    y: float
    radius: float
    is_open: bool = False


class Join(NamedTuple):
    """A line between two answers of one reflection."""

    x: float
    y: float
    to_x: float
    to_y: float


class Mark(NamedTuple):
    """A number at the side with its line across, and how far down it lies."""

    number: int
    y: float


class Text(NamedTuple):
    """A few words, which start, end or have their middle at a point."""

    words: str
    x: float
    y: float
    anchor: str = "start"


@dataclass(frozen=True)
class Plot:
    """What a drawing shows in words, and where everything in it lies."""

    title: str
    height: float = HEIGHT
    marks: tuple[Mark, ...] = ()
    texts: tuple[Text, ...] = ()
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()
    joins: tuple[Join, ...] = ()

    @property
    def svg(self) -> SafeString:
        """The drawing itself."""
        return svg_of(self, left=LEFT, right=RIGHT)


def bar_plot(counts: Sequence[int], *, title: str, first: str, last: str) -> Plot:
    """`counts` from left to right, each 0 or more, on a side scale of whole numbers from 0. Needs at least one."""
    scale = steps(max(counts))
    bars = bars_in(counts, top=TOP, bottom=BOTTOM, most=scale[-1])
    return Plot(title, marks=marks_at(scale, TOP, BOTTOM), texts=ends(first, last, BOTTOM), bars=bars)


def lane_plot(lanes: Sequence[tuple[str, Sequence[int]]], *, title: str, first: str, last: str) -> Plot:
    """Several rows of bars under each other, each with its name above it, all on one scale."""
    most = steps(max(max(counts) for _, counts in lanes), most_steps=1)[-1]
    marks: list[Mark] = []
    texts: list[Text] = []
    bars: list[Bar] = []
    for number, (name, counts) in enumerate(lanes):
        bottom = LANE * (number + 1)
        texts.append(Text(name, LEFT, bottom - LANE_BARS - 8))
        marks += marks_at((0, most), bottom - LANE_BARS, bottom)
        bars += bars_in(counts, top=bottom - LANE_BARS, bottom=bottom, most=most)
    lowest = LANE * len(lanes)
    texts += ends(first, last, lowest)
    return Plot(title, lowest + BELOW + 8, tuple(marks), tuple(texts), tuple(bars))


def letters(number: int) -> list[str]:
    """The letters of so many rows, empty for those that a plot of groups has no room for."""
    return [LETTERS[index] if index < len(LETTERS) else "" for index in range(number)]


def drawn_of(number: int, which: str) -> str:
    """A sentence that says `which` of so many rows have a letter, if not all of them do."""
    return f" The plot shows the {len(LETTERS)} {which}." if number > len(LETTERS) else ""


def group_plot(groups: Sequence[Sequence[int]], *, title: str, key: Sequence[str]) -> Plot:
    """Groups of two or three bars, each group with its letter below; `key` says what each bar of a group is."""
    scale, shades = steps(max(max(group) for group in groups)), SHADES[len(key)]
    place, each = (RIGHT - LEFT) / len(groups), len(key)
    width = min(place * FILLED / each, 24)
    bars, texts = [], []
    for index, group in enumerate(groups):
        middle = LEFT + place * (index + 0.5)
        texts.append(Text(LETTERS[index], round(middle, 1), BOTTOM + BELOW, "middle"))
        for number, count in enumerate(group):
            tall = round((BOTTOM - KEYED_TOP) * count / scale[-1], 1)
            left = round(middle + width * (number - each / 2), 1)
            bars += [Bar(left, BOTTOM - tall, round(width - 1, 1), tall, shades[number])] if count else []
    signs, words = key_of(key)
    boxes = [Bar(x - 5, 7, 10, 10, shade) for x, shade in zip(signs, shades, strict=True)]
    marks = marks_at(scale, KEYED_TOP, BOTTOM)
    return Plot(title, marks=marks, texts=(*words, *texts), bars=(*boxes, *bars))


def level_plot(
    sides: Mapping[str, Grid],
    *,
    title: str,
    first: str,
    last: str,
    joins: Collection[tuple[int, int, int]] = (),
) -> Plot:
    """Two answers from 0 to 10 over time. `sides`: what was asked, with what was given in each period.

    Each period holds a column for each side, from left to right. `joins`: period, left level, right level.
    """
    (periods,) = {len(grid) for grid in sides.values()}
    across, radii = columns(len(sides) * periods), radii_in(sides.values(), columns=len(sides) * periods)
    down = heights(KEYED_TOP, BOTTOM)
    signs, words = key_of(tuple(sides))
    dots = [Dot(x, 12, LARGEST_DOT, is_open) for x, is_open in zip(signs, OPEN, strict=True)]
    for number, grid in enumerate(sides.values()):
        dots += dots_in(grid, across[number :: len(sides)], down, radii, is_open=OPEN[number])
    lines = [Join(across[period * 2], down[left], across[period * 2 + 1], down[right]) for period, left, right in joins]
    texts = (*words, *ends(first, last, BOTTOM))
    return Plot(title, marks=level_marks(down), texts=texts, dots=tuple(dots), joins=tuple(lines))


def level_lanes(lanes: Sequence[tuple[str, Grid]], *, title: str, first: str, last: str) -> Plot:
    """Answers from 0 to 10 over time in several rows under each other, each with its name above it."""
    (periods,) = {len(grid) for _, grid in lanes}
    across, radii = columns(periods), radii_in([grid for _, grid in lanes], columns=periods, largest=LANE_DOT)
    marks: list[Mark] = []
    texts: list[Text] = []
    dots: list[Dot] = []
    for number, (name, grid) in enumerate(lanes, 1):
        bottom = TALL_LANE * number
        down = heights(bottom - LANE_LEVELS, bottom)
        texts.append(Text(name, LEFT, down[-1] - 10))
        marks += level_marks(down)
        dots += dots_in(grid, across, down, radii)
    texts += ends(first, last, TALL_LANE * len(lanes))
    return Plot(title, TALL_LANE * len(lanes) + BELOW + 8, tuple(marks), tuple(texts), dots=tuple(dots))


def columns(number: int) -> list[float]:
    """The middles of so many columns of equal width."""
    return [round(LEFT + (RIGHT - LEFT) / number * (index + 0.5), 1) for index in range(number)]


def heights(top: float, bottom: float) -> list[float]:
    """How far down each level lies, from 0 at the bottom."""
    return [round(bottom - (bottom - top) * level / LEVELS, 1) for level in range(LEVELS + 1)]


def level_marks(down: Sequence[float]) -> tuple[Mark, ...]:
    """The side's numbers where levels lie so far down."""
    return tuple(Mark(level, down[level]) for level in MARKED_LEVELS)


def dots_in(
    grid: Grid, across: Sequence[float], down: Sequence[float], radii: Mapping[int, float], *, is_open: bool = False
) -> list[Dot]:
    """A dot for each level that was given in each period."""
    return [
        Dot(x, down[level], radii[times], is_open)
        for x, levels in zip(across, grid, strict=True)
        for level, times in enumerate(levels)
        if times
    ]


def radii_in(grids: Iterable[Grid], *, columns: int, largest: float = LARGEST_DOT) -> dict[int, float]:
    """The radius of a dot for each number in these, in so many columns."""
    given = {times for grid in grids for levels in grid for times in levels if times}
    return radii_of(given, min(largest, (RIGHT - LEFT) / columns * 0.45))


def radii_of(numbers: Collection[int], largest: float) -> dict[int, float]:
    """Of a dot for so many answers: its area grows with them in small steps, and one alone can still be seen."""
    most = max(numbers, default=1)
    return {times: max(SMALLEST_DOT, floor(SIZES * largest * sqrt(times / most)) / SIZES) for times in numbers}


def steps(most: int, *, most_steps: int = MOST_STEPS) -> tuple[int, ...]:
    """Whole even steps from 0 to `most` or just past it."""
    step = max(1, -(-most // most_steps))
    return tuple(range(0, step * max(1, -(-most // step)) + 1, step))


def marks_at(numbers: Sequence[int], top: float, bottom: float) -> tuple[Mark, ...]:
    """The side's numbers, from 0 at the bottom to the last at the top."""
    return tuple(Mark(number, round(bottom - (bottom - top) * number / numbers[-1], 1)) for number in numbers)


def bars_in(counts: Sequence[int], *, top: float, bottom: float, most: int) -> tuple[Bar, ...]:
    """A bar for each count but 0, side by side over the whole width."""
    place = (RIGHT - LEFT) / len(counts)
    tall = [round((bottom - top) * count / most, 1) for count in counts]
    return tuple(
        Bar(
            round(LEFT + place * (index + (1 - FILLED) / 2), 1),
            bottom - tall[index],
            round(place * FILLED, 1),
            tall[index],
        )
        for index, count in enumerate(counts)
        if count
    )


def ends(first: str, last: str, bottom: float) -> tuple[Text, Text]:
    """The names of the first and the last period, under them."""
    return Text(first, LEFT, bottom + BELOW), Text(last, RIGHT, bottom + BELOW, "end")


def key_of(names: Sequence[str]) -> tuple[list[float], list[Text]]:
    """Where the signs of a key stand above a plot, and the words beside them."""
    place = (RIGHT - LEFT) / len(names)
    signs = [LEFT + 6 + place * index for index in range(len(names))]
    return signs, [Text(name, x + 12, 16) for name, x in zip(names, signs, strict=True)]
