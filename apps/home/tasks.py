"""What beat asks a worker to do for the pages of this app."""

from celery import shared_task

from apps.home.models import Heartbeat

WORKER = "worker"


@shared_task
def beat_heart() -> None:
    """Note that beat sends, the broker carries and a worker works."""
    Heartbeat.objects.beat(WORKER)
