"""The mails about supervision: who, which service, a link; never a word of what is shared."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from apps.accounts.mails import mail
from apps.supervision.models import INVITATION_DAYS, SharedSummary, SupervisionLink
from apps.supervision.models.doors import SharedSummaryQuerySet

MOST = 200  # mails by one sweep; the next follows within a minute

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Once:
    """A mail that goes once for each summary: its name, which wait for it, what marks that it went, and to whom."""

    name: str
    waiting: Callable[..., SharedSummaryQuerySet]
    mark: str
    to: Callable[[SharedSummary], str]


# One mail for the first answer: who answers saves, reads it again and mends a word, and none of that is news. A second
# mail would make a conversation of it, and that is held in supervision. The author's page always has the latest.
ONCE = (
    Once("summary_waiting", SharedSummaryQuerySet.to_tell, "told_at", attrgetter("link.supervisor.email")),
    Once("summary_answered", SharedSummaryQuerySet.to_tell_of_answer, "told_of_answer_at", attrgetter("author.email")),
    Once("summary_ending", SharedSummaryQuerySet.to_tell_of_end, "told_of_end_at", attrgetter("link.supervisor.email")),
)


def send_invitation(link: SupervisionLink, token: str) -> bool:
    """Mail the token, which nothing else holds; False where the mail server did not take it."""
    facts = {"practitioner": str(link.practitioner), "token": token, "days": INVITATION_DAYS}
    return sent("supervision_invitation", link.email, facts)


def send_accepted(link: SupervisionLink) -> bool:
    """Tell the practitioner that somebody accepted, and that it counts once they confirm who it is."""
    return sent("supervision_accepted", link.practitioner.email, {})


def tell_all(*, now: datetime) -> None:
    """Send what goes once and has not gone: over one connection, and at most so many at a time."""
    waiting = [(once, summary) for once in ONCE for summary in waiting_for(once, now)][:MOST]
    if not waiting:
        return
    connection = get_connection()
    try:
        connection.open()  # before anything is taken on: where no server answers, everything just waits
        for once, summary in waiting:
            tell(once, summary, connection, now)
    except OSError as error:  # smtplib's errors are OSErrors too
        logger.error("summaries: the mail server failed: %s", type(error).__name__)
    finally:
        with suppress(OSError):
            connection.close()


def waiting_for(once: Once, now: datetime) -> SharedSummaryQuerySet:
    """The summaries that wait for this mail, the first shared first."""
    rows = once.waiting(SharedSummary.objects.all(), now=now).order_by("shared_at", "id")
    return rows.without_words().select_related("author", "link__supervisor")[:MOST]


def tell(once: Once, summary: SharedSummary, connection: BaseEmailBackend, now: datetime) -> None:
    """Send one, if nobody else has taken it on. That is committed first: in doubt it is lost, and never sent twice."""
    still = once.waiting(SharedSummary.objects.filter(pk=summary.pk), now=now)
    # The mark stands outside of the joins too: whoever waits for the row looks again at its own columns alone.
    mine = SharedSummary.objects.filter(**{"pk__in": still.values("pk"), once.mark: None})
    if mine.update(**{once.mark: now}):
        logger.info("summary %s: sending %s", summary.pk, once.name)
        connection.send_messages([mail(once.name, once.to(summary), {})])


def sent(name: str, to: str, facts: dict[str, Any]) -> bool:
    """Hand one mail to the mail server. Where that does not answer, what was done before stays done."""
    try:
        mail(name, to, facts).send()
    except OSError as error:  # smtplib's errors are OSErrors too
        logger.error("mail %s not sent: %s", name, type(error).__name__)
        return False
    return True
