"""The supervision pack: what its author shared with one supervisor and can still be read, the agenda first.

Its words are the snapshots that were shared, never the reflections they came from.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone

from apps.reports.content.checking import Asked, Holds, NotThere, Part, Text, number_of
from apps.reports.paper import line, maker, places, text_on_paper
from apps.reports.states import Tell, quietly
from apps.supervision.models import SharedSummary
from apps.supervision.snapshot import Snapshot

if TYPE_CHECKING:
    from apps.accounts.models import User


@dataclass(frozen=True)
class Shared:
    """One summary as it was shared."""

    pk: uuid.UUID
    kind: str
    shared_on: date
    until: date
    said: Snapshot

    @property
    def title(self) -> str:
        """What it is, and when it was shared."""
        return title_of(self.kind, self.shared_on)

    def on_paper(self) -> dict[str, Any]:
        """Ready for paper."""
        parts = [text_on_paper(part.label, part.text) for part in self.said.parts]
        return {"title": self.title, "until": self.until, "answers": parts}


@dataclass(frozen=True)
class PackContent:
    """What goes into it."""

    made_by: str
    reader: str
    summaries: tuple[Shared, ...]
    large: bool
    template: ClassVar[str] = "reports/print/pack.html"
    version: ClassVar[int] = 1
    is_long: ClassVar[bool] = False

    @property
    def holds(self) -> Holds:
        """The summaries in it."""
        return Holds(summaries=tuple(one.pk for one in self.summaries))

    def on_paper(self) -> dict[str, Any]:
        """What the template draws, every text ready for paper: both names are words too."""
        summaries = [one.on_paper() for one in self.summaries]
        names = {"maker": maker(self.made_by), "reader": line(f"For {self.reader}")}
        return names | {"summaries": summaries, "contents": places("summary", (one.title for one in self.summaries))}

    def parts(self) -> list[Part]:
        """Each summary and what it says by name."""
        return [
            Part(one.title, number_of(len(one.said.parts), "part"), tuple(part.label for part in one.said.parts))
            for one in self.summaries
        ]

    def texts(self) -> Iterator[Text]:
        """All that was shared."""
        for one in self.summaries:
            yield from ((f"{part.label} ({one.title})", part.text) for part in one.said.parts)


@dataclass(frozen=True)
class Offered:
    """A summary as it is offered for a pack."""

    pk: str
    title: str
    reader: str  # the id of who reads it
    reader_name: str
    discussed_on: date | None

    @property
    def hint(self) -> str:
        """Who reads it, and whether it was discussed."""
        shared_with = f"Shared with {self.reader_name}"
        return f"{shared_with}. Discussed on {self.discussed_on:%-d %B %Y}" if self.discussed_on else shared_with


def title_of(kind: str, shared_on: date) -> str:
    """What a summary is, and when it was shared: nothing of what it says."""
    return f"{kind}, shared on {shared_on:%-d %B %Y}"


def standing(author: "User", *, now: datetime) -> list[SharedSummary]:
    """What `author` shared and its reader can read at this moment: agendas first, then the newest first."""
    rows = SharedSummary.objects.owned_by(author).readable(now=now).newest_first()
    return sorted(rows, key=lambda row: not row.is_agenda)


def offered(author: "User", *, now: datetime) -> list[Offered]:
    """The summaries to choose from."""
    return [
        Offered(
            pk=str(row.pk),
            title=title_of(row.get_kind_display(), timezone.localdate(row.shared_at)),
            reader=str(row.link.supervisor_id),
            reader_name=str(row.link.supervisor),
            discussed_on=timezone.localdate(row.discussed_at) if row.discussed_at else None,
        )
        for row in standing(author, now=now)
    ]


def shared(row: SharedSummary) -> Shared:
    """A summary as plain values."""
    return Shared(row.pk, row.get_kind_display(), timezone.localdate(row.shared_at), row.expires_on, row.snapshot)


def gather(author: "User", asked: Asked, _tell: Tell = quietly) -> PackContent:
    """Everything the pack says: of what was chosen, what can still be read. Raises NotThere where none can."""
    rows = [row for row in standing(author, now=timezone.now()) if str(row.pk) in asked["summaries"]]
    if not rows or len({row.link.supervisor_id for row in rows}) > 1:
        raise NotThere
    return PackContent(str(author), str(rows[0].link.supervisor), tuple(shared(row) for row in rows), asked["large"])


def hold(author: "User", ids: tuple[uuid.UUID, ...]) -> bool:
    """Lock these summaries, so that none ends before the caller's transaction does; whether all can be read."""
    rows = SharedSummary.objects.owned_by(author).readable(now=timezone.now()).filter(pk__in=ids).without_words()
    return len(rows.select_for_update(of=("self",)).order_by("pk")) == len(ids) if ids else True


def title(_asked: Asked) -> str:
    """What its author knows it by."""
    return "Supervision pack"
