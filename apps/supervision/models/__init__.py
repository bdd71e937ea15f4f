"""Who supervises whom, what was shared with them, and each time it was opened."""

from apps.supervision.models.link import (
    INVITATION_DAYS,
    MOST_A_DAY,
    MOST_OPEN,
    SupervisionLink,
    WrongState,
)

__all__ = [
    "INVITATION_DAYS",
    "MOST_A_DAY",
    "MOST_OPEN",
    "SupervisionLink",
    "WrongState",
]
