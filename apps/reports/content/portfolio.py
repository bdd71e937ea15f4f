"""The portfolio: every reflection somebody completed, the oldest first, with the counts of all of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone

from apps.insights.gather import gather_days
from apps.insights.parts import Insights
from apps.journal.models import Reflection
from apps.reports.content.checking import Asked, Holds, NotThere, Part, Text, number_of
from apps.reports.content.period import days, names_in
from apps.reports.content.reflection import Written, completed_in, texts_of, written
from apps.reports.figures import SECTIONS, sections_of
from apps.reports.states import Tell, quietly

if TYPE_CHECKING:
    from apps.accounts.models import User

COUNTS = "counts"
CHOICES = {
    COUNTS: "Counts of this time, with plots and tables",
    "challenge": "Work challenge",
    "values": "Values connection",
    "coping": "Coping",
}
MOST_REFLECTIONS = 150  # in one PDF; decision 0030 says why


@dataclass(frozen=True)
class Piece:
    """A time that one portfolio can be of, and how many reflections it holds; no days are all there is."""

    first: date | None
    last: date | None
    name: str
    reflections: int

    @property
    def key(self) -> str:
        """What stands for it in a form."""
        return f"{self.first}--{self.last}" if self.first else "all"

    @property
    def fits(self) -> bool:
        """Whether it can be one PDF."""
        return 0 < self.reflections <= MOST_REFLECTIONS


@dataclass(frozen=True)
class PortfolioContent:
    """What goes into it."""

    chosen: tuple[str, ...]
    insights: Insights | None
    reflections: tuple[Written, ...]
    made_by: str
    large: bool
    template: ClassVar[str] = "reports/print/portfolio.html"
    version: ClassVar[int] = 1
    is_long: ClassVar[bool] = True

    @property
    def holds(self) -> Holds:
        """The reflections in it."""
        return Holds(reflections=tuple(one.pk for one in self.reflections))

    def on_paper(self) -> dict[str, Any]:
        """What the template draws, every text ready for paper."""
        first, last = (timezone.localdate(self.reflections[end].reading.created_at) for end in (0, -1))
        return {
            "days": days(first, last),
            "sections": self.counts(),
            "reflections": [one.on_paper(self.chosen) for one in self.reflections] if self.has_phases else [],
        }

    @property
    def has_phases(self) -> bool:
        """Whether anything of the reflections is in it, besides counts."""
        return any(key in self.chosen for key in CHOICES if key != COUNTS)

    def counts(self) -> tuple:
        """The sections of counts."""
        return sections_of(self.insights, SECTIONS) if self.insights else ()

    def parts(self) -> list[Part]:
        """The counts, and each reflection by name."""
        titles = tuple(section.title for section in self.counts())
        counts = [Part("Counts", number_of(len(titles), "section"), titles)] if titles else []
        names = tuple(one.title for one in self.reflections)
        return counts + ([Part("Reflections", str(len(names)), names)] if self.has_phases else [])

    def texts(self) -> Iterator[Text]:
        """The names in the counts, then the words of the chosen phases."""
        if self.insights:
            yield from (("A name in the counts", name) for name in names_in(self.insights, tuple(SECTIONS)))
        for one in self.reflections:
            phases = tuple(phase for phase in one.reading.phases if phase.key in self.chosen)
            yield from texts_of(one.reading, phases)


def gather(author: "User", asked: Asked, tell: Tell = quietly) -> PortfolioContent:
    """Everything the portfolio says. Raises NotThere where there is nothing in it, or more than one PDF can hold."""
    first, last = (date.fromisoformat(asked[end]) if asked[end] else None for end in ("first", "last"))
    rows = completed_in(author, first, last)
    if not 0 < rows.count() <= MOST_REFLECTIONS:
        raise NotThere
    whole, chosen = written(rows, tell), tuple(key for key in CHOICES if key in asked["sections"])
    insights = counted(author, whole) if COUNTS in chosen else None
    return PortfolioContent(chosen, insights, whole, author.name, asked["large"])


def counted(author: "User", whole: tuple[Written, ...]) -> Insights:
    """The counts from the first of these reflections to the last."""
    first, last = (timezone.localdate(whole[end].reading.created_at) for end in (0, -1))
    return gather_days(author, first=first, last=last)


def pieces(author: "User") -> list[Piece]:
    """Everything, then each year, the latest first; a year that is too long is there by its quarters."""
    moments = Reflection.objects.owned_by(author).completed().values_list("created_at", flat=True)
    by_quarter = Counter(quarter_of(timezone.localdate(moment)) for moment in moments)
    found = [Piece(None, None, "Everything", by_quarter.total())]
    years = sorted({year for year, _ in by_quarter}, reverse=True)
    for year in years if len(years) > 1 or not found[0].fits else []:
        whole = Piece(date(year, 1, 1), date(year, 12, 31), str(year), sum(by_quarter[year, q] for q in range(4)))
        quarters = [piece_of(year, q, by_quarter[year, q]) for q in range(3, -1, -1) if by_quarter[year, q]]
        found += [whole] if whole.fits else quarters
    return found


def quarter_of(day: date) -> tuple[int, int]:
    """Its year, and which of the four quarters of it, from 0."""
    return day.year, (day.month - 1) // 3


def piece_of(year: int, quarter: int, reflections: int) -> Piece:
    """One quarter of a year."""
    first = date(year, 3 * quarter + 1, 1)
    last = date(year, 3 * quarter + 3, 31 if quarter in (0, 3) else 30)
    return Piece(first, last, f"{first:%B} to {last:%B %Y}", reflections)


def title(asked: Asked) -> str:
    """What its author knows it by."""
    if not asked["first"]:
        return "Portfolio"
    return f"Portfolio, {days(date.fromisoformat(asked['first']), date.fromisoformat(asked['last']))}"
