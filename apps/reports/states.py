"""The states of a report, why it can fail, and what its row holds when it has."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models

Tell = Callable[[int, int], None]  # says that so many of so many are done; what it raises ends the work
Look = Callable[[], None]  # sees whether somebody still waits; what it raises ends the work
MOST_ATTEMPTS = 5  # a process that dies this often while making a report would die for ever


class WrongState(Exception):
    """The act does not fit the state the report is in."""


class LostClaim(Exception):
    """Another worker took the report over, or its author erased it."""


class State(models.TextChoices):
    """How far a report is."""

    QUEUED = "queued", "Waiting to be made"
    RUNNING = "running", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"


class Step(models.TextChoices):
    """What a worker has done of a long report; `SO_FAR` says it in words."""

    GATHERED = "gathered"
    DRAWN = "drawn"
    SEALING = "sealing"


class Reason(models.TextChoices):
    """Why it failed; `sentence` says it in words."""

    DIED = "died"
    TROUBLE = "trouble"
    CANNOT_OPEN = "cannot_open"
    NOT_COMPLETE = "not_complete"
    NOTHING_LEFT = "nothing_left"
    REFUSED = "refused"
    TOO_LONG = "too_long"


LATE = timedelta(minutes=5)  # after which a report on its way says that something keeps it
UNFINISHED = (State.QUEUED, State.RUNNING)
SO_FAR: dict[str, str] = {
    Step.GATHERED: "Gathered {done} of {of} reflections.",
    Step.DRAWN: "Drawn {done} of {of} pages.",
    Step.SEALING: "Drawn all {of} pages. Locking the file now.",
}
IS_LATE = " This takes longer than usual. Nothing is lost: it is made as soon as it can be."
NO_STEP = {"step": "", "step_done": 0, "step_of": 0}
SENTENCES: dict[str, str] = {
    Reason.DIED: "It was stopped in the middle five times. Try again a little later.",
    Reason.TROUBLE: "Something went wrong five times. Try again a little later.",
    Reason.CANNOT_OPEN: "Its words could not be opened. Tell whoever runs this service.",
    Reason.NOT_COMPLETE: "The reflection was reopened meanwhile. Complete it, then try again.",
    Reason.NOTHING_LEFT: "What was to be in it is not there any more. Erase this report, then make another.",
    Reason.REFUSED: "Something in it was not plain text, so it was stopped. Tell whoever runs this service.",
    Reason.TOO_LONG: "It was too much to make as one PDF. If that happens again, choose less, or print the page.",
}


def quietly(_done: int, _of: int) -> None:
    """Nobody waits to hear how far it is."""


def blindly() -> None:
    """Nobody can cancel it."""


def expiry(now: datetime) -> datetime:
    """When a report that ended now is erased."""
    return now + timedelta(hours=settings.REPORT_KEPT_HOURS)


def failure(reason: Reason, *, now: datetime) -> dict[str, Any]:
    """What a row holds that failed."""
    return {"state": State.FAILED, "reason": reason, "lease_until": None, "expires_at": expiry(now)} | NO_STEP
