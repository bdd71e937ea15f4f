"""What beat asks a worker to do for supervision."""

import logging

from celery import shared_task
from django.utils import timezone

from apps.supervision import actions, actions_summaries, mails

logger = logging.getLogger(__name__)


@shared_task
def sweep_supervision() -> None:
    """End what cannot go on, erase what is past its day, and send the mails that wait.

    No page waits for this: each door judges by the clock and by who may sign in.
    """
    now = timezone.now()
    ended = actions.end_broken_links(now=now)
    erased = actions_summaries.erase_expired(now=now)
    if ended or erased:
        logger.info("supervision: %d links ended, %d summaries erased", ended, erased)
    mails.tell_all(now=now)
