"""Reads the reviewed text files that Keel's content lies in, and says which file and which key is wrong.

Content is TOML in the repository, so that a change to a sentence is reviewed like a change to code.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar


class ContentError(Exception):
    """A content file says something that cannot be used. The message names the file and the key."""


class HasId(Protocol):
    """Something that a content file knows by an id."""

    @property
    def id(self) -> str:
        """Its id, which never changes."""


Named = TypeVar("Named", bound=HasId)


class Table:
    """One table of a content file: gives its values by name and kind, and knows where it stands."""

    def __init__(self, values: dict[str, Any], where: str):
        self.values, self.where = values, where
        self.asked: set[str] = set()

    def wrong(self, key: str, expected: str) -> ContentError:
        """The error that says what is expected of `key`."""
        return ContentError(f"{self.where}: “{key}” should be {expected}")

    def get(self, key: str, kind: type, expected: str, default: Any = None) -> Any:
        """The value of `key`, which must be of `kind`; `default`, unless that is None, where it is missing."""
        self.asked.add(key)
        value = self.values.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(key, expected)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; never empty unless it may be missing."""
        value: str = self.get(key, str, "a text", default)
        if (default is None and not value.strip()) or value != value.strip():
            raise self.wrong(key, "a text, with no space at its ends")
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts; never empty unless it may be missing."""
        values = self.get(key, list, "a list of texts", None if default is None else list(default))
        if (default is None and not values) or not all(isinstance(value, str) and value.strip() for value in values):
            raise self.wrong(key, "a list of texts")
        if len(set(values)) < len(values):
            raise self.wrong(key, "a list in which nothing is said twice")
        return tuple(values)

    def one_of(self, key: str, choices: Any) -> str:
        """A text that is one of `choices`."""
        value = self.text(key)
        if value not in choices:
            raise self.wrong(key, f"one of {', '.join(choices)}, not {value}")
        return value

    def some_of(self, key: str, choices: Any, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts that are each one of `choices`."""
        values = self.texts(key, default)
        for value in values:
            if value not in choices:
                raise self.wrong(key, f"a list out of {', '.join(choices)}; {value} is not one of them")
        return values

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number from 1 upwards."""
        value: int = self.get(key, int, "a whole number", default)
        if value < 1:
            raise self.wrong(key, "a whole number from 1 upwards")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where it is missing."""
        return bool(self.get(key, bool, "true or false", False))

    def tables(self, key: str) -> list["Table"]:
        """The tables under `key`, of which there is at least one."""
        values = self.get(key, list, "a list of tables")
        if not values or not all(isinstance(value, dict) for value in values):
            raise self.wrong(key, "a list of tables")
        return [Table(value, f"{self.where}, {key} {number}") for number, value in enumerate(values, 1)]

    def finish(self) -> None:
        """Refuse keys that nobody asked for: a misspelt key would silently say nothing."""
        for key in self.values.keys() - self.asked:
            raise ContentError(f"{self.where}: “{key}” is not a key that is known here")


def read(path: Path) -> Table:
    """The content file at `path`. Raises ContentError where it is missing or not TOML."""
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{path.name}: {error}") from error


def read_by_id(path: Path, key: str, read_one: Callable[[Table], Named]) -> dict[str, Named]:
    """What `read_one` makes of each table under `key`, by its id, in the order of the file. Raises ContentError."""
    file = read(path)
    found = {one.id: one for one in map(read_one, file.tables(key))}
    file.finish()
    return found


@dataclass
class LoadReport:
    """What loading content into the database did, by name of each row."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)  # left alone, each with the reason

    def __str__(self) -> str:
        counts = f"{len(self.added)} added, {len(self.updated)} updated, {len(self.unchanged)} unchanged"
        return f"{counts}, {len(self.differing)} differing"
