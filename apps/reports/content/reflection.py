"""An author's own completed reflections, as plain frozen values."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone
from django.utils.formats import date_format

from apps.journal.models import Reflection
from apps.journal.models.reflection import ReflectionQuerySet
from apps.journal.patterns import start_of
from apps.journal.reading import Phase, Reading, read
from apps.reports.content.checking import NotThere, Text
from apps.reports.paper import on_paper
from apps.reports.states import Tell, quietly

if TYPE_CHECKING:
    from apps.accounts.models import User

TOLD_EVERY = 10  # reflections
MOST_CHOICES = 20  # reflections offered on "Make a report"; older ones have their own button
MOST_OFFERED = 150  # of one time


@dataclass(frozen=True)
class Content:
    """What goes into the report of one reflection. `version` is the reflection's: a later save makes another."""

    pk: uuid.UUID
    version: int
    made_by: str
    reading: Reading
    large: bool = False
    template: ClassVar[str] = "reports/print/reflection.html"
    is_long: ClassVar[bool] = False

    def on_paper(self) -> dict[str, Any]:
        """What the template draws, every text ready for paper."""
        return {"parts": on_paper(self.reading)}

    def texts(self) -> Iterator[Text]:
        """What its author wrote, rather than chose."""
        yield from texts_of(self.reading)


@dataclass(frozen=True)
class Written:
    """One reflection among others in a report."""

    pk: uuid.UUID
    version: int
    reading: Reading

    @property
    def title(self) -> str:
        """What its author knows it by."""
        return f"Reflection of {when(self.reading.created_at)}"

    def on_paper(self, phases: Collection[str]) -> dict[str, Any]:
        """These phases of it, ready for paper."""
        chosen = tuple(phase for phase in self.reading.phases if phase.key in phases)
        return {"title": self.title, "reading": self.reading, "parts": on_paper(replace(self.reading, phases=chosen))}


@dataclass(frozen=True)
class Choice:
    """A completed reflection, as it is offered for a report."""

    pk: uuid.UUID
    created_at: datetime
    challenges: tuple[str, ...]


def gather(
    author: "User", reflection_id: uuid.UUID | None, *, phases: Collection[str] = (), large: bool = False
) -> Content:
    """Everything the report of one completed reflection says, or of these phases of it. Raises NotThere."""
    own = Reflection.objects.owned_by(author).completed().whole()
    found = own.filter(pk=reflection_id).first() if reflection_id else None
    if found is None:
        raise NotThere
    reading = read(found)
    if phases:
        reading = replace(reading, phases=tuple(phase for phase in reading.phases if phase.key in phases))
    return Content(found.pk, found.version, author.name, reading, large)


def completed_in(author: "User", first: date | None, last: date | None) -> ReflectionQuerySet:
    """The author's completed reflections begun from the local day `first` to `last`; None is no bound."""
    own = Reflection.objects.owned_by(author).completed()
    own = own.filter(created_at__gte=start_of(first)) if first else own
    return own.filter(created_at__lt=start_of(last + timedelta(days=1))) if last else own


def written(rows: ReflectionQuerySet, tell: Tell = quietly) -> tuple[Written, ...]:
    """These reflections whole, the oldest first: they are read as a story. `tell` hears of every ten."""
    whole = rows.whole().order_by("created_at", "id")
    made: list[Written] = []
    for row in whole:
        made.append(Written(row.pk, row.version, read(row)))
        if len(made) % TOLD_EVERY == 0:
            tell(len(made), len(whole))
    return tuple(made)


def texts_of(reading: Reading, phases: Collection[Phase] | None = None) -> Iterator[Text]:
    """The texts that its author wrote in these phases, or in all, each with the question it answers."""
    for phase in reading.phases if phases is None else phases:
        for row in phase.rows:
            if row.words:
                yield f"{row.label} ({when(reading.created_at)})", row.words
            if row.looked_back:
                yield f"{row.label}, looked back on ({when(reading.created_at)})", row.looked_back


def when(moment: datetime) -> str:
    """The local day and time, in words."""
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def hold(author: "User", ids: Collection[uuid.UUID]) -> bool:
    """Whether all of these reflections are still the author's; they are locked until the transaction ends."""
    own = Reflection.objects.owned_by(author).filter(pk__in=ids).order_by("pk")
    return len(own.select_for_update(no_key=True).values_list("pk")) == len(ids)


def choices(author: "User", *, also: uuid.UUID | None = None) -> list[Choice]:
    """The author's latest completed reflections, newest first, and `also` where it is an older one of them."""
    own = Reflection.objects.owned_by(author).completed()
    found = offered(own)
    if also and all(choice.pk != also for choice in found):
        found += offered(own.filter(pk=also))
    return found


def offered(rows: ReflectionQuerySet, most: int = MOST_CHOICES) -> list[Choice]:
    """The latest of these, newest first."""
    latest = rows.newest_first().prefetch_related("challenges")[:most]
    return [Choice(row.pk, row.created_at, tuple(row.challenge_names())) for row in latest]


def written_at(author: "User", reflection_ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, datetime]:
    """When each of these reflections was begun, as far as it is the author's."""
    rows = Reflection.objects.owned_by(author).filter(pk__in=[pk for pk in reflection_ids if pk])
    return dict(rows.values_list("pk", "created_at"))
