"""What the insights show, as plain frozen values with a sentence and a plot each: the same for the page and for paper.

Counts of what one person wrote, for that person. No average, no norm and no score; nothing here says why.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from apps.core.challenges import Locus
from apps.insights.plots import Plot, drawn_of
from apps.insights.ranges import Period, Range, length_in_words, period_of

IN_WORDS = ("never", "once", "twice")
FEW = 5  # reflections, or answers; fewer show nothing about how things change
TOO_FEW = "Fewer than five reflections: too few to show how things change."
DOTS = "Each dot is one answer from 0 to 10. A larger dot is the same answer more often."
NOT_SAID = "The rest do not say where theirs lies. Some kinds can lie in more places, until you choose an example."
PLACES = {
    Locus.ORGANISATION: "How the work is organised",
    Locus.CLIENT: "Work with clients",
    Locus.SELF: "Something in yourself",
}


@dataclass(frozen=True)
class Place:
    """Where challenges lie, and in how many reflections that came up: in all, and period by period."""

    locus: Locus
    times: int
    by_period: tuple[int, ...]

    @property
    def name(self) -> str:
        """In words."""
        return PLACES[self.locus]


@dataclass(frozen=True)
class Kind:
    """A category, and in how many reflections it came up."""

    id: str
    name: str
    times: int


@dataclass(frozen=True)
class Challenges:
    """What came up, where it lies and when."""

    reflections: int  # all of the range, also those that name no challenge
    places: tuple[Place, ...]
    kinds: tuple[Kind, ...]  # the most frequent first
    periods: tuple[Period, ...]
    plot: Plot
    unplaced: int  # reflections in which nothing came up that says where it lies

    @property
    def over(self) -> list[tuple[Period, *tuple[int, ...]]]:
        """Each period that has any, with the reflections of each place."""
        rows = zip(self.periods, *(place.by_period for place in self.places), strict=True)
        return [row for row in rows if any(row[1:])]

    @property
    def in_words(self) -> str:
        """In how many of the reflections each place came up, and why in some of them none did."""
        organised, clients, yourself = (place.times for place in self.places)
        said = (
            f"Of {reflections_in_words(self.reflections)}, {organised} named how the work is organised, "
            f"{clients} named work with clients and {yourself} named something in yourself."
        )
        return f"{said}{f' {NOT_SAID}' if self.unplaced else ''} One reflection can name more than one."

    @property
    def note(self) -> str:
        """How to read the plot."""
        return f"Each bar counts the reflections of {length_in_words(self.periods)}."

    @property
    def few(self) -> str:
        """Where there are too few reflections to show how things change, that it is so."""
        return TOO_FEW if self.reflections < FEW else ""

    @property
    def system_leads(self) -> bool:
        """Whether the way the work is organised came up most, among enough reflections to say so."""
        organised, *others = (place.times for place in self.places)
        return not self.few and organised > max(others)


@dataclass(frozen=True)
class Strain:
    """Strain before and after, where a reflection has both."""

    lower: int  # reflections in which it was lower after
    same: int
    higher: int
    over: tuple[tuple[Period, str, str], ...]  # each period that has any, with the answers before and after
    plot: Plot

    @property
    def reflections(self) -> int:
        """How many have both answers."""
        return self.lower + self.same + self.higher

    @property
    def in_words(self) -> str:
        """In how many it was lower, the same and higher."""
        have = "has" if self.reflections == 1 else "have"
        return (
            f"{reflections_in_words(self.reflections).capitalize()} {have} strain before and after. "
            f"It was lower after in {self.lower}, the same in {self.same} and higher in {self.higher}."
        )

    @property
    def note(self) -> str:
        """How to read the plot."""
        return f"{DOTS} A thin line joins the two answers of one reflection." if self.plot.joins else DOTS

    @property
    def few(self) -> str:
        """Where there are too few to show how strain changes, that it is so."""
        return "Fewer than five: too few to show how strain changes over time." if self.reflections < FEW else ""


@dataclass(frozen=True)
class Fared:
    """A value that came up: in how many reflections, and in how many it was lived and stepped on."""

    pk: uuid.UUID
    name: str
    letter: str  # in the plot; none where the plot is full
    touched: int
    lived: int
    stepped_on: int


@dataclass(frozen=True)
class Values:
    """How values fared, those that came up most often first."""

    rows: tuple[Fared, ...]
    plot: Plot
    note: ClassVar[str] = ""

    @property
    def in_words(self) -> str:
        """How many there were, and how they fared."""
        number = len(self.rows)
        said = "One value came up. It was" if number == 1 else f"{number} values came up. In all, they were"
        lived, stepped_on = sum(row.lived for row in self.rows), sum(row.stepped_on for row in self.rows)
        said += f" {happened('lived', lived)} and {happened('stepped on', stepped_on)}."
        return said + drawn_of(number, "that came up most often")

    @property
    def few(self) -> str:
        """Where values came up too few times to say much, that it is so."""
        touched = sum(row.touched for row in self.rows)
        return "Fewer than five times in all, so this says little yet." if touched < FEW else ""


@dataclass(frozen=True)
class Close:
    """A value: how often it was said how close it felt, and between which levels."""

    pk: uuid.UUID
    name: str
    letter: str
    answers: int
    lowest: int
    highest: int
    came_up: bool  # in reflections too, and not on the compass alone

    @property
    def in_short(self) -> str:
        """All but the name, which stands in tables alone."""
        between = f"between {self.lowest} and {self.highest}" if self.lowest < self.highest else str(self.lowest)
        return f"{self.letter}: {times(self.answers)}, {between}."


@dataclass(frozen=True)
class Closeness:
    """How close values felt over time, those with most answers first."""

    answers: int  # about all values
    values: int  # that have an answer; more than there are rows
    rows: tuple[Close, ...]
    over: tuple[tuple[Period, *tuple[str, ...]], ...]  # each period that has any, with the answers for each row
    plot: Plot
    note: ClassVar[str] = DOTS

    @property
    def in_words(self) -> str:
        """How often it was said of how many values."""
        values = "one value" if self.values == 1 else f"{self.values} values"
        said = f"You said {times(self.answers)} how close {values} felt."
        if len(self.rows) < self.values:
            said += f" Here are the {len(self.rows)} you answered for most often."
        return said

    @property
    def few(self) -> str:
        """For which values there are too few answers, if there are any."""
        few = [row.letter for row in self.rows if row.answers < FEW]
        return f"Fewer than five answers for {in_a_row(few)}: too few to show how it changes." if few else ""


@dataclass(frozen=True)
class Tried:
    """A strategy: how often it was planned, was done, and helped."""

    key: str  # its id, or what stands in the timeline's addresses for one's own that were deleted, and for none
    name: str  # or what stands for such plans
    letter: str
    planned: int
    done: int
    helped: int


@dataclass(frozen=True)
class Strategies:
    """What was planned, done and found helpful, the most often planned first."""

    rows: tuple[Tried, ...]
    plot: Plot
    note: ClassVar[str] = (
        "A plan can be looked back on more than once, so “done” can be more than “planned”. "
        "“Helped” counts answers of 2 or more out of 4."
    )

    @property
    def in_words(self) -> str:
        """How many plans there are, and what was said about them."""
        planned, done, helped = (sum(getattr(row, name) for row in self.rows) for name in ("planned", "done", "helped"))
        made = "one plan" if planned == 1 else f"{planned} plans"
        said = "You have not said of any that you did it, and that is fine."
        if done:
            said = f"You said {times(done)} that you did one, or part of it, and {times(helped)} that it helped."
        return f"You made {made}. {said}" + drawn_of(len(self.rows), "you planned most often")

    @property
    def few(self) -> str:
        """Where too little was done to say what helps, that it is so."""
        done = sum(row.done for row in self.rows)
        return "Fewer than five times done: too few to say what helps you." if done < FEW else ""


@dataclass(frozen=True)
class Insights:
    """Everything on the page for one range. A part is None where there is nothing to show of it."""

    chosen: Range
    periods: tuple[Period, ...]
    reflections: int
    challenges: Challenges | None
    strain: Strain | None
    values: Values | None
    closeness: Closeness | None
    strategies: Strategies | None

    @property
    def days(self) -> str:
        """The first and the last day, with their years."""
        return period_of(self.periods[0].first, self.periods[-1].last, with_year=True).days

    @property
    def few(self) -> str:
        """Where there are too few reflections to show how things change, that it is so."""
        return TOO_FEW if self.reflections < FEW else ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to show."""
        return not (self.reflections or self.closeness)


def times(number: int) -> str:
    """How often, in words."""
    return IN_WORDS[number] if number < len(IN_WORDS) else f"{number} times"


def happened(what: str, number: int) -> str:
    """What happened so many times, in words."""
    return f"{what} {times(number)}" if number else f"never {what}"


def in_a_row(words: Sequence[str]) -> str:
    """Several words, with "and" before the last."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def reflections_in_words(number: int) -> str:
    """So many reflections."""
    return "one reflection" if number == 1 else f"{number} reflections"
