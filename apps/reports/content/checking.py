"""What its author sees of a report before it is made: what will be in it, and what may identify somebody."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from django.utils.crypto import salted_hmac

from apps.core import identifiers

if TYPE_CHECKING:
    from apps.accounts.models import User

Asked = dict[str, Any]  # what somebody chose for a report: words of JSON alone
Text = tuple[str, str]  # where it stands, and what it says
MOST_SHOWN = 200  # places where something may identify somebody; more say the same: look through all of it


class NotThere(Exception):
    """What was asked for is not there, or not this person's."""


class SourceGone(Exception):
    """Something was deleted while a report of it was drawn."""


@dataclass(frozen=True)
class Holds:
    """Whose words a report holds, by their ids: what is deleted, or ends, takes the report along."""

    reflections: tuple[uuid.UUID, ...] = ()
    statements: tuple[uuid.UUID, ...] = ()
    summaries: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True)
class Part:
    """One part of a report to come: its title, how much it holds, and what is in it by name."""

    title: str
    holds: str = ""
    names: tuple[str, ...] = ()


class Chosen(Protocol):
    """What the gate of one kind gives: frozen values for its pages, and what its author sees of them before."""

    template: ClassVar[str]
    version: ClassVar[int]
    is_long: ClassVar[bool]

    @property
    def large(self) -> bool:
        """Whether it is drawn in large print."""

    @property
    def holds(self) -> Holds:
        """The author's own things whose words are in it."""

    def on_paper(self) -> dict[str, Any]:
        """What the template draws, every text ready for paper."""

    def parts(self) -> list[Part]:
        """What will be in it."""

    def texts(self) -> Iterator[Text]:
        """The texts in it that somebody wrote."""


@dataclass(frozen=True)
class Found:
    """Something that may identify somebody, and the text it stands in."""

    where: str
    quote: identifiers.Quote


@dataclass(frozen=True)
class Findings:
    """What the identifier check found: every place, unless there are very many."""

    shown: tuple[Found, ...]
    are_all: bool


def findings(texts: Iterable[Text]) -> Findings:
    """What may identify somebody in these texts. From some number on nobody looks: the rest would say the same."""
    shown: list[Found] = []
    for where, text in texts:
        shown += [Found(where, identifiers.quote(text, one)) for one in identifiers.find(text)]
        if len(shown) > MOST_SHOWN:
            return Findings(tuple(shown[:MOST_SHOWN]), are_all=False)
    return Findings(tuple(shown), are_all=True)


def fingerprint(author: "User", said: Chosen) -> str:
    """The same for the same words, choices and person, and for nothing else. Only the service's own key makes it."""
    return salted_hmac("apps.reports", f"{author.pk} {said!r}", algorithm="sha256").hexdigest()


def number_of(number: int, one: str) -> str:
    """So many of them."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
