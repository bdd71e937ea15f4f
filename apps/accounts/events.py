"""What the audit says to the two people of an event: sentences without a name, a number or a word of anybody's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from apps.core.models import Act, AuditEvent, AuditEventQuerySet

if TYPE_CHECKING:
    from apps.accounts.models import User

PAGE = 20  # events on a page
WORDS = {  # to who did it, and to the other one
    Act.SUPERVISOR_INVITED: ("You invited a supervisor", "You were invited to supervise"),
    Act.SUPERVISION_ACCEPTED: ("You accepted an invitation to supervise", "Somebody accepted your invitation"),
    Act.SUPERVISION_DECLINED: ("You declined an invitation to supervise", "Somebody declined your invitation"),
    Act.SUPERVISION_CONFIRMED: ("You confirmed your supervisor", "You were confirmed as a supervisor"),
    Act.SUPERVISION_ENDED: ("You ended supervision, or withdrew an invitation", "Supervision with you ended"),
    Act.SUMMARY_SHARED: ("You shared a summary", "A summary was shared with you"),
    Act.SUMMARY_PRINT_FORBIDDEN: ("You stopped the printing of a summary", "You may no longer print a summary"),
    Act.SUMMARY_SHORTENED: ("You set an earlier last day for a summary", "A summary was given an earlier last day"),
    Act.SUMMARY_OPENED: ("You opened a summary shared with you", "Your supervisor opened a summary"),
    Act.SUMMARY_DOWNLOADED: ("You downloaded a summary shared with you", "Your supervisor downloaded a summary"),
    Act.SUMMARY_ANSWERED: ("You answered a summary", "Your supervisor answered a summary"),
    Act.SUMMARY_DISCUSSED: ("You marked a summary as discussed", "Your supervisor marked a summary as discussed"),
    Act.SUMMARY_TAKEN_BACK: ("You took back a summary", "A summary was taken back from you"),
    Act.SUMMARY_EXPIRED: ("A summary reached its last day", "A summary that you shared reached its last day"),
    Act.SUMMARY_ENDED: ("A summary ended, as you ended supervision", "A summary ended with its supervision"),
    Act.DATA_EXPORTED: ("You downloaded your data", "Your data was downloaded"),
    Act.ACCOUNT_DELETED: ("You deleted your account", "An account was deleted"),
    Act.ACCOUNT_DEACTIVATED: ("You stopped somebody’s account", "An administrator stopped your account"),
    Act.ACCOUNT_REACTIVATED: ("You let somebody sign in again", "An administrator let you sign in again"),
}


@dataclass(frozen=True)
class Line:
    """One event, as one of its two people reads it."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Page:
    """Some of somebody's events, newest first, and the key of the next page if there is one."""

    lines: list[Line]
    older: str


def page_of(events: AuditEventQuerySet, *, reader: "User", before: str) -> Page:
    """The page of `events` after the one with this key: its hash, since its number would tell how busy others are."""
    last = events.filter(hash=before).first() if before.isalnum() else None
    rows = events.filter(number__lt=last.number) if last else events
    shown = list(rows.newest_first()[: PAGE + 1])
    more = len(shown) > PAGE
    return Page(list(lines_of(shown[:PAGE], reader)), shown[PAGE - 1].hash if more else "")


def lines_of(events: list[AuditEvent], reader: "User") -> Iterator[Line]:
    """Each event in the words for this reader's side of it."""
    for event in events:
        own, others = WORDS[Act(event.act)]
        yield Line(event.at, own if event.by == reader.pk else others)
