"""Counts on paper: each part with its sentences, its plot and its table, from the same frozen values as the page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from apps.insights.gather.evidence import Evidence
from apps.insights.parts import PLACES, Challenges, Closeness, Insights, Strain, Strategies, Values
from apps.insights.plots import Plot
from apps.insights.ranges import days_in_words
from apps.reports.paper import Line, line

FEW = "Fewer than five are too few to show how things change."
DOTS = "Each dot is one answer from 0 to 10. A larger dot is the same answer more often."
SECTIONS = {
    "challenges": "What came up",
    "strain": "Strain before and after",
    "values": "Values lived and stepped on",
    "closeness": "How close values felt",
    "strategies": "Planned, done and found helpful",
}
EVIDENCE_SECTIONS = {"kinds": "Kinds of challenge", "weeks": "Week by week"}


@dataclass(frozen=True)
class Table:
    """Numbers: what they are of, the heads of the columns, and rows whose first cell names them."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Line, tuple[str, ...]], ...]
    is_wide: bool = False  # its cells hold words, not numbers


@dataclass(frozen=True)
class Figure:
    """A plot and its tables."""

    said: tuple[str, ...]
    plot: Plot | None
    note: str = ""
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Section:
    """One section of counts."""

    title: str
    figures: tuple[Figure, ...]


def sections_of(insights: Insights, keys: Iterable[str]) -> tuple[Section, ...]:
    """The sections of these names that hold anything, in the order in which they are read."""
    each = f"Each bar counts the reflections of {days_in_words(insights.periods)}."
    figures = {
        "challenges": lambda: challenges(insights.challenges, each),
        "strain": lambda: strain(insights.strain),
        "values": lambda: values(insights.values),
        "closeness": lambda: closeness(insights.closeness),
        "strategies": lambda: strategies(insights.strategies),
    }
    chosen = set(keys)
    drawn = ((title, tuple(figures[key]())) for key, title in SECTIONS.items() if key in chosen)
    return tuple(Section(title, found) for title, found in drawn if found)


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], *, is_wide: bool = False) -> Table:
    """A table whose rows begin with a name that somebody may have given."""
    lines = ((line(str(name)), tuple(str(cell) for cell in cells)) for name, *cells in rows)
    return Table(caption, tuple(heads), tuple(lines), is_wide)


def challenges(part: Challenges | None, each: str) -> Iterator[Figure]:
    """What came up, where it lies and when."""
    if part:
        places = table("Reflections by where a challenge lies", ("When", *PLACES.values()), part.over)
        kinds = table(
            "Kinds of challenge", ("What came up", "Reflections"), [(kind.name, kind.times) for kind in part.kinds]
        )
        said = (f"{part.in_words} One reflection can name more than one.", *([part.few] if part.is_few else []))
        yield Figure(said, part.plot, each, (places, kinds))


def strain(part: Strain | None) -> Iterator[Figure]:
    """Strain before and after."""
    if part:
        note = DOTS
        note += " A thin line joins the two answers of one reflection." if part.plot.joins else ""
        given = table("Strain before and after", ("When", "Before", "After"), part.over, is_wide=True)
        yield Figure((part.in_words, *([part.few] if part.is_few else [])), part.plot, note, (given,))


def values(part: Values | None) -> Iterator[Figure]:
    """Values lived and stepped on."""
    if part:
        rows = [(lettered(row.letter, row.name), row.lived, row.stepped_on) for row in part.rows]
        fared = table("How often each value was lived and stepped on", ("Value", "Lived", "Stepped on"), rows)
        yield Figure((part.in_words, *([part.few] if part.is_few else [])), part.plot, "", (fared,))


def closeness(part: Closeness | None) -> Iterator[Figure]:
    """How close values felt."""
    if part:
        rows = [(lettered(row.letter, row.name), row.answers, row.lowest, row.highest) for row in part.rows]
        said = table("How close values were, from 0 to 10", ("Value", "Answers", "Lowest", "Highest"), rows)
        given = table("Each answer", ("When", *(row.letter for row in part.rows)), part.over, is_wide=True)
        yield Figure((part.in_words,), part.plot, DOTS, (said, given))


def strategies(part: Strategies | None) -> Iterator[Figure]:
    """What was planned, done and found helpful."""
    if part:
        rows = [(lettered(row.letter, name_of(row)), row.planned, row.done, row.helped) for row in part.rows]
        tried = table("Strategies in plans", ("Strategy", "Planned", "Done", "Helped"), rows)
        note = "One plan can be looked back on more than once. “Helped” counts answers of 2 or more out of 4."
        yield Figure((part.in_words, *([part.few] if part.is_few else [])), part.plot, note, (tried,))


def name_of(row) -> str:
    """A strategy's name, or what stands for those that have none."""
    return row.name or ("Own strategies that were deleted" if row.is_own else "Plans in own words")


def lettered(letter: str, name: str) -> str:
    """A name with its letter in the plot."""
    return f"{letter}. {name}" if letter else name


def evidence_of(evidence: Evidence, keys: Iterable[str]) -> tuple[Section, ...]:
    """These sections of the evidence page: kinds of challenge, then week by week."""
    figures = {"kinds": kinds_of, "weeks": weeks_of}
    chosen = set(keys)
    return tuple(Section(title, (figures[key](evidence),)) for key, title in EVIDENCE_SECTIONS.items() if key in chosen)


def kinds_of(evidence: Evidence) -> Figure:
    """How often each kind came up, and what did so three times or more in four weeks."""
    heads = ("What came up", "Last 4 weeks", f"All {len(evidence.weeks)} weeks")
    rows = [(kind.name, kind.lately, kind.times) for kind in evidence.kinds]
    return Figure(patterns_of(evidence), None, "", (table("Reflections in which each kind came up", heads, rows),))


def weeks_of(evidence: Evidence) -> Figure:
    """Reflections in each week, and what came up in them."""
    rows = [
        (week.days, week.reflections, "; ".join(f"{kind.name}: {kind.times}" for kind in week.kinds))
        for week in evidence.weeks_with_some
    ]
    heads = ("Week", "Reflections", "What came up")
    weeks = table("Reflections in each week. Weeks that are not here have none.", heads, rows, is_wide=True)
    said = (evidence.plot.title, *([FEW] if evidence.is_few else []))
    return Figure(said, evidence.plot, "", (weeks,))


def patterns_of(evidence: Evidence) -> tuple[str, ...]:
    """What came up three times or more in four weeks."""
    return tuple(
        f"{pattern.category.name} came up in {pattern.times} reflections in the last 4 weeks."
        for pattern in evidence.patterns
    )
