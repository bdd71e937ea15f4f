"""The period summary: how some time went, in counts, with the reflections of it that its author picks."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from apps.insights.gather import gather_days
from apps.insights.parts import Challenges, Closeness, Insights, Strain, Strategies, Values
from apps.reports.content.checking import Asked, Holds, NotThere, Part, Text, number_of
from apps.reports.content.reflection import MOST_OFFERED, Choice, Written, completed_in, offered, texts_of, written
from apps.reports.figures import SECTIONS, sections_of
from apps.reports.states import Tell, quietly

if TYPE_CHECKING:
    from apps.accounts.models import User

PHASES = ("challenge", "values", "coping")


@dataclass(frozen=True)
class PeriodContent:
    """What goes into it."""

    first: date
    last: date
    sections: tuple[str, ...]
    insights: Insights
    reflections: tuple[Written, ...]
    made_by: str
    large: bool
    template: ClassVar[str] = "reports/print/period.html"
    version: ClassVar[int] = 1
    is_long: ClassVar[bool] = False

    @property
    def holds(self) -> Holds:
        """The reflections that are in it whole."""
        return Holds(reflections=tuple(one.pk for one in self.reflections))

    def on_paper(self) -> dict[str, Any]:
        """What the template draws, every text ready for paper."""
        return {
            "days": days(self.first, self.last),
            "sections": sections_of(self.insights, self.sections),
            "reflections": [one.on_paper(PHASES) for one in self.reflections],
        }

    def parts(self) -> list[Part]:
        """The sections that hold anything, and the reflections."""
        parts = [
            Part(SECTIONS[key], f"counts from {number_behind(part)}")
            for key in self.sections
            if (part := getattr(self.insights, key))
        ]
        names = tuple(one.title for one in self.reflections)
        return parts + ([Part("Whole reflections", str(len(names)), names)] if names else [])

    def texts(self) -> Iterator[Text]:
        """The words of the reflections, and the names of one's own values and strategies."""
        for name in names_in(self.insights, self.sections):
            yield "A name in the counts", name
        for one in self.reflections:
            yield from texts_of(one.reading)


def number_behind(part: Challenges | Strain | Values | Closeness | Strategies) -> str:
    """What a part counts: of strain only the reflections that have both answers."""
    match part:
        case Values():
            return number_of(len(part.rows), "value")
        case Closeness():
            return number_of(part.answers, "answer")
        case Strategies():
            return number_of(sum(row.planned for row in part.rows), "plan")
        case _:
            return number_of(part.reflections, "reflection")


def names_in(insights: Insights, sections: tuple[str, ...]) -> Iterator[str]:
    """The names of values and strategies in these sections; some of them may be the author's own."""
    if "values" in sections and insights.values:
        yield from (row.name for row in insights.values.rows)
    if "closeness" in sections and insights.closeness:
        yield from (row.name for row in insights.closeness.rows)
    if "strategies" in sections and insights.strategies:
        yield from (row.name for row in insights.strategies.rows)


def gather(author: "User", asked: Asked, tell: Tell = quietly) -> PeriodContent:
    """Everything a period summary says. Raises NotThere where there is nothing in it."""
    first, last = date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"])
    insights = gather_days(author, first=first, last=last)
    ids = [uuid.UUID(pk) for pk in asked["reflections"]]
    whole = written(completed_in(author, first, last).filter(pk__in=ids), tell) if ids else ()
    sections = tuple(key for key in SECTIONS if key in asked["sections"])
    if not whole and not sections_of(insights, sections):
        raise NotThere
    return PeriodContent(first, last, sections, insights, whole, author.name, asked["large"])


def offered_in(author: "User", first: date, last: date) -> list[Choice]:
    """The latest reflections of this time, to choose from."""
    return offered(completed_in(author, first, last), MOST_OFFERED)


def days(first: date, last: date) -> str:
    """Both days in words, or the one."""
    return in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"


def in_words(day: date) -> str:
    """A day with its year."""
    return f"{day:%-d %B %Y}"


def name_of(begins: date, months: int) -> str:
    """A month, a quarter or a year."""
    last = date(begins.year, begins.month + months - 1, 1)
    return {1: f"{begins:%B %Y}", 3: f"{begins:%B} to {last:%B %Y}", 12: f"{begins:%Y}"}[months]


def title(asked: Asked) -> str:
    """What its author knows it by."""
    return f"Period summary, {days(date.fromisoformat(asked['first']), date.fromisoformat(asked['last']))}"
