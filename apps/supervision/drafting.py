"""The gate to the journal: what a summary can be made of, out of an author's own completed reflections."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from apps.journal.models import HELPED_FROM, Plan, Reflection, ReflectionQuerySet
from apps.journal.patterns import start_of
from apps.journal.reading import read
from apps.supervision.counting import COUNTS, Counted, counts_of
from apps.supervision.snapshot import Part

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST_CHOICES = 20  # reflections offered to choose from; an older one has its own button
MOST_IN_PERIOD = 50  # reflections of a period offered to choose from
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
ONE, ITEM = "reflection", "item"  # with a number behind: one of several reflections, and an item of an agenda
MARKS: dict[str, str] = {  # the supervision that a reflection can be marked for
    Reflection.Supervision.CASE_MANAGEMENT: "case management",
    Reflection.Supervision.CLINICAL_SKILLS: "clinical skills",
}
SAYS_WHICH = ("strain", "reading")  # parts whose lines need their questions beside them


class NotThere(Exception):
    """No completed reflection of this author has this id."""


@dataclass(frozen=True)
class Material:
    """What a summary can be made of: the parts that say anything, and each reflection's id and version behind them."""

    sources: tuple[tuple[uuid.UUID, int], ...]
    parts: tuple[Part, ...]

    def only(self, keys: Collection[str]) -> "Material":
        """With these parts of it and no others."""
        return Material(self.sources, tuple(part for part in self.parts if part.key in keys))


@dataclass(frozen=True)
class Choice:
    """A completed reflection, as it is offered for a summary. `supervision`: which kind it is marked for, if any."""

    pk: uuid.UUID
    created_at: datetime
    challenges: tuple[str, ...]
    supervision: str


def gather(author: "User", reflection_id: uuid.UUID | None) -> Material:
    """Everything that could be shared of one completed reflection. Raises NotThere."""
    (found,) = whole(author, [reflection_id] if reflection_id else [None])
    return Material(((found.pk, found.version),), tuple(parts_of(found)))


def gather_period(
    author: "User",
    ids: Sequence[uuid.UUID],
    *,
    parts: Collection[str],
    counts: Collection[str],
    first: date,
    last: date,
) -> Material:
    """These counts of all that was completed from the local day `first` to `last`, and these parts of some of it.

    Raises NotThere.
    """
    chosen = whole(author, ids)
    counted = counts_of(counted_in(author, first, last), weeks=(last - first).days // 7 + 1) if counts else ()
    texts = [
        Part(f"{ONE}-{number}", f"Reflection {number}", in_one(row, parts)) for number, row in enumerate(chosen, 1)
    ]
    sources = tuple((row.pk, row.version) for row in chosen)
    return Material(sources, (*(part for part in counted if part.key in counts), *texts))


def gather_agenda(author: "User", ids: Sequence[uuid.UUID]) -> Material:
    """An agenda of these reflections in this order, each with its kinds of challenge to go on from. Raises NotThere."""
    chosen = whole(author, ids)
    items = [
        Part(f"{ITEM}-{number}", f"Item {number}: {mark_of(row)}", "\n".join(row.challenge_names()))
        for number, row in enumerate(chosen, 1)
    ]
    return Material(tuple((row.pk, row.version) for row in chosen), tuple(items))


def whole(author: "User", ids: Sequence[uuid.UUID | None]) -> list[Reflection]:
    """The author's own completed reflections with these ids, in their order. Raises NotThere if one is not."""
    own = Reflection.objects.owned_by(author).completed().whole()
    found = {row.pk: row for row in own.filter(pk__in=[pk for pk in ids if pk])}
    if not all(pk in found for pk in ids):
        raise NotThere
    return [found[pk] for pk in ids if pk]


def in_one(reflection: Reflection, keys: Collection[str]) -> str:
    """These parts of a reflection as one text, each under its name."""
    return "\n\n".join(f"{part.label}\n{part.text}" for part in parts_of(reflection) if part.key in keys)


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
    own = Reflection.objects.owned_by(author).completed()
    found = offered(own, MOST_CHOICES)
    if also and all(choice.pk != also for choice in found):
        found += offered(own.filter(pk=also), 1)
    return found


def choices_of_period(author: "User", *, first: date, last: date) -> list[Choice]:
    """The author's latest completed reflections from the local day `first` to `last`, newest first."""
    return offered(within(author, first, last), MOST_IN_PERIOD)


def choices_for_agenda(author: "User", *, without: Collection[uuid.UUID]) -> list[Choice]:
    """The author's latest reflections marked for supervision, newest first, `without` these."""
    marked = Reflection.objects.owned_by(author).completed().filter(supervision__in=MARKS)
    return offered(marked.exclude(pk__in=without), MOST_CHOICES)


def offered(reflections: ReflectionQuerySet, most: int) -> list[Choice]:
    """The newest of these as choices, with no word of theirs."""
    found = reflections.newest_first().prefetch_related("challenges")[:most]
    return [Choice(row.pk, row.created_at, tuple(row.challenge_names()), mark_of(row)) for row in found]


def mark_of(reflection: Reflection) -> str:
    """The supervision that a reflection is marked for, in words; nothing for none."""
    return MARKS.get(reflection.supervision, "")


def within(author: "User", first: date, last: date) -> ReflectionQuerySet:
    """The author's completed reflections that were begun from the local day `first` to `last`."""
    since, until = start_of(first), start_of(last + timedelta(days=1))
    return Reflection.objects.owned_by(author).completed().filter(created_at__gte=since, created_at__lt=until)


def counted_in(author: "User", first: date, last: date) -> list[Counted]:
    """What counts of each of the author's reflections in these local days."""
    return [counted(row) for row in within(author, first, last).whole()]


def counted(reflection: Reflection) -> Counted:
    """What counts of a reflection: no text of it but the names of values and strategies."""
    answers = [(plan.strategy_name, list(plan.follow_ups.all())) for plan in reflection.plans.all()]
    categories, examples = reflection.challenge_keys()
    return Counted(
        categories=frozenset(categories),
        examples=frozenset(examples),
        values=tuple((row.card.name, row.lived, row.stepped_on) for row in reflection.values.all()),
        plans=tuple(
            (name, said[-1].did if said else "", any((one.helped or 0) >= HELPED_FROM for one in said))
            for name, said in answers
        ),
    )


def changed_since(author: "User", made_from: dict[uuid.UUID, int]) -> set[uuid.UUID]:
    """Which of these reflections are not at the version they had then, or are gone."""
    rows = Reflection.objects.owned_by(author).filter(pk__in=made_from).values_list("pk", "version")
    now = dict(rows)
    return {pk for pk, version in made_from.items() if now.get(pk) != version}


def label_of(key: str) -> str:
    """What the part with this name is called."""
    kind, _, number = key.partition("-")
    if number:
        return f"Item {number}" if kind == ITEM else f"Reflection {number}"
    return ASK.label if key == ASK.key else COUNTS.get(key) or PARTS[key][0]
