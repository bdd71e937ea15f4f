"""The gate to the journal: what a summary can be made of, out of an author's own completed reflections."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from apps.journal.models import Plan, Reflection
from apps.journal.reading import read
from apps.supervision.snapshot import Part

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST_CHOICES = 20  # reflections offered to choose from; an older one has its own button
PARTS = {  # what each part of a summary is called, and the beginnings of the questions it is made of
    "challenges": ("Kind of challenge", ("id_challenges",)),
    "what_happened": ("What happened", ("id_what_happened",)),
    "noticed": ("What I noticed in myself", ("id_feelings", "id_noticed")),
    "strain": ("Strain", ("id_strain",)),
    "values": ("Values it touched", ("id_values",)),
    "why": ("Why it matters to me", ("id_why_it_matters",)),
    "reading": ("How I see it now", ("id_see_it_now", "id_appraisal")),
    "helped": ("What already helped", ("id_already_helped",)),
    "plans": ("What I plan to do", ()),
    "take_forward": ("What I take forward", ("id_take_forward",)),
}
ASK = Part("ask", "What I would like from supervision", "")  # written for its reader: no reflection holds it
SAYS_WHICH = ("strain", "reading")  # parts whose lines need their questions beside them


class NotThere(Exception):
    """No completed reflection of this author has this id."""


@dataclass(frozen=True)
class Material:
    """What a summary of one reflection can be made of: the parts that say anything."""

    pk: uuid.UUID
    version: int
    created_at: datetime
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Choice:
    """A completed reflection, as it is offered for a summary."""

    pk: uuid.UUID
    created_at: datetime
    challenges: tuple[str, ...]


def gather(author: "User", reflection_id: uuid.UUID | None) -> Material:
    """Everything that could be shared of one completed reflection. Raises NotThere."""
    own = Reflection.objects.owned_by(author).completed().whole()
    found = own.filter(pk=reflection_id).first() if reflection_id else None
    if found is None:
        raise NotThere
    return Material(found.pk, found.version, found.created_at, tuple(parts_of(found)))


def parts_of(reflection: Reflection) -> Iterator[Part]:
    """The parts in their order, each with what was answered, left out where that is nothing."""
    rows = [row for phase in read(reflection).phases for row in phase.rows]
    for key, (label, beginnings) in PARTS.items():
        mine = [row for row in rows if row.key.startswith(beginnings)]
        texts = ["\n".join(row.lines) for row in mine]
        if key in SAYS_WHICH:
            texts = [f"{row.label}: {text}" for row, text in zip(mine, texts, strict=True)]
        if key == "plans":
            texts = [line for plan in reflection.plans.all() for line in plan_lines(plan)]
        if texts:
            yield Part(key, label, "\n".join(texts))


def plan_lines(plan: Plan) -> Iterator[str]:
    """A plan and what came of it, without the days, which say nothing to its reader and could say who was seen when."""
    yield plan.in_words()
    for follow_up in plan.follow_ups.all():
        yield f"Looked back: {follow_up.in_words()}"
        if follow_up.note:
            yield follow_up.note


def choices(author: "User", *, also: uuid.UUID | None = None) -> list[Choice]:
    """The author's latest completed reflections, newest first, and `also` where it is an older one of them."""
    own = Reflection.objects.owned_by(author).completed().newest_first().prefetch_related("challenges")
    found = list(own[:MOST_CHOICES])
    if also and all(reflection.pk != also for reflection in found):
        found += own.filter(pk=also)
    return [Choice(row.pk, row.created_at, tuple(row.challenge_names())) for row in found]


def changed_since(author: "User", made_from: dict[uuid.UUID, int]) -> set[uuid.UUID]:
    """Which of these reflections are not at the version they had then, or are gone."""
    rows = Reflection.objects.owned_by(author).filter(pk__in=made_from).values_list("pk", "version")
    now = dict(rows)
    return {pk for pk, version in made_from.items() if now.get(pk) != version}


def label_of(key: str) -> str:
    """What the part with this name is called."""
    return ASK.label if key == ASK.key else PARTS[key][0]
