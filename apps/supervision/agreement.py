"""What an author agrees to when they share a summary. Each wording keeps its number; a new wording gets a new one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.supervision.models import SharedSummary

CAN_READ = " can read it, and nobody else."
VERSION = 2  # change it with any word below: the number on a summary says which wording its author saw
KEPT_SINCE = 2  # the first wording that speaks of a PDF: what was agreed to before may be printed, and no more
MAY = (
    "They may print it, and keep it as a PDF. You see each download, but not who reads a copy, and it stays with them."
)
MAY_NOT = "They may not print it here, or keep it as a PDF. A photograph of the screen cannot be stopped."


def agreed_to(summary: "SharedSummary") -> tuple[str, ...]:
    """The sentences of the agreement to share `summary`."""
    reader = summary.link.supervisor
    return (
        f"{reader} ({reader.email if reader else ''}){CAN_READ}",
        "They read the words above as they stand. If you change your reflection later, these words stay as they are.",
        f"They can read it until the end of {summary.expires_on:%-d %B %Y}, or until you take it back.",
        MAY if summary.may_print else MAY_NOT,
        "You see each time they open it.",
        "What they have read cannot be unread. They still have duties of their own, such as keeping people safe.",
    )


def without_reader(agreement: str) -> str:
    """What an author agreed to, once the account of who could read it is closed: all but who that was."""
    _, can_read, rest = agreement.partition(CAN_READ)
    return f"An account that is closed{can_read}{rest}"
