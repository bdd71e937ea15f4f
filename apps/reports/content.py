"""The gate to the journal: an author's own completed reflections, as plain frozen values."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from apps.journal.models import Reflection
from apps.journal.reading import Reading, read
from apps.reports.paper import on_paper

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST_CHOICES = 20  # reflections offered on "Make a report"; older ones have their own button


class NotThere(Exception):
    """No completed reflection of this author has this id."""


@dataclass(frozen=True)
class Content:
    """What goes into the report of one reflection. `version` is the reflection's: a later save makes another."""

    pk: uuid.UUID
    version: int
    made_by: str
    reading: Reading
    template: ClassVar[str] = "reports/print/reflection.html"

    def on_paper(self) -> dict[str, Any]:
        """What the template draws, every text ready for paper."""
        return {"parts": on_paper(self.reading)}


@dataclass(frozen=True)
class Choice:
    """A completed reflection, as it is offered for a report."""

    pk: uuid.UUID
    version: int
    created_at: datetime
    challenges: tuple[str, ...]


def gather(author: "User", reflection_id: uuid.UUID | None) -> Content:
    """Everything the report of one completed reflection says. Raises NotThere."""
    own = Reflection.objects.owned_by(author).completed().whole()
    found = own.filter(pk=reflection_id).first() if reflection_id else None
    if found is None:
        raise NotThere
    return Content(pk=found.pk, version=found.version, made_by=author.name, reading=read(found))


def choices(author: "User", *, also: uuid.UUID | None = None) -> list[Choice]:
    """The author's latest completed reflections, newest first, and `also` where it is an older one of them."""
    own = Reflection.objects.owned_by(author).completed().newest_first().prefetch_related("challenges")
    found = list(own[:MOST_CHOICES])
    if also and all(reflection.pk != also for reflection in found):
        found += own.filter(pk=also)
    return [Choice(row.pk, row.version, row.created_at, tuple(row.challenge_names())) for row in found]


def written_at(author: "User", reflection_ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, datetime]:
    """When each of these reflections was begun, as far as it is the author's."""
    rows = Reflection.objects.owned_by(author).filter(pk__in=[pk for pk in reflection_ids if pk])
    return dict(rows.values_list("pk", "created_at"))
