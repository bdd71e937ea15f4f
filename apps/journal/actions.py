"""What changes several rows of the journal."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction

from apps.journal.completing import hold_to
from apps.journal.models import FollowUp, Plan, Reflection

if TYPE_CHECKING:
    from apps.accounts.models import User


class Answers(Protocol):
    """What was typed into a page of some phases: what a phase's form is to an action."""

    phases: tuple[str, ...]

    def write_to(self, reflection: Reflection, *, finished: bool) -> None:
        """Put it into the locked `reflection`."""


def start_reflection(*, by: "User", kind: str, start_key: uuid.UUID) -> Reflection:
    """The draft begun with `start_key`: made once, however often the button is pressed."""
    reflection, _ = Reflection.objects.owned_by(by).get_or_create(
        start_key=start_key, defaults={"author": by, "kind": kind}
    )
    return reflection


@transaction.atomic
def delete_reflection(*, by: "User", pk: uuid.UUID) -> None:
    """Delete a reflection of `by` for good, with all that belongs to it; nothing is left to do where it is gone.

    It is locked first: what is made of it at this moment is there before, and goes too, or comes too late to be kept.
    """
    for reflection in Reflection.objects.owned_by(by).select_for_update().filter(pk=pk):
        reflection.delete()


@transaction.atomic
def save_phase(*, by: "User", pk: uuid.UUID, answers: Answers, against: int, finished: bool) -> Reflection:
    """Keep what a phase's page holds, as a save made against version `against`.

    `finished` is False for an autosave, which leaves half-typed things as they are. A completed reflection becomes a
    draft again: another tab may still hold words of it. Raises OutOfDate, and then nothing is written.
    """
    reflection = Reflection.objects.owned_by(by).select_for_update().get(pk=pk)
    reflection.count_save(answers.phases, against=against)
    answers.write_to(reflection, finished=finished)
    reflection.completed_at = None
    reflection.save()
    return reflection


@transaction.atomic
def complete_reflection(*, by: "User", pk: uuid.UUID, seen: int, looked: bool) -> Reflection:
    """Keep a reflection as finished, if it is still at the version its author has `seen` whole.

    `looked` says that the author has looked at what may identify somebody. Raises NotYet if something is missing or
    unlooked at, OutOfDate if it was saved since, WrongState if it is complete already.
    """
    reflection = Reflection.objects.owned_by(by).whole().select_for_update().get(pk=pk)
    if reflection.is_draft:
        hold_to(reflection, looked=looked)
    reflection.complete(seen=seen)
    return reflection


@transaction.atomic
def look_back(
    *, by: "User", pk: uuid.UUID, number: int, answer: dict[str, Any], next_step: dict[str, Any], today: date
) -> Plan:
    """Keep answer `number` to the plan `pk` of a completed reflection, and let the plan stay, change or go.

    `answer` is what a FollowUp says (did, helped, note, then); `next_step` is the plan's words and the choice of a day
    from `today`, a local date. It counts as a save of the coping phase: an older page of that phase would undo it.
    Raises OutOfDate if the plan was looked back on since, and then nothing is written.
    """
    own = Reflection.objects.owned_by(by).completed().select_for_update(of=("self",))
    reflection = own.get(plans=pk)
    plan = reflection.plans.with_strategy().get(pk=pk)
    kept = plan.answer(number=number, **answer)
    match kept.then:
        case FollowUp.Then.KEEP:
            plan.keep(look_back=next_step["look_back"], today=today)
        case FollowUp.Then.CHANGE:
            plan.change(**next_step, today=today)
        case _:
            plan.drop(at=kept.answered_at)
    reflection.count_save(("coping",), against=reflection.version)
    reflection.save(update_fields=["version", "coping_version", "saved_at"])
    return plan
