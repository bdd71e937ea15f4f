"""The nine families of the coping library: `content/families.toml`. The grouping is ours."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apps.core.reviewed import read

if TYPE_CHECKING:
    from apps.coping.models import Strategy

CONTENT = Path(__file__).parent / "content"
CHANGE_THE_SYSTEM = "change-the-system"


@dataclass(frozen=True)
class Family:
    """A shelf of the library."""

    id: str
    name: str
    summary: str


def read_families(path: Path = CONTENT / "families.toml") -> dict[str, Family]:
    """The families by id, in the order of the page. Raises ContentError."""
    file = read(path)
    tables = file.tables("family")
    families = [Family(id=t.text("id"), name=t.text("name"), summary=t.text("summary")) for t in tables]
    for table in (file, *tables):
        table.finish()
    return {family.id: family for family in families}


FAMILIES = read_families()


def by_family(strategies: Iterable["Strategy"]) -> list[tuple[Family, list["Strategy"]]]:
    """Published strategies on their shelves, in the order of the page; empty shelves are left out."""
    shelves: dict[str, list[Strategy]] = {family_id: [] for family_id in FAMILIES}
    for strategy in strategies:
        shelves[strategy.shown.family].append(strategy)
    return [(FAMILIES[family_id], shelf) for family_id, shelf in shelves.items() if shelf]
