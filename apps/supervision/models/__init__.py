"""Who supervises whom, what was shared with them, and each time it was opened."""

from apps.supervision.models.copy import SummaryCopy
from apps.supervision.models.doors import LISTED_DAYS
from apps.supervision.models.link import INVITATION_DAYS, MOST_A_DAY, MOST_OPEN, SupervisionLink, WrongState
from apps.supervision.models.receipt import Receipt
from apps.supervision.models.source import SummarySource
from apps.supervision.models.summary import MOST_DAYS, USUAL_DAYS, OutOfDate, SharedSummary

__all__ = [
    "INVITATION_DAYS",
    "LISTED_DAYS",
    "MOST_A_DAY",
    "MOST_DAYS",
    "MOST_OPEN",
    "USUAL_DAYS",
    "OutOfDate",
    "Receipt",
    "SharedSummary",
    "SummaryCopy",
    "SummarySource",
    "SupervisionLink",
    "WrongState",
]
