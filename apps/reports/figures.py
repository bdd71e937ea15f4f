"""Counts on paper: each part with its sentences, its plot and its tables, from the same frozen values as the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.insights import tables
from apps.insights.gather.evidence import Evidence
from apps.insights.parts import Challenges, Closeness, Insights, Strain, Strategies, Values
from apps.insights.plots import Plot
from apps.insights.tables import EVIDENCE_SECTIONS, SECTIONS
from apps.reports.paper import Line, line


@dataclass(frozen=True)
class Table:
    """Numbers: what they are of, the heads of the columns, and rows whose first cell names them."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Line, tuple[str, ...]], ...]
    is_wide: bool  # its cells hold words, not numbers


@dataclass(frozen=True)
class Figure:
    """A plot and its tables."""

    said: tuple[str, ...]
    plot: Plot | None
    note: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Section:
    """One section of counts."""

    title: str
    figures: tuple[Figure, ...]


def sections_of(insights: Insights, keys: Iterable[str]) -> tuple[Section, ...]:
    """The sections of these names that hold anything, in the order in which they are read."""
    drawn, chosen = tables.tables(insights), set(keys)
    return tuple(
        Section(title, (figure(getattr(insights, key), drawn[key].values()),))
        for key, title in SECTIONS.items()
        if key in chosen and key in drawn
    )


def figure(part: Challenges | Strain | Values | Closeness | Strategies, drawn: Iterable[tables.Table]) -> Figure:
    """One part of the insights."""
    return Figure(said(part), part.plot, part.note, tuple(map(on_paper, drawn)))


def said(part: Challenges | Strain | Values | Closeness | Strategies | Evidence) -> tuple[str, ...]:
    """What a part says of itself: one paragraph, or its first would stay behind when its plot needs a new page."""
    return (f"{part.in_words} {part.few}".strip(),)


def on_paper(table: tables.Table) -> Table:
    """A table whose rows begin with a name that somebody may have given, and lead nowhere."""
    rows = ((line(str(name)), tuple(map(str, cells))) for name, *cells in table.rows)
    return Table(table.caption, tuple(map(str, table.heads)), tuple(rows), is_wide=not table.numeric)


def evidence_of(evidence: Evidence, keys: Iterable[str]) -> tuple[Section, ...]:
    """These sections of the evidence page: kinds of challenge, then week by week."""
    drawn, chosen = tables.evidence_tables(evidence), set(keys)
    figures = {
        "kinds": Figure(patterns_of(evidence), None, "", (on_paper(drawn["kinds"]),)),
        "weeks": Figure(said(evidence), evidence.plot, "", (on_paper(drawn["weeks"]),)),
    }
    return tuple(Section(title, (figures[key],)) for key, title in EVIDENCE_SECTIONS.items() if key in chosen)


def patterns_of(evidence: Evidence) -> tuple[str, ...]:
    """What came up three times or more in four weeks."""
    return tuple(
        f"{pattern.category.name} came up in {pattern.times} reflections in the last 4 weeks."
        for pattern in evidence.patterns
    )
