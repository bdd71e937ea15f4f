"""The mails about supervision: who, which service, a link; never a word of what is shared."""

import logging
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from apps.accounts.mails import mail
from apps.supervision.models import INVITATION_DAYS, SharedSummary, SupervisionLink

MOST = 200  # mails by one sweep; the next follows within a minute

logger = logging.getLogger(__name__)


def send_invitation(link: SupervisionLink, token: str) -> bool:
    """Mail the token, which nothing else holds; False where the mail server did not take it."""
    facts = {"practitioner": str(link.practitioner), "token": token, "days": INVITATION_DAYS}
    return sent("supervision_invitation", link.email, facts)


def send_accepted(link: SupervisionLink) -> bool:
    """Tell the practitioner that somebody accepted, and that it counts once they confirm who it is."""
    return sent("supervision_accepted", link.practitioner.email, {})


def tell_readers(*, now: datetime) -> None:
    """Tell each reader once that a summary is there for them: those who have not been told, over one connection."""
    waiting = list(SharedSummary.objects.to_tell(now=now).order_by("shared_at", "id").without_words()[:MOST])
    if not waiting:
        return
    connection = get_connection()
    try:
        connection.open()  # before anything is taken on: where no server answers, everything just waits
        for summary in waiting:
            tell(summary, connection, now)
    except OSError as error:  # smtplib's errors are OSErrors too
        logger.error("summaries: the mail server failed: %s", type(error).__name__)
    finally:
        with suppress(OSError):
            connection.close()


def tell(summary: SharedSummary, connection: BaseEmailBackend, now: datetime) -> None:
    """Send one, if nobody else has taken it on. That is committed first: in doubt it is lost, and never sent twice."""
    reader = summary.link.supervisor
    if reader and SharedSummary.objects.to_tell(now=now).filter(pk=summary.pk).update(told_at=now):
        logger.info("summary %s: telling its reader", summary.pk)
        connection.send_messages([mail("summary_waiting", reader.email, {})])


def sent(name: str, to: str, facts: dict[str, Any]) -> bool:
    """Hand one mail to the mail server. Where that does not answer, what was done before stays done."""
    try:
        mail(name, to, facts).send()
    except OSError as error:  # smtplib's errors are OSErrors too
        logger.error("mail %s not sent: %s", name, type(error).__name__)
        return False
    return True
