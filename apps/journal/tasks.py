"""What beat asks a worker to do for the journal."""

from celery import shared_task
from django.utils import timezone

from apps.journal.reminders import send_due_reminders


@shared_task
def send_reminders() -> None:
    """Send the reminders whose time has come. Asked twice, each is still sent once."""
    send_due_reminders(now=timezone.now())
