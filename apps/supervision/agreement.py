"""What an author agrees to when they share a summary. Each wording keeps its number; a new wording gets a new one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.supervision.models import SharedSummary

CAN_READ = " can read it, and nobody else."
CLOSED = "An account that is closed"
VERSION = 3  # change it with any word below: the number on a summary says which wording its author saw
KEPT_SINCE = 2  # the first wording that speaks of a PDF: what was agreed to before may be printed, and no more
CAN_PRINT = "They may print it"  # as every wording began that allows it
MAY = f"{CAN_PRINT}, and keep it as a PDF. You see each download, but not who reads a copy, and it stays with them."
MAY_NOT = "They may not print it here, or keep it as a PDF. A photograph of the screen cannot be stopped."


def agreed_to(summary: "SharedSummary") -> tuple[str, ...]:
    """The sentences of the agreement to share `summary`."""
    reader = summary.link.supervisor
    return (
        f"{reader.name_and_email if reader else CLOSED}{CAN_READ}",
        "They read the words of this summary as they stand. Later changes to your reflection do not change them.",
        f"They can read it until the end of {summary.expires_on:%-d %B %Y}, or until you take it back.",
        MAY if summary.may_print else MAY_NOT,
        "You see each time they open it.",
        "What they have read cannot be unread. They still have duties of their own, such as keeping people safe.",
    )


def narrowed_since(summary: "SharedSummary", *, over: bool) -> tuple[str, ...]:
    """What its author narrowed, or how it ended, since they agreed: that needs no agreement, so it stands beside it."""
    said = []
    if CAN_PRINT in summary.agreement and not summary.may_print:
        said.append("They can no longer print it here, or keep it as a PDF.")
    if f"the end of {summary.expires_on:%-d %B %Y}" not in summary.agreement:
        said.append(f"You brought the last day forward, to {summary.expires_on:%-d %B %Y}.")
    if over:
        said.append(f"{'You took it back' if summary.was_taken_back else 'It ended'} on {summary.over_on:%-d %B %Y}.")
    return tuple(said)


def without_reader(agreement: str) -> str:
    """What an author agreed to, once the account of who could read it is closed: all but who that was."""
    _, can_read, rest = agreement.partition(CAN_READ)
    return f"{CLOSED}{can_read}{rest}"
