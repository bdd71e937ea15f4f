"""What beat asks a worker to do for supervision."""

import logging

from celery import shared_task
from django.utils import timezone

from apps.supervision import actions

logger = logging.getLogger(__name__)


@shared_task
def sweep_supervision() -> None:
    """End what cannot go on. No page waits for this: each door judges by the clock and by who may sign in."""
    ended = actions.end_broken_links(now=timezone.now())
    if ended:
        logger.info("supervision: %d links ended", ended)
