"""The server the bench asks: gunicorn as Keel runs it, on a throw-away database."""

import base64
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 30


@contextmanager
def scratch_environment(*, postgres: bool) -> Iterator[Path]:
    """A folder and a database of the bench's own, named in the environment of this process and its children."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="keel-bench-")))
        link_assets(folder)
        for name in ("SECRET_KEY_FILE", "KEEL_KEYS_FILE", "DATABASE_URL_FILE"):
            os.environ.pop(name, None)  # the keys and the rows of the real Keel are none of the bench's business
        os.environ |= {
            "SECRET_KEY": secrets.token_urlsafe(60),
            "KEEL_KEYS": f"bench:{base64.b64encode(secrets.token_bytes(32)).decode()}",
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "KEEL_MODE": "embedded",
            "KEEL_VAR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "BROKER_URL": "filesystem://",
            "CACHE_URL": f"filecache://{folder / 'cache'}",
            "EMAIL_URL": f"filemail://{folder / 'mail'}",
        }
        if postgres:
            from tests.services.postgres import OWN_DEFAULTS, PostgresServer

            os.environ["DATABASE_URL"] = stack.enter_context(PostgresServer(OWN_DEFAULTS)).url
        yield folder


def set_up(environment: dict[str, str]) -> None:
    """Make a new process one of Keel's, with this in its environment; before it imports anything that needs Django."""
    import django

    os.environ |= environment
    django.setup()


def link_assets(folder: Path) -> None:
    """Let the scratch folder have NHS.UK's files, which set-up made once."""
    made = Path(os.environ.get("KEEL_VAR") or Path(__file__).parent.parent / "var") / "assets"
    if not made.is_dir():
        sys.exit(f"{made} is missing. Run ./dev bench, which sets Keel up first.")
    (folder / "assets").symlink_to(made.resolve())


@dataclass(frozen=True)
class Server:
    """gunicorn: where it listens, and the process that has the workers."""

    port: int
    pid: int

    @property
    def worked(self) -> float:
        """How long its workers have had a processor so far, in milliseconds: waiting for one is not in it."""
        workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in workers) / 1e6


@contextmanager
def web_server(folder: Path) -> Iterator[Server]:
    """gunicorn with as many sync workers as this process has cores, on a free loopback port."""
    port = free_port()
    workers = str(len(os.sched_getaffinity(0)))
    gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", workers]
    log = (folder / "web.log").open("wb")
    process = subprocess.Popen(
        [*gunicorn, "--bind", f"127.0.0.1:{port}"], stdout=log, stderr=log, start_new_session=True
    )
    try:
        wait_for(port, process, folder / "web.log")
        yield Server(port, process.pid)
    finally:
        stop(process)
        log.close()


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process in good order, or else at once with all that it started."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server takes a connection; ends the bench with its log if it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    shutil.copyfileobj(log.open(), sys.stderr)
    sys.exit("The web server did not start.")


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
