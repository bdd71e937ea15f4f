"""The gate from a reflection to a CPD statement: what its author learned and did, and never what happened."""

import uuid
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from apps.journal.models import FollowUp, Plan, Reflection
from apps.reports.content import NotThere

if TYPE_CHECKING:
    from apps.accounts.models import User

DONE = (FollowUp.Did.YES, FollowUp.Did.PARTLY)


def begin_from(author: "User", reflection_id: uuid.UUID | None) -> dict[str, Any]:
    """What a statement may begin with, from one completed reflection of the author's. Raises NotThere."""
    own = Reflection.objects.owned_by(author).completed().whole()
    found = own.filter(pk=reflection_id).first() if reflection_id else None
    if found is None:
        raise NotThere
    plans = list(found.plans.all())
    done = [plan for plan in plans if was_done(plan)]
    return {
        "done_on": timezone.localdate(found.created_at),
        "activity": f"Reflection on practice: {'; '.join(found.challenge_names())}",
        "learned": "\n\n".join(text for text in (found.see_it_now, found.take_forward) if text.strip()),
        "changed": in_lines(done),
        "next_step": in_lines(plan for plan in plans if plan not in done and plan.looked_back_at is None),
    }


def was_done(plan: Plan) -> bool:
    """Whether its author said so, when looking back on it."""
    return any(answer.did in DONE for answer in plan.follow_ups.all())


def in_lines(plans: Any) -> str:
    """Plans, each on its own line."""
    return "\n".join(plan.in_words() for plan in plans)
