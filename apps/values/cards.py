"""Reads the value cards' reviewed text file: `content/values.toml`."""

from dataclasses import dataclass
from pathlib import Path

from apps.core.reviewed import ContentError, read
from apps.core.sources import SOURCES

VALUES_FILE = Path(__file__).parent / "content" / "values.toml"


@dataclass(frozen=True)
class CardFile:
    """A library card as the file has it. `position` is its place on the page, from 1."""

    code: str
    name: str
    summary: str
    sources: tuple[str, ...]
    position: int


def read_values(path: Path = VALUES_FILE) -> list[CardFile]:
    """The library's cards in the order of the page. Raises ContentError."""
    file = read(path)
    cards = []
    for position, table in enumerate(file.tables("value"), 1):
        cards.append(
            CardFile(
                code=table.text("id"),
                name=table.text("name"),
                summary=table.text("summary"),
                sources=table.some_of("sources", SOURCES),
                position=position,
            )
        )
        table.finish()
    file.finish()
    if len({card.code for card in cards}) < len(cards):
        raise ContentError(f"{path.name}: two cards have the same id")
    return cards
