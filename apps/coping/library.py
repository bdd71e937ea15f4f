"""Reads the coping library's reviewed text files: strengths, and one file for each strategy."""

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from apps.coping.families import CONTENT, FAMILIES
from apps.core.challenges import CATEGORIES, EXAMPLES
from apps.core.reviewed import ContentError, Table, read
from apps.core.sources import SOURCES

STRATEGIES_FOLDER = CONTENT / "strategies"
ALL = "all"  # among what a strategy fits: any challenge


FIELD_NAMES = {  # as people call what a strategy says
    "name": "name",
    "summary": "one line",
    "family": "family",
    "minutes": "minutes",
    "minutes_max": "minutes at most",
    "minutes_for": "what the minutes are for",
    "fits": "challenges it fits",
    "answers": "examples it answers best",
    "urgent": "whether it comes first where there may be a risk now",
    "steps": "steps",
    "caution": "caution",
    "sources": "sources",
    "strength": "how much it rests on",
}


@dataclass(frozen=True)
class Strength:
    """How much a strategy rests on, in plain words."""

    id: str
    name: str
    meaning: str


@dataclass(frozen=True)
class StrategyContent:
    """What a version of a strategy says. Its fields are StrategyVersion's."""

    name: str
    summary: str
    family: str
    minutes: int
    minutes_max: int  # as `minutes` where it takes one length of time
    minutes_for: str  # such as "to prepare"; mostly empty
    fits: list[str]  # category ids, or "all", or "all" with those it fits best
    answers: list[str]  # keys of the examples it answers best
    urgent: bool  # comes first where it answers an example that may be a live risk
    steps: list[str]
    caution: str
    sources: list[dict[str, str]]  # each with a source's key and what that says
    strength: str

    def as_fields(self) -> dict[str, Any]:
        """What it says, by field."""
        return asdict(self)

    def differing_from(self, other: "StrategyContent") -> list[str]:
        """The fields in which the two differ."""
        return [field.name for field in fields(self) if getattr(self, field.name) != getattr(other, field.name)]


@dataclass(frozen=True)
class StrategyFile:
    """A strategy as its file has it."""

    code: str
    slug: str
    content: StrategyContent


def read_strengths(path: Path = CONTENT / "strengths.toml") -> dict[str, Strength]:
    """The scale of strengths by id, firmest ground first. Raises ContentError."""
    file = read(path)
    tables = file.tables("strength")
    strengths = [Strength(id=t.text("id"), name=t.text("name"), meaning=t.text("meaning")) for t in tables]
    for table in (file, *tables):
        table.finish()
    return {strength.id: strength for strength in strengths}


STRENGTHS = read_strengths()


def read_strategies(folder: Path = STRATEGIES_FOLDER) -> list[StrategyFile]:
    """Every strategy that has a file, by code. Raises ContentError."""
    files = [read_strategy(path) for path in sorted(folder.glob("*.toml"))]
    for name in ("code", "slug"):
        values = [getattr(file, name) for file in files]
        for value in values:
            if values.count(value) > 1:
                raise ContentError(f"{folder.name}: two files have the {name} “{value}”")
    return files


def read_strategy(path: Path) -> StrategyFile:
    """One strategy. Raises ContentError."""
    table = read(path)
    strategy = StrategyFile(code=table.text("code"), slug=table.text("slug"), content=read_content(table))
    table.finish()
    if path.stem != f"{strategy.code.lower()}-{strategy.slug}":
        raise table.wrong("slug", "the file’s name without its code")
    return strategy


def read_content(table: Table) -> StrategyContent:
    """What a strategy says. Raises ContentError."""
    minutes = table.number("minutes")
    content = StrategyContent(
        name=table.text("name"),
        summary=table.text("summary"),
        family=table.one_of("family", FAMILIES),
        minutes=minutes,
        minutes_max=table.number("minutes_max", minutes),
        minutes_for=table.text("minutes_for", ""),
        fits=list(table.some_of("fits", (ALL, *CATEGORIES))),
        answers=list(table.some_of("answers", EXAMPLES, ())),
        urgent=table.flag("urgent"),
        steps=list(table.texts("steps")),
        caution=table.text("caution", ""),
        sources=[read_citation(citation) for citation in table.tables("sources")],
        strength=table.one_of("strength", STRENGTHS),
    )
    if content.minutes_max < minutes:
        raise table.wrong("minutes_max", "no less than “minutes”")
    return content


def read_citation(table: Table) -> dict[str, str]:
    """A source's key, and what it says for this strategy. Raises ContentError."""
    citation = {"key": table.one_of("key", SOURCES), "says": table.text("says")}
    table.finish()
    return citation
