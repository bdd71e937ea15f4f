"""What Home says about sharing: that something is there, and never whose or a word of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from apps.supervision.models import SharedSummary, SupervisionLink

if TYPE_CHECKING:
    from apps.accounts.models import User


@dataclass(frozen=True)
class Waiting:
    """What one person finds: summaries to read, an answer to a summary of theirs, somebody to confirm."""

    to_read: int
    answered: bool
    to_confirm: bool

    @property
    def anything(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.to_read) or self.answered or self.to_confirm


def waiting_for(person: "User", *, now: datetime) -> Waiting:
    """What waits for `person`. An answer waits until the two have discussed it, or the summary ends."""
    own = SharedSummary.objects.owned_by(person).readable(now=now)
    return Waiting(
        to_read=SharedSummary.objects.readable_by(person, now=now).count(),
        answered=own.answered().filter(discussed_at=None).exists(),
        to_confirm=SupervisionLink.objects.owned_by(person).to_confirm().exists(),
    )
