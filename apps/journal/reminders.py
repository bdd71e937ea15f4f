"""Asking for reminders, and sending them: each once, or in doubt not at all (decision 0014)."""

import logging
import smtplib
import time as clock
import uuid
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts.mails import mail
from apps.journal.models import Reminder, on_the_wall

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST = 200  # emails by one sweep; the next follows within a minute
SECONDS = 20  # for one sweep to send in: the same workers make reports, and somebody waits for those
HANGS_UP = 421  # the mail server's code for "not now, not for anybody"

logger = logging.getLogger(__name__)


@transaction.atomic
def ask_for_reminders(*, by: "User", at: time, now: datetime) -> None:
    """Remind `by` at this time of day, by the clock on the wall, from now on."""
    yesterday = on_the_wall(now)[0] - timedelta(days=1)
    mine = Reminder.objects.owned_by(by).select_for_update()
    mine.get_or_create(defaults={"person": by, "looked_on": yesterday, "told_through": yesterday})[0].ask(at, now=now)


def stop_reminders(*, by: "User") -> None:
    """Send `by` none any more. The row stays: it knows of what they were told."""
    Reminder.objects.owned_by(by).update(at=None)


def send_due_reminders(*, now: datetime) -> None:
    """Send the reminders whose time has come, all over one connection to the mail server."""
    Reminder.objects.pass_over(now=now)
    waiting = list(Reminder.objects.to_send(now=now).in_turn().values_list("pk", flat=True)[:MOST])
    if not waiting:
        return
    connection, until = get_connection(), clock.monotonic() + SECONDS
    try:
        connection.open()  # before anything is taken on: where no server answers, everything just waits
        for pk in waiting:
            if clock.monotonic() < until:
                send_reminder(pk, connection)
    except OSError as error:  # smtplib's errors are OSErrors too
        logger.error("reminders: the mail server failed: %s", type(error).__name__)
    finally:
        with suppress(OSError):
            connection.close()


def send_reminder(pk: uuid.UUID, connection: BaseEmailBackend) -> None:
    """Send one reminder, if it is still wanted and nobody else has taken it on. Raises OSError where the server fails.

    Taking it on is committed before the server hears of it: whatever happens from there on, it is never sent twice.
    """
    now = timezone.now()
    today = on_the_wall(now)[0]
    reminder = Reminder.objects.to_send(now=now).filter(pk=pk).first()
    if reminder is None:
        return
    message = letter(reminder, today)
    if not reminder.take_on(today=today):
        return
    logger.info("reminder %s: handing over", pk)
    try:
        connection.send_messages([message])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as refusal:
        accept(refusal, reminder, today)
    else:
        logger.info("reminder %s: sent", pk)


def accept(
    refusal: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused, reminder: Reminder, today: date
) -> None:
    """Try again at the next sweep if the server says "not now"; if it says "never", leave it."""
    answers = getattr(refusal, "recipients", {}).values()
    code = next((code for code, _ in answers), 0) or getattr(refusal, "smtp_code", 0)
    logger.error("reminder %s: refused with %d", reminder.pk, code)
    if 400 <= code < 500:
        reminder.give_back(today=today)
    if code == HANGS_UP:
        raise refusal


def letter(reminder: Reminder, today: date) -> EmailMultiAlternatives:
    """The email: the same words for everybody. Its Message-ID is the same too, however often it is made for one day."""
    message = mail("reminder", reminder.address, {})  # type: ignore[attr-defined]  # to_send() gives it
    message.extra_headers = {
        "Message-ID": f"<{reminder.pk}.{today:%Y%m%d}@{urlsplit(settings.BASE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{settings.BASE_URL}{reverse('journal:reminder_edit')}>",
    }
    return message
