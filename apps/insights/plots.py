"""Where things lie in a plot: arithmetic alone, in the units of its view box, for pages and for paper.

`templates/components/plot_bars.html` draws it. Each plot stands beside a table of the same numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320, 140
LEFT, RIGHT, TOP, BOTTOM = 26, 316, 10, 112
MOST_STEPS = 4  # between the marks at the side
FILLED = 0.75  # how much of its place a bar takes


@dataclass(frozen=True)
class Bar:
    """One count as a box, from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    """A number at the side, and how far down it lies."""

    number: int
    y: float


@dataclass(frozen=True)
class BarPlot:
    """Counts side by side: what it shows in words, and the names of the first and the last."""

    title: str
    first: str
    last: str
    bars: tuple[Bar, ...]  # none for a count of nothing
    marks: tuple[Mark, ...]


def bar_plot(counts: Sequence[int], *, title: str, first: str, last: str) -> BarPlot:
    """`counts` from left to right, each 0 or more, on a side scale of whole numbers from 0. Needs at least one."""
    step = max(1, -(-max(counts) // MOST_STEPS))
    top = step * max(1, -(-max(counts) // step))
    place = (RIGHT - LEFT) / len(counts)

    def height(number: int) -> float:
        return round((BOTTOM - TOP) * number / top, 1)

    bars = (
        Bar(
            round(LEFT + place * (index + (1 - FILLED) / 2), 1),
            BOTTOM - height(count),
            round(place * FILLED, 1),
            height(count),
        )
        for index, count in enumerate(counts)
        if count
    )
    marks = (Mark(number, BOTTOM - height(number)) for number in range(0, top + 1, step))
    return BarPlot(title, first, last, tuple(bars), tuple(marks))
