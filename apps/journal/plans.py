"""The lists of one's own coping plans, cut so that two thousand plans cost what twenty do."""

from dataclasses import dataclass

from django.db.models import Q

from apps.journal.models import Plan, PlanQuerySet
from apps.journal.timeline import moment_and_id

PAGE = 20  # plans in a list


@dataclass(frozen=True)
class Plans:
    """Some plans, and whether there are more."""

    rows: list[Plan]
    more: bool

    @property
    def older(self) -> str:
        """The key of the next page of plans that are done, if there is one."""
        last = self.rows[-1] if self.more else None
        return f"{last.looked_back_at.isoformat()}_{last.pk}" if last and last.looked_back_at else ""


def first_of(plans: PlanQuerySet) -> Plans:
    """As many of `plans` as a list shows; no row beyond the next is read."""
    found = list(plans[: PAGE + 1])
    return Plans(found[:PAGE], more=len(found) > PAGE)


def done_before(plans: PlanQuerySet, key: str) -> Plans:
    """A page of the plans that are done, after `key`; the first page for any other text."""
    found = plans.done().prefetch_related("follow_ups")
    if cut := moment_and_id(key):
        moment, pk = cut
        found = found.filter(Q(looked_back_at__lt=moment) | Q(looked_back_at=moment, pk__lt=pk))
    return first_of(found)
