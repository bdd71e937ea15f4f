"""Where Keel's content comes from, and how far we read it: `content/sources.toml`."""

from dataclasses import dataclass
from pathlib import Path

from apps.core.reviewed import Table, read

SOURCES_FILE = Path(__file__).parent / "content" / "sources.toml"
KINDS = (
    "account",
    "book",
    "commentary",
    "guidance",
    "interviews",
    "ours",
    "practice",
    "review",
    "study",
    "survey",
    "trial",
)
NOT_READ = ("ours", "practice")  # sources that are no text


@dataclass(frozen=True)
class Source:
    """Something that content rests on. `link` is empty where no address is certain."""

    key: str
    cite: str
    kind: str
    reading: str
    link: str


def read_sources(path: Path = SOURCES_FILE) -> dict[str, Source]:
    """Every source by its key. Raises ContentError."""
    file = read(path)
    return {key: read_source(key, Table(file.get(key, dict, "a table"), f"{path.name}, {key}")) for key in file.values}


def read_source(key: str, table: Table) -> Source:
    """One source. Raises ContentError."""
    source = Source(
        key=key,
        cite=table.text("cite"),
        kind=table.one_of("kind", KINDS),
        reading=table.text("reading", "" if key in NOT_READ else None),
        link=table.text("link", ""),
    )
    if source.link and not source.link.startswith("https://"):
        raise table.wrong("link", "an address that begins with https://")
    table.finish()
    return source


SOURCES = read_sources()
