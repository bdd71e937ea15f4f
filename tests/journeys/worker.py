"""A real Celery worker beside the browser: another process, on the same database, broker and keys."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from config.settings_test import SCRATCH

STARTS_WITHIN = 60  # seconds
COMMAND = [
    "-m",
    "celery",
    "-A",
    "config.celery",
    "worker",
    "--concurrency",
    "1",
    "--without-gossip",
    "--without-mingle",
]


def environment() -> dict[str, str]:
    """The worker has the real settings; the test's folder is its `var`, and the test's database its own."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "KEEL_VAR": str(SCRATCH),
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
    }


@contextmanager
def running_worker() -> Iterator[None]:
    """A worker that is ready to work, until the end of the block."""
    log = SCRATCH / "worker.log"
    with open(log, "wb") as file:
        worker = subprocess.Popen(
            [sys.executable, *COMMAND], env=environment(), cwd=settings.BASE_DIR, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        yield
        assert worker.poll() is None, f"The worker ended by itself:\n{log.read_text(errors='replace')}"
    finally:
        worker.terminate()
        worker.wait(STARTS_WITHIN)
