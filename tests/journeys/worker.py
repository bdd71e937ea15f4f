"""A real Celery worker beside the browser: another process, on the same database, broker and keys."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from config.settings_test import SCRATCH
from tests.journeys.person import Person
from tests.reports.inside import pdf_ua_failures

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
    "--loglevel",
    "INFO",  # to say when it is ready
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
        wait_until_ready(worker, log)
        yield
        assert worker.poll() is None, f"The worker ended by itself:\n{log.read_text(errors='replace')}"
    finally:
        worker.terminate()
        worker.wait(STARTS_WITHIN)


def wait_until_ready(worker: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for a worker to start, which on a busy machine takes longer than anybody should wait for a page."""
    until = time.monotonic() + STARTS_WITHIN
    while b" ready." not in log.read_bytes() and worker.poll() is None:
        assert time.monotonic() < until, f"The worker does not start:\n{log.read_text(errors='replace')}"
        time.sleep(0.1)


def made_for(person: Person) -> bytes:
    """The PDF that a worker makes while this person waits on its page. It has to pass the check for PDF/UA."""
    person.sees("Making your report")
    with running_worker():
        person.sees("Your report is ready")
    pdf = person.downloads("Download the report")
    assert pdf_ua_failures(pdf) == []
    return pdf
