"""What beat asks a worker to do for the database itself."""

import logging

from celery import shared_task
from django.db import connection

logger = logging.getLogger(__name__)

PATIENCE = 500  # milliseconds that others may be kept from writing; what they hold is emptied a minute later


@shared_task
def empty_log() -> None:
    """Have nothing that was deleted lie in SQLite's write-ahead log for longer than until this comes by.

    What is deleted is overwritten in the database's file, but the log keeps what it held until it is emptied. SQLite
    would do so when the last connection closes, and web processes keep theirs open. PostgreSQL has no such log here.
    Where somebody reads for too long, the log says so, and the next time comes in a minute.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            [usual] = cursor.fetchone()
            cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
            try:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                busy, *_ = cursor.fetchone()
                if busy:
                    logger.warning("The write-ahead log could not be emptied: somebody reads the database")
            finally:
                cursor.execute(f"PRAGMA busy_timeout={usual}")
