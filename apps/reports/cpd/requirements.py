"""What registers ask of those on them each year: `requirements.toml`. Keel counts against it and judges nobody."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from apps.core.reviewed import Table, read_by_id
from apps.core.sources import SOURCES, Source

REQUIREMENTS_FILE = Path(__file__).with_name("requirements.toml")


@dataclass(frozen=True)
class Body:
    """One register, and what it asks a year. `hours` is 0 where it asks for no number of them."""

    id: str
    name: str
    activities: int
    linked: int
    hours: int
    noted_on: date
    source: Source
    check: str


def read_bodies(path: Path = REQUIREMENTS_FILE) -> dict[str, Body]:
    """Every register by its id, in the order of the file. Raises ContentError."""
    return read_by_id(path, "body", read_body)


def read_body(table: Table) -> Body:
    """One register. Raises ContentError."""
    body = Body(
        id=table.text("id"),
        name=table.text("name"),
        activities=table.number("activities"),
        linked=table.number("linked"),
        hours=table.get("hours", int, "a whole number", 0),
        noted_on=table.get("noted_on", date, "a day, such as 2026-11-26"),
        source=SOURCES[table.one_of("source", SOURCES)],
        check=table.text("check"),
    )
    if not body.source.link:
        raise table.wrong("source", "a source with a link")
    if body.linked > body.activities:
        raise table.wrong("linked", "no more than “activities”")
    table.finish()
    return body


BODIES = read_bodies()


def in_words(activities: int, linked: int, body: Body | None) -> str:
    """A year's counts as one line, against what `body` asks where one was chosen."""
    if body is None:
        return f"{activities} {'activity' if activities == 1 else 'activities'}, {linked} linked to CBT"
    return f"{against(activities, body.activities)} activities, {against(linked, body.linked)} linked to CBT"


def against(number: int, asked: int) -> str:
    """So many of those asked for; "7 of 5" would read like a mistake."""
    return f"{number} of {asked}" if number <= asked else f"{number} (they ask for {asked})"
