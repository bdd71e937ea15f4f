"""What a reflection needs before it is complete, and what in it might point to a client."""

from collections.abc import Iterator
from dataclasses import dataclass

from apps.core import identifiers
from apps.journal.models import Reflection
from apps.journal.reading import Reading, read


@dataclass(frozen=True)
class Missing:
    """Something to do before completing, and the page and field where it is done."""

    message: str
    phase: str
    field: str


@dataclass(frozen=True)
class Found:
    """Something in the text that may identify a person, and the answer in which it stands."""

    phase: str
    field: str
    label: str
    quote: identifiers.Quote


class NotYet(Exception):
    """The reflection is not complete: `missing` is still to do, or the author has yet to look at `found`."""

    def __init__(self, missing: list[Missing], found: list[Found]):
        super().__init__(f"{len(missing)} missing, {len(found)} found")
        self.missing, self.found = missing, found


def hold_to(reflection: Reflection, *, looked: bool) -> None:
    """Raise NotYet unless everything is there, and what may identify somebody was `looked` at."""
    lacking, found = missing(reflection), [] if looked else found_in(read(reflection))
    if lacking or found:
        raise NotYet(lacking, found)


def missing(reflection: Reflection) -> list[Missing]:
    """What the three phases still need, in their order."""
    return [Missing(*needed) for needed in needs(reflection)]


def needs(reflection: Reflection) -> Iterator[tuple[str, str, str]]:
    """Each thing that is not there yet."""
    if not reflection.challenges.all():
        yield "Choose at least one kind of challenge", "challenge", "id_challenges_0"
    if not reflection.what_happened.strip():
        yield "Write what happened, in a sentence or two", "challenge", "id_what_happened"
    if not reflection.values.all():
        yield "Choose at least one value that this touches", "values", "id_values_0"
    plans = reflection.plans.all()
    if not plans:
        yield "Plan one thing you will do", "coping", "id_will-1"
    for plan in plans:
        which = "your plan" if len(plans) == 1 else f"plan {plan.number}"
        if not plan.when.strip():
            yield f"Say when you will do {which}", "coping", f"id_when-{plan.number}"
        if not plan.will.strip():
            yield f"Say what you will do in {which}", "coping", f"id_will-{plan.number}"


def found_in(reading: Reading) -> list[Found]:
    """What the identifier check points at. It only asks; it never changes a word."""
    return [
        Found(phase.key, row.key, row.label, quote)
        for phase in reading.phases
        for row in phase.rows
        for quote in identifiers.quotes(row.words)
    ]
