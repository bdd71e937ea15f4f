"""Where things lie in the two drawings of the compass: arithmetic alone, in the units of their view boxes.

On the compass a value is a line from the middle outwards. The nearer its dot to the middle, the closer the value: 10
lies on the inner ring and 0 on the outer one. No line joins two values, since an area between them would look like a
total (decision 0012).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, pi, sin

from apps.values.models import CLOSEST, FARTHEST

SIZE = 320  # of the compass, square
MIDDLE = SIZE / 2
INNER = 26  # the ring of 10: far enough from the middle that the dots of five values never touch
STEP = 10  # outwards for each number below 10
DOT = 12  # radius, wide enough to hold its number
LETTERS = "ABCDE"
MARKED = (FARTHEST, 5, CLOSEST)  # the numbers that rings and side marks stand for

WIDTH, HEIGHT = 320, 120  # of the line over time
LEFT, RIGHT, TOP, BOTTOM = 32, 308, 12, 92
FEWEST_FOR_A_LINE = 5  # placings; fewer are dots alone


@dataclass(frozen=True)
class Point:
    """A place in a drawing, from its top left corner."""

    x: float
    y: float


@dataclass(frozen=True)
class Spoke:
    """A value on the compass: its line, the letter at the end of it, and its dot once it was placed."""

    letter: str
    inner: Point
    outer: Point
    label: Point
    dot: Point | None
    closeness: int | None


@dataclass(frozen=True)
class Ring:
    """A circle around the middle for one number, and where that number stands."""

    closeness: int
    radius: int
    label: Point


@dataclass(frozen=True)
class Line:
    """Placings over time: dots, and a line through them if there are enough."""

    dots: tuple[Point, ...]
    path: str  # points of an SVG polyline; empty where no line is drawn
    marks: tuple["Mark", ...]


@dataclass(frozen=True)
class Mark:
    """A number at the side of the line over time, and how far down it lies."""

    closeness: int
    y: float


def radius(closeness: int) -> int:
    """How far from the middle a closeness of 0 to 10 lies."""
    return INNER + STEP * (CLOSEST - closeness)


def around(turn: float, distance: float) -> Point:
    """The point so far from the middle, `turn` of a whole turn clockwise from the top."""
    angle = 2 * pi * turn
    return Point(round(MIDDLE + distance * sin(angle), 1), round(MIDDLE - distance * cos(angle), 1))


def spokes(closenesses: Sequence[int | None]) -> tuple[Spoke, ...]:
    """Up to five values clockwise from the top; None for one that was not placed yet."""
    return tuple(
        Spoke(
            letter=LETTERS[index],
            inner=around(index / len(closenesses), radius(CLOSEST)),
            outer=around(index / len(closenesses), radius(FARTHEST)),
            label=around(index / len(closenesses), radius(FARTHEST) + 16),
            dot=None if closeness is None else around(index / len(closenesses), radius(closeness)),
            closeness=closeness,
        )
        for index, closeness in enumerate(closenesses)
    )


def rings(values: int) -> tuple[Ring, ...]:
    """The rings of 0, 5 and 10, each number just outside of its own, between two values; 10 in the middle."""
    between = -0.5 / max(values, 1)
    beside = {number: 0 if number == CLOSEST else radius(number) + 9 for number in MARKED}
    return tuple(Ring(number, radius(number), around(between, beside[number])) for number in MARKED)


def height(closeness: int) -> float:
    """How far down a closeness of 0 to 10 lies in the line over time: 10 at the top."""
    return BOTTOM - (BOTTOM - TOP) * (closeness - FARTHEST) / (CLOSEST - FARTHEST)


def line(placings: Sequence[tuple[datetime, int]]) -> Line:
    """Placings, oldest first, from the left edge to the right by time; in the middle if they are of one moment."""
    first, last = placings[0][0], placings[-1][0]
    whole = (last - first).total_seconds()

    def across(moment: datetime) -> float:
        part = (moment - first).total_seconds() / whole if whole else 0.5
        return round(LEFT + (RIGHT - LEFT) * part, 1)

    dots = tuple(Point(across(moment), height(closeness)) for moment, closeness in placings)
    enough = len(dots) >= FEWEST_FOR_A_LINE
    path = " ".join(f"{dot.x},{dot.y}" for dot in dots) if enough else ""
    return Line(dots, path, tuple(Mark(number, height(number)) for number in MARKED))
