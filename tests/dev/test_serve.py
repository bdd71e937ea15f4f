"""`./dev run` starts the three processes, tells where they are, and never leaves one behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from scripts import keys

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


class Run:
    """A supervisor on a folder of its own, as `./dev run` starts it."""

    def __init__(self, var: Path, *options: str, **environment: str):
        self.var = var
        self.port = free_port()
        self.output = var / "terminal"
        command = [sys.executable, "-u", "scripts/serve.py", "--port", str(self.port), *options]
        with open(self.output, "wb") as terminal:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment_of(var) | environment,
                stdout=terminal,
                stderr=subprocess.STDOUT,
                preexec_fn=heed_ctrl_c,
            )

    def said(self, words: str) -> bool:
        return words in self.output.read_text()

    def ended(self) -> bool:
        return self.process.poll() is not None

    def start_up(self) -> None:
        wait_until(lambda: self.said("Press Ctrl-C to stop") or self.ended(), START_SECONDS)
        assert not self.ended(), self.output.read_text()


def heed_ctrl_c() -> None:
    """A shell lets what runs in the background ignore Ctrl-C, and whatever that starts inherits it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment_of(var: Path) -> dict[str, str]:
    keys.main(var / "keys")
    kept = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BROKER_URL", "CACHE_URL")
    }
    kept = {
        name: value for name, value in kept.items() if name not in ("SECRET_KEY", "KEEL_KEYS", "DJANGO_SETTINGS_MODULE")
    }
    return kept | {
        "KEEL_MODE": "embedded",
        "KEEL_VAR": str(var),
        "SECRET_KEY_FILE": str(var / "keys" / "secret"),
        "KEEL_KEYS_FILE": str(var / "keys" / "ring"),
    }


def wait_until(condition: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.1)


def processes_of(var: Path) -> dict[int, str]:
    """The command lines, by process id, of the living processes whose environment names `var`."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"KEEL_VAR={var}\0".encode() in (process / "environ").read_bytes():
                found[int(process.name)] = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


def worker_of(keel: Run) -> int:
    """The process id of the worker that the supervisor started."""
    for pid, command in processes_of(keel.var).items():
        parent = re.search(r"^PPid:\t(\d+)$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
        if " worker " in command and parent and int(parent[1]) == keel.process.pid:
            return pid
    raise AssertionError("no worker runs")


@pytest.fixture
def run(tmp_path):
    """Starts supervisors, and ends what a failed test leaves behind."""
    (tmp_path / "assets").symlink_to(settings.VAR_DIR / "assets")
    started = []

    def start(*options, **environment):
        started.append(Run(tmp_path, *options, **environment))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()


def test_run_serves_a_page_tells_mails_links_and_stops_with_ctrl_c(run):
    keel = run()
    keel.start_up()
    assert keel.said(f"Keel is at http://localhost:{keel.port}/")
    with urllib.request.urlopen(f"http://localhost:{keel.port}/health/live/") as answer:
        assert answer.status == 200
    elsewhere = urllib.request.Request(f"http://localhost:{keel.port}/about/", headers={"SCRIPT_NAME": "/elsewhere"})
    with urllib.request.urlopen(elsewhere) as answer:
        assert (answer.status, b"elsewhere" in answer.read()) == (200, False)
    assert {name.stem for name in (keel.var / "log").iterdir()} == {"web", "worker", "beat"}

    (keel.var / "mail" / "1.log").write_text(f"To: ann@example.org\n\nSee http://localhost/x/\n{'-' * 79}\n")
    wait_until(lambda: keel.said("Mail to ann@example.org: http://localhost/x/"), 5)

    keel.process.send_signal(signal.SIGINT)
    assert keel.process.wait(timeout=60) == 0
    assert processes_of(keel.var) == {}


def test_run_when_the_worker_dies_says_which_and_ends_everything(run):
    keel = run()
    keel.start_up()
    os.kill(worker_of(keel), signal.SIGKILL)
    assert keel.process.wait(timeout=60) == 1
    assert keel.said("The worker process ended (exit status -9), so Keel stops.")
    assert processes_of(keel.var) == {}


def test_run_killed_outright_takes_its_processes_along(run):
    keel = run()
    keel.start_up()
    keel.process.kill()
    wait_until(lambda: processes_of(keel.var) == {}, 20)


def test_run_on_a_taken_port_says_so_and_how_to_choose_another(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        keel = run("--port", str(port))
        assert keel.process.wait(timeout=60) == 1
        assert keel.said(f"Keel cannot listen on 127.0.0.1, port {port}: Address already in use.")
        assert keel.said(f"./dev run --port {port + 1}")


def test_run_with_demonstration_people_in_service_mode_is_refused(run):
    keel = run("--demo", KEEL_MODE="service")
    assert keel.process.wait(timeout=60) == 1
    assert keel.said("--demo adds made-up people, so it is refused where KEEL_MODE is 'service'.")
    assert not re.search("migrat|Loading", keel.output.read_text())


def test_run_twice_on_one_folder_is_refused(run, tmp_path):
    (tmp_path / "run.lock").touch()
    with subprocess.Popen(["flock", tmp_path / "run.lock", "sleep", "3"]) as holder:
        time.sleep(0.3)
        keel = run()
        assert keel.process.wait(timeout=60) == 1
        assert keel.said(f"Keel already runs on {tmp_path}.")
        holder.kill()
