"""What Home says about sharing: that something is there, and never whose or a word of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from apps.supervision.models import SharedSummary, SupervisionLink

if TYPE_CHECKING:
    from apps.accounts.models import User


@dataclass(frozen=True)
class Waiting:
    """What one person finds: summaries to read, and how many of them they never opened; an answer; whom to confirm."""

    to_read: int
    never_opened: int
    answered: bool
    to_confirm: bool

    @property
    def anything(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.to_read) or self.answered or self.to_confirm


def waiting_for(person: "User", *, now: datetime) -> Waiting:
    """What waits for `person`. An answer waits until they open the page that shows it, or the summary ends."""
    own = SharedSummary.objects.owned_by(person).readable(now=now)
    to_read = SharedSummary.objects.readable_by(person, now=now).with_opened()
    counts = to_read.aggregate(to_read=Count("pk"), never_opened=Count("pk", filter=Q(is_opened=False)))
    return Waiting(
        **counts,
        answered=own.answers_unread().exists(),
        to_confirm=SupervisionLink.objects.owned_by(person).to_confirm().exists(),
    )
