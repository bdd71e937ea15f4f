"""How far back the insights look, and the equal periods in which they count: local days, the last of them today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

MOST_PERIODS = 26  # in "All": what a plot can hold side by side
LENGTHS = (1, 4, 13, 52, 260)  # weeks that a period of "All" may have; the shortest that keeps to so many
IN_WORDS = {1: "one day", 7: "a week", 28: "4 weeks", 91: "13 weeks", 364: "52 weeks", 1820: "5 years"}  # by days


@dataclass(frozen=True)
class Range:
    """One of the times to choose from."""

    id: str
    name: str
    weeks: int  # 0: from the first reflection on
    each: int  # weeks in a period; 0: as few as keep to MOST_PERIODS
    in_timeline: str  # what the timeline's own filter calls the same time


RANGES = {
    chosen.id: chosen
    for chosen in (
        Range("4-weeks", "4 weeks", 4, 1, "4_weeks"),
        Range("quarter", "Quarter", 13, 1, "3_months"),
        Range("year", "Year", 52, 4, "year"),
        Range("all", "All", 0, 0, ""),
    )
}
USUAL = "quarter"  # where nobody chose
EVIDENCE_WEEKS = {"4": "4 weeks", "12": "12 weeks", "52": "A year"}  # that an evidence page can cover
USUAL_WEEKS = "12"
DATES = Range("dates", "Dates", 0, 0, "")  # from one day to another, for paper


@dataclass(frozen=True)
class Period:
    """Whole local days, from the first to the last."""

    first: date
    last: date
    days: str  # both of them in short, made once: tables say them often

    def __str__(self) -> str:
        return self.days


def in_short(day: date, *, with_year: bool = False) -> str:
    """A day and its month, on one line."""
    return (
        f"{day.day}\N{NO-BREAK SPACE}{day:%b\N{NO-BREAK SPACE}%Y}"
        if with_year
        else f"{day.day}\N{NO-BREAK SPACE}{day:%b}"
    )


@lru_cache(maxsize=64)
def periods(chosen: Range, *, first: date, today: date) -> tuple[Period, ...]:
    """The periods of a range, oldest first, the last of them ending `today`. `first` is where "All" has to begin.

    All are equally long, so that the present one is not cut short and looks like a fall (decision 0017). Kept, since
    most people ask for the same ones on one day.
    """
    weeks = chosen.weeks or (today - first).days // 7 + 1
    each = chosen.each or next((n for n in LENGTHS if n * MOST_PERIODS >= weeks), LENGTHS[-1])
    length = timedelta(weeks=each)
    number = -(-weeks // each)
    starts = [today + timedelta(days=1) - length * back for back in range(number, 0, -1)]
    with_year = starts[0].year != today.year
    return tuple(period_of(start, start + length - timedelta(days=1), with_year=with_year) for start in starts)


def even_periods(first: date, last: date) -> tuple[Period, ...]:
    """The days from `first` to `last` in as few equal parts as a plot can hold; a day more or less must be."""
    days = (last - first).days + 1
    each = next((n for n in LENGTHS if 7 * n * MOST_PERIODS >= days), LENGTHS[-1])
    number = min(MOST_PERIODS, max(1, round(days / (7 * each))))
    starts = [first + timedelta(days=-(-days * part // number)) for part in range(number + 1)]
    with_year = first.year != last.year
    return tuple(period_of(start, after - timedelta(days=1), with_year=with_year) for start, after in pairwise(starts))


def period_of(first: date, last: date, *, with_year: bool) -> Period:
    """The days from `first` to `last`, or the one day; each of the two stays on one line."""
    ends = (first,) if first == last else (first, last)
    return Period(first, last, " to ".join(in_short(day, with_year=with_year) for day in ends))


def days_of(period: Period) -> int:
    """How many days a period has."""
    return (period.last - period.first).days + 1


def length_in_words(over: Sequence[Period]) -> str:
    """How long each of these periods is."""
    first, *others = sorted({days_of(period) for period in over})
    if first in IN_WORDS and not others:
        return IN_WORDS[first]
    return f"{' or '.join(map(str, (first, *others)))} days"


def since(chosen: Range, *, today: date) -> date | None:
    """The first day of a range; None for all days there are."""
    return today - timedelta(weeks=chosen.weeks) + timedelta(days=1) if chosen.weeks else None
