"""Reports through the queue, and the same ones drawn by a bare pool of as many processes.

The queue is a real Celery worker with Keel's settings, on the filesystem broker of `./dev run` and on a real Valkey. A
process of its own asks for each report as the page does, and looks until all are ready. The pool's processes keep a
renderer each, as a worker's do, and get what the reports say: no row, no message, nothing sealed. All of them draw the
same reports, one of each of several people, for one report of a person is made at a time. By the processor counts all
that a way computes: asking, messages, rows and drawing.

A start is from the sending to the moment when the worker took the report: its row says it, for a lease begins then.
"""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from statistics import median
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.journal.models import Reflection
from apps.reports.actions import ask_for_report
from apps.reports.content import Content, gather
from apps.reports.models import Report
from apps.reports.pdf import draw
from bench.measure import Measured
from bench.papers import descendants, processor_of
from bench.server import set_up, stop
from tests.services.private import ServerFailed
from tests.services.valkey import ValkeyServer

REPORTS, PROCESSES = 40, 2
ROUNDS, STARTS = 7, 30
GOAL = 0.92  # of what the pool draws in a second
FILES, VALKEY = "the filesystem broker", "Valkey"
START_GOALS = {FILES: 25, VALKEY: 5}  # ms
PATIENCE_SECONDS = 60
LOOKED_AGAIN_SECONDS = 0.03  # looking costs the processors too
CLOSELY_SECONDS = 0.005  # less than a report is being made
IDLE_SECONDS = 0.05  # by then a worker has done with a report that is ready
WORKER = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--without-gossip", "--without-mingle"]


class AllProcesses:
    """This process and all below it."""

    @property
    def worked(self) -> float:
        """How long they have computed so far, in milliseconds."""
        return processor_of(descendants("")) * 1000


@dataclass(frozen=True)
class Queue:
    """A broker with a worker of its own, and the process that asks by it."""

    name: str
    desk: ProcessPoolExecutor

    def make_all(self, reflections: Collection[uuid.UUID]) -> None:
        """Have the report of each of these made."""
        self.desk.submit(make_all, reflections).result()

    def starts(self, reflections: Collection[uuid.UUID]) -> list[float]:
        """How long the report of each of these waits for an idle worker, in milliseconds."""
        Report.objects.all().delete()
        return [self.desk.submit(start, reflection).result() for reflection in reflections]


# --- What is printed ---


def lines() -> Iterator[str]:
    """What each broker's queue makes in a second over what the pool does, and how soon it begins."""
    reflections = latest_of_each()
    contents = [gather(one.author, one.pk) for one in reflections]
    asked = [one.pk for one in reflections]
    with ExitStack() as stack:
        pool = stack.enter_context(processes(PROCESSES))
        queues = [stack.enter_context(queue(name, address)) for name, address in brokers(stack)]
        bare = Measured("pool", partial(draw_all, pool, contents))
        ways = [Measured(one.name, partial(one.make_all, asked)) for one in queues]
        in_turn([bare, *ways])
        yield from (made_told(way, bare) for way in ways)
        yield from (starts_told(one.name, one.starts(asked[:STARTS])) for one in queues)


def latest_of_each() -> list[Reflection]:
    """The latest reflection of each of so many people."""
    people = User.objects.filter(email__startswith="other")[:REPORTS]
    return [Reflection.objects.owned_by(one).completed().newest_first()[0] for one in people]


def in_turn(ways: list[Measured]) -> None:
    """Each way once a round after one to warm up; what was made is erased before, for it would be given again."""
    for way in ways:
        Report.objects.all().delete()
        way.act()
    for _ in range(ROUNDS):
        for way in ways:
            Report.objects.all().delete()
            way.once(AllProcesses())


def made_told(way: Measured, bare: Measured) -> str:
    """How many reports a second came through a queue."""
    through, drawn = (REPORTS * 1000 / one.median for one in (way, bare))
    by_processor = median(bare.worked) / median(way.worked)
    return (
        f"{REPORTS} reports asked for at once by {way.name}: {through:.1f} a second, {through / drawn:.2f} of the "
        f"{drawn:.1f} of a pool of {PROCESSES}, {by_processor:.2f} by the processor (goal: {GOAL})"
    )


def starts_told(name: str, waited: list[float]) -> str:
    """How soon a report is begun."""
    return f"A report sent by {name} starts after {median(waited):.1f} ms (median; goal: {START_GOALS[name]})"


# --- The pool ---


def processes(number: int, **environment: str) -> ProcessPoolExecutor:
    """So many processes of Keel's that do what they are told."""
    return ProcessPoolExecutor(number, get_context("spawn"), initializer=set_up, initargs=(environment,))


def draw_all(pool: ProcessPoolExecutor, contents: list[Content]) -> None:
    """Draw what each of these says."""
    assert all(pool.map(draw_one, contents))


def draw_one(content: Content) -> int:
    """The size of one report's PDF, drawn by this process's renderer."""
    return len(draw(content).pdf)


# --- The queues ---


def brokers(stack: ExitStack) -> Iterator[tuple[str, str]]:
    """Each broker's name and address; Valkey where its program is."""
    yield FILES, "filesystem://"
    try:
        valkey = stack.enter_context(ValkeyServer())
    except ServerFailed as error:
        print(error, file=sys.stderr)
    else:
        yield VALKEY, f"{valkey.url}/0"


@contextmanager
def queue(name: str, address: str) -> Iterator[Queue]:
    """A worker at this broker, and a process that asks."""
    environment = {"BROKER_URL": address}
    for folder in ("queue", "control"):
        (settings.VAR_DIR / "broker" / folder).mkdir(parents=True, exist_ok=True)
    command = [*WORKER, "--concurrency", str(PROCESSES)]
    with processes(1, **environment) as desk, (settings.VAR_DIR / "worker.log").open("ab") as log:
        worker = subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log, start_new_session=True)
        try:
            yield Queue(name, desk)
        finally:
            stop(worker)


def make_all(reflections: Collection[uuid.UUID]) -> None:
    """Ask for the report of each of these, one after the other, then look until all are ready."""
    for one in reflections_of(reflections):
        ask_for_report(by=one.author, reflection=one)
    ready = Report.objects.filter(state=Report.State.READY)
    wait_for(lambda: ready.count() == len(reflections), LOOKED_AGAIN_SECONDS)


def start(reflection: uuid.UUID) -> float:
    """The milliseconds from the sending of one report to its taking; it is left when the worker is idle again."""
    [one] = reflections_of([reflection])
    sent: list[datetime] = []
    with transaction.atomic():
        transaction.on_commit(lambda: sent.append(timezone.now()))  # just before the action's own, which sends
        report = ask_for_report(by=one.author, reflection=one)
    row = Report.objects.filter(pk=report.pk)
    lease_until = wait_for(row.values_list("lease_until", flat=True).get, CLOSELY_SECONDS)
    wait_for(row.values_list("ready_at", flat=True).get, CLOSELY_SECONDS)
    time.sleep(IDLE_SECONDS)
    return (lease_until - timedelta(seconds=settings.REPORT_LEASE_SECONDS) - sent[0]) / timedelta(milliseconds=1)


def reflections_of(ids: Collection[uuid.UUID]) -> Collection[Reflection]:
    """What the action needs of these, with nothing to open."""
    return Reflection.objects.filter(pk__in=ids).select_related("author").only("version", "author")


def wait_for(look: Callable[[], Any], every: float) -> Any:
    """What `look` sees as soon as there is something to see, looking again after so many seconds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (seen := look()):
        assert time.monotonic() < deadline, "The worker does not make the reports."
        time.sleep(every)
    return seen
