"""The lists of one's own coping plans, cut so that two thousand plans cost what twenty do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from apps.core.paging import after, key_of
from apps.journal.models import Plan, PlanQuerySet

PAGE = 20  # plans in a list


@dataclass(frozen=True)
class Plans:
    """Some plans, and the key of the last one where there are more."""

    rows: Sequence[Plan]
    next_key: str


def first_of(plans: PlanQuerySet, moment: str) -> Plans:
    """As many of `plans` as a list shows, which are in the order of `moment`; no row beyond the next is read."""
    found = list(plans.annotate(moment=F(moment))[: PAGE + 1])
    shown, more = found[:PAGE], len(found) > PAGE
    return Plans(shown, key_of(shown[-1].moment, shown[-1].pk) if more else "")


def done_after(plans: PlanQuerySet, key: str) -> Plans:
    """A page of the plans that are done, with what was answered."""
    return first_of(after(plans.done().prefetch_related("follow_ups"), key, moment="looked_back_at"), "looked_back_at")


def without_a_day_after(plans: PlanQuerySet, key: str) -> Plans:
    """A page of the open plans without a day to look back."""
    return first_of(after(plans.without_a_day(), key, moment="reflection__created_at"), "reflection__created_at")
