"""The evidence page's values: organisational challenges week by week, without a word of the author's."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from apps.core.challenges import CATEGORIES
from apps.insights.parts import FEW, TOO_FEW
from apps.insights.plots import Plot, bar_plot
from apps.insights.ranges import in_short
from apps.journal.patterns import FOUR_WEEKS, Moment, Pattern, moments, patterns

if TYPE_CHECKING:
    from apps.accounts.models import User

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Kind:
    """A category, and in how many reflections it came up."""

    name: str
    times: int
    lately: int  # of these, in the last four weeks


@dataclass(frozen=True)
class Week:
    """Seven local days, and what came up in them."""

    first: date
    last: date
    reflections: int
    kinds: tuple[Kind, ...]

    @property
    def days(self) -> str:
        """Its first and last day, in short; a day and its month stay on one line."""
        return f"{in_short(self.first)} to {in_short(self.last)}"


@dataclass(frozen=True)
class Evidence:
    """Counts of organisational challenges in one person's reflections, week by week."""

    first: date
    last: date
    reflections: int
    kinds: tuple[Kind, ...]  # the most frequent first
    weeks: tuple[Week, ...]  # oldest first; the last ends today
    plot: Plot
    patterns: tuple[Pattern, ...]

    @property
    def in_words(self) -> str:
        """What the plot shows, what a week is, and which are not in the table."""
        weeks = f"Each week is seven days, and the last one ends on {self.last:%-d %B}."
        return f"{self.plot.title} {weeks} Weeks that are not in the table have none."

    @property
    def weeks_with_some(self) -> list[Week]:
        """The weeks that have any reflection."""
        return [week for week in self.weeks if week.reflections]

    @property
    def few(self) -> str:
        """Where there are too few reflections to show how things change, that it is so."""
        return TOO_FEW if self.reflections < FEW else ""


def gather_evidence(author: "User", *, today: date, weeks: int) -> Evidence:
    """The evidence in `author`'s own reflections of so many weeks (4 or more) that end `today`, in one query."""
    first = today - weeks * WEEK + timedelta(days=1)
    counted = moments(author, first=first, last=today)
    by_week = tuple(week_of(counted, first + number * WEEK, today) for number in range(weeks))
    return Evidence(
        first=first,
        last=today,
        reflections=len(counted),
        kinds=kinds_of(counted, today),
        weeks=by_week,
        plot=plot_of(by_week),
        patterns=patterns(counted, today=today),
    )


def week_of(counted: Iterable[Moment], first: date, today: date) -> Week:
    """The seven days from `first`."""
    within = [moment for moment in counted if first <= moment.on < first + WEEK]
    return Week(first, first + WEEK - timedelta(days=1), len(within), kinds_of(within, today))


def kinds_of(counted: Iterable[Moment], today: date) -> tuple[Kind, ...]:
    """How often each category came up, the most often first, then as listed; each once for a reflection."""
    chosen = [(category, moment.on) for moment in counted for category in moment.categories]
    times = Counter(category for category, _ in chosen)
    lately = Counter(category for category, on in chosen if on > today - timedelta(days=FOUR_WEEKS))
    found = [Kind(kind.name, times[kind.id], lately[kind.id]) for kind in CATEGORIES.values() if times[kind.id]]
    return tuple(sorted(found, key=lambda kind: -kind.times))


def plot_of(weeks: Sequence[Week]) -> Plot:
    """Reflections in each week."""
    counts = [week.reflections for week in weeks]
    title = f"Reflections in each of {len(weeks)} weeks. The most in one week was {max(counts)}."
    return bar_plot(counts, title=title, first=weeks[0].days, last=weeks[-1].days)
