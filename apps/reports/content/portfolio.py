"""The portfolio: every reflection somebody completed, the oldest first, with the counts of all of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone

from apps.insights.gather import gather_days
from apps.insights.parts import Insights
from apps.journal.models import Reflection
from apps.reports.content.checking import Asked, Holds, NotThere, Part, Text, number_of
from apps.reports.content.period import days, name_of, names_in
from apps.reports.content.reflection import Written, completed_in, texts_of, written
from apps.reports.figures import SECTIONS, sections_of
from apps.reports.paper import places
from apps.reports.process import TooMuch
from apps.reports.states import Tell, quietly

if TYPE_CHECKING:
    from apps.accounts.models import User

COUNTS, EVERYTHING = "counts", "all"
CHOICES = {
    COUNTS: "Counts of this time, with plots and tables",
    "challenge": "Work challenge",
    "values": "Values connection",
    "coping": "Coping",
}
MOST_REFLECTIONS = 150  # in one PDF; decision 0030 says why
DAY = timedelta(days=1)
MONTHS_WITHIN = {12: 3, 3: 1}  # into how many months each a year is split, and a quarter


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
        return key_of({"first": self.first, "last": self.last})

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
        sections = self.counts()
        reflections = [one.on_paper(self.chosen) for one in self.reflections] if self.has_phases else []
        contents = places("section", (one.title for one in sections))
        contents += places("reflection", (one["title"] for one in reflections))
        return {
            "days": days(first, last),
            "contents": contents,
            "sections": sections,
            "reflections": reflections,
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
    """Everything the portfolio says. Raises NotThere of nothing, and TooMuch of more than one PDF can hold."""
    first, last = (date.fromisoformat(asked[end]) if asked[end] else None for end in ("first", "last"))
    rows = completed_in(author, first, last)
    number = rows.count()
    if number > MOST_REFLECTIONS:  # one was completed since it was asked for, or all of them lie on one day
        raise TooMuch
    if not number:
        raise NotThere
    whole, chosen = written(rows, tell), tuple(key for key in CHOICES if key in asked["sections"])
    insights = counted(author, whole) if COUNTS in chosen else None
    return PortfolioContent(chosen, insights, whole, author.name, asked["large"])


def counted(author: "User", whole: tuple[Written, ...]) -> Insights:
    """The counts from the first of these reflections to the last."""
    first, last = (timezone.localdate(whole[end].reading.created_at) for end in (0, -1))
    return gather_days(author, first=first, last=last)


def key_of(asked: Asked) -> str:
    """What stands in a form for the time that somebody chose."""
    return f"{asked['first']}--{asked['last']}" if asked["first"] else EVERYTHING


def pieces(author: "User") -> list[Piece]:
    """Everything, then each year, the latest first; one that is too long is there in shorter times."""
    by_day = written_by_day(author)
    everything = Piece(None, None, "Everything", by_day.total())
    found = [one for first, last in years(by_day) for one in split(first, last, by_day)]
    return [everything] if everything.fits and len(found) == 1 else [everything, *found]


def shorter_pieces(author: "User", key: str) -> list[Piece]:
    """The times within the one of this key, the latest first, where all of it has too many pages; none within a day."""
    if not key:
        return []
    by_day = written_by_day(author)
    times = years(by_day) if key == EVERYTHING else as_days(key)
    while len(times) == 1 and times[0][0] < times[0][1]:
        times = [(first, last) for first, last in shorter(*times[0]) if any(first <= day <= last for day in by_day)]
    return [one for first, last in times for one in split(first, last, by_day)] if len(times) > 1 else []


def written_by_day(author: "User") -> Counter[date]:
    """How many reflections the author completed that were begun on each local day."""
    moments = Reflection.objects.owned_by(author).completed().values_list("created_at", flat=True)
    return Counter(timezone.localdate(moment) for moment in moments)


def years(by_day: Counter[date]) -> list[tuple[date, date]]:
    """The first and the last day of each year in which something was written, the latest first."""
    return [(date(year, 1, 1), date(year, 12, 31)) for year in sorted({day.year for day in by_day}, reverse=True)]


def as_days(key: str) -> list[tuple[date, date]]:
    """The first and the last day of a time of one year by its key; nothing where it is none."""
    try:
        first, last = map(date.fromisoformat, key.split("--"))
    except ValueError:
        return []
    return [(first, last)] if first <= last and first.year == last.year else []


def split(first: date, last: date, by_day: Counter[date]) -> list[Piece]:
    """All that was written in these days: in one piece if it fits, or else in shorter ones, the latest first.

    A single day is one piece whatever it holds, so that nothing is left out without a word.
    """
    months, number = months_of(first, last), sum(by_day[day] for day in by_day if first <= day <= last)
    whole = Piece(first, last, name_of(first, months) if months else days(first, last), number)
    if not number:
        return []
    if whole.fits or first == last:
        return [whole]
    return [one for part in shorter(first, last) for one in split(*part, by_day)]


def shorter(first: date, last: date) -> list[tuple[date, date]]:
    """The quarters of a year, the months of a quarter, or both halves of fewer days; the latest first."""
    if months := MONTHS_WITHIN.get(months_of(first, last)):
        begins = [first.replace(month=month) for month in range(first.month, last.month + 1, months)]
    else:
        begins = [first, first + (last - first) // 2 + DAY]
    return [(begin, after - DAY) for begin, after in pairwise([*begins, last + DAY])][::-1]


def months_of(first: date, last: date) -> int:
    """How many months these days are; 0 where they are not whole ones of one year."""
    return last.month - first.month + 1 if first.day == (last + DAY).day == 1 else 0


def title(asked: Asked) -> str:
    """What its author knows it by."""
    if not asked["first"]:
        return "Portfolio"
    return f"Portfolio, {days(date.fromisoformat(asked['first']), date.fromisoformat(asked['last']))}"
