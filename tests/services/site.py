"""A whole Keel in a folder of its own: its console, its worker and its beat as real processes that can be killed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

from tests.services.migrated import migrated_sqlite

ASK = "from tests.services.console import main; main()"
CONSOLE = [sys.executable, "-m", "django", "shell", "--no-imports", "--command", ASK]
CELERY = [sys.executable, "-m", "celery", "-A", "config.celery"]
WORKER = [*CELERY, "worker", "--concurrency", "1", "--without-gossip", "--without-mingle"]
PATIENCE_SECONDS = 90
OURS = ("PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "PYTHONPYCACHEPREFIX")  # compiled once, not by each process


class Site:
    """Use it in `with`; everything it started is gone afterwards."""

    def __init__(self, folder, **addresses):
        self.folder = folder
        self.processes = []
        self.environment = {
            **{name: os.environ[name] for name in OURS if name in os.environ},
            "HOME": str(folder),
            "KEEL_MODE": "embedded",
            "KEEL_VAR": str(folder),
            "SECRET_KEY": os.environ["SECRET_KEY"],  # the tests' own, for they sealed what is in the migrated database
            "KEEL_KEYS": os.environ["KEEL_KEYS"],
            "DJANGO_SETTINGS_MODULE": "tests.services.quick_settings",
            **addresses,
        }

    def __enter__(self):
        for name in ("broker/queue", "broker/control", "cache", "mail"):
            (self.folder / name).mkdir(parents=True)
        if "DATABASE_URL" not in self.environment:
            shutil.copy(migrated_sqlite(), self.folder / "db.sqlite3")
        self.console = self.start(CONSOLE, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.do("prepare")
        return self

    def __exit__(self, *_error):
        for process in self.processes:
            kill(process)
        self.console.stdin.close()
        self.console.stdout.close()

    def start(self, command, *, settings="", **streams):
        """A process of this site in a group of its own; what it says goes to the site's log."""
        environment = self.environment | ({"DJANGO_SETTINGS_MODULE": settings} if settings else {})
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                command, env=environment, start_new_session=True, **({"stdout": log, "stderr": log} | streams)
            )
        self.processes.append(process)
        return process

    def start_worker(self, settings=""):
        """One worker with one child that does the work."""
        return self.start(WORKER, settings=settings)

    def start_beat(self):
        """What sends again what was lost."""
        return self.start([*CELERY, "beat", "--schedule", str(self.folder / "schedule"), "--pidfile="])

    def do(self, *act):
        """Have the console do something, and give its answer."""
        self.console.stdin.write(json.dumps(act).encode() + b"\n")
        self.console.stdin.flush()
        answer = self.console.stdout.readline()
        assert answer, self.said()
        return json.loads(answer)

    def wait_until(self, report, *states, after_attempt=0):
        """The report's row as soon as it is in one of `states`, at a later attempt than `after_attempt`."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            row = self.do("look", report)
            if row["state"] in states and row["attempts"] > after_attempt:
                return row
            assert time.monotonic() < deadline, f"{row}\n{self.said()}"
            time.sleep(0.02)

    def wait_until_step(self, report, step):
        """Until its row says that the worker has come so far with it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (row := self.do("look", report))["step"] != step:
            assert row["state"] in ("queued", "running"), row
            assert time.monotonic() < deadline, f"{row}\n{self.said()}"
            time.sleep(0.02)

    def wait_until_said(self, words):
        """Until one of the processes has written `words` into the log."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in (self.folder / "log").read_text(errors="replace"):
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def said(self):
        """The end of what the processes said."""
        return (self.folder / "log").read_text(errors="replace")[-4000:]

    def lose_messages(self):
        """As a broker that is emptied or restored from nothing loses them."""
        for message in (self.folder / "broker/queue").iterdir():
            message.unlink()


def kill(process):
    """End a process and all its children as `kill -9` does."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def child_of(process):
    """The id of a worker's only child."""
    [child] = children_of(process.pid)
    return child


def children_of(pid):
    """The ids of a process's children."""
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return [int(child) for child in children.read().split()]


def is_renderer(pid):
    """Whether this is a process that draws, and lives."""
    try:
        with open(f"/proc/{pid}/cmdline") as command:
            return "apps.reports.renderer" in command.read()
    except FileNotFoundError:
        return False


@contextmanager
def stopped(process):
    """A process and its children held still, as on a machine that has no time for them."""
    os.killpg(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGCONT)
