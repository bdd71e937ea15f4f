"""What a summary says, as plain frozen values, and as the one sealed text that keeps them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.core import identifiers


@dataclass(frozen=True)
class Part:
    """One part of a summary: its name, its title, and its text for this reader."""

    key: str
    label: str
    text: str

    @property
    def position(self) -> int:
        """Which of several it is, from 1; 0 where there is one alone."""
        return int(self.key.partition("-")[2] or 0)


@dataclass(frozen=True)
class Found:
    """Something in a part that may identify somebody, at each place; `decided`: the author says that it does not."""

    mark: str  # what stands for it in a form: the same words in the same part are decided once
    label: str
    quotes: tuple[identifiers.Quote, ...]
    decided: bool

    @property
    def what(self) -> str:
        """What it may be."""
        return self.quotes[0].what

    @property
    def words(self) -> str:
        """The words as written."""
        return self.quotes[0].words


@dataclass(frozen=True)
class Snapshot:
    """The parts of a summary, and which of the identifiers found in them its author said identify nobody."""

    parts: tuple[Part, ...]
    decided: frozenset[str] = field(default_factory=frozenset)

    def said(self) -> "Snapshot":
        """As it is shared: the parts that say anything, and nothing about how it was written."""
        return Snapshot(tuple(part for part in self.parts if part.text.strip()))

    def found(self) -> list[Found]:
        """What the identifier check points at, the same words of a part together."""
        return [finding for part in self.parts for finding in self._found_in(part)]

    def undecided(self) -> list[Found]:
        """What the author has yet to change, or to say that it identifies nobody."""
        return [finding for finding in self.found() if not finding.decided]

    def _found_in(self, part: Part) -> Iterable[Found]:
        together: dict[str, list[identifiers.Quote]] = {}
        for quote in identifiers.quotes(part.text):
            together.setdefault(f"{part.key}:{quote.words}", []).append(quote)
        for mark, quotes in together.items():
            yield Found(mark, part.label, tuple(quotes), mark in self.decided)

    def as_text(self) -> str:
        """The one text that is sealed."""
        parts = [[part.key, part.label, part.text] for part in self.parts]
        return json.dumps({"parts": parts, "decided": sorted(self.decided)}, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Snapshot":
        """What `as_text` kept; nothing where its words were erased."""
        kept = json.loads(text) if text else {"parts": [], "decided": []}
        return cls(tuple(Part(*part) for part in kept["parts"]), frozenset(kept["decided"]))
