"""Whether Keel can do its work now. Each part says ok or failed, and nothing about why: anybody may ask."""

import logging
import os
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.utils import timezone
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from apps.core import keycheck
from apps.home.models import Heartbeat
from apps.home.tasks import WORKER

BROKER_SECONDS = 0.5  # seconds to wait for it to take a connection, and again to answer

logger = logging.getLogger(__name__)


def database_answers() -> bool:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def broker_answers() -> bool:
    """Whether the broker takes messages."""
    if settings.BROKER_URL.startswith("filesystem"):
        return os.access(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"]), os.W_OK)
    broker = Redis.from_url(
        settings.BROKER_URL,
        socket_connect_timeout=BROKER_SECONDS,
        socket_timeout=BROKER_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    with broker:
        return bool(broker.ping())


def keys_fit() -> bool:
    """Whether each key on the ring is the one that sealed words here."""
    return not keycheck.wrong_keys()


def worker_is_alive() -> bool:
    """Whether a worker did something within the last minute."""
    return Heartbeat.objects.alive(WORKER, now=timezone.now()).exists()


def passes(probe: Callable[[], bool]) -> bool:
    """What the probe found; False too where it broke."""
    try:
        return probe()
    except Exception as error:  # whatever broke, the part does not work; the kind is enough for the log
        logger.warning("health: %s: %s", probe.__name__, type(error).__name__)
        return False


def parts() -> dict[str, bool]:
    """Each part, and whether it works. Without a database the rest is not asked: each would wait as long again."""
    database = passes(database_answers)
    return {
        "database": database,
        "broker": passes(broker_answers),
        "keys": database and passes(keys_fit),
        "worker": database and passes(worker_is_alive),
    }
