"""A real server as our own direct child, in a folder of its own, that leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Self

from tests.services.private import ServerFailed, leash, private_folder

START_SECONDS = 30
STOP_SECONDS = 20
PASSING_TROUBLE = ("already in use", "still in use")  # of a port, or of shared memory after a kill


class Server:
    """One server on a loopback port, from `with` to its end. `url` is where to reach it."""

    name = "server"
    stop_signal = signal.SIGTERM
    orphan_signal = "TERM"

    def __init__(self) -> None:
        self.home, self._held = private_folder(self.name)
        self.log = self.home / "log"
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.prepare()
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def prepare(self) -> None:
        """Whatever must be made once, before the first start."""

    def command(self) -> list[str]:
        """The program and its arguments, to listen on `self.port`."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether the server takes a connection and answers now."""
        raise NotImplementedError

    def start(self) -> None:
        """Start, or start again on the same folder and port, and wait until the server answers."""
        keeps_port = bool(self.port)
        deadline = time.monotonic() + START_SECONDS
        while True:
            self.port = self.port if keeps_port else free_port()
            self._launch()
            if self._answers_before(deadline):
                return
            self._fail_unless_passing(deadline)

    def kill(self) -> None:
        """End the server as a power cut would: no warning, nothing flushed. `start()` brings it back."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End the server in good order and remove its folder."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.home, ignore_errors=True)
        os.close(self._held)

    def _launch(self) -> None:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                leash(self.command(), orphan_signal=self.orphan_signal),
                cwd=self.home,
                env=plain_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the tests, which then stop us in good order
            )

    def _answers_before(self, deadline: float) -> bool:
        while self.process.poll() is None and time.monotonic() < deadline:
            if self.answers():
                return True
            time.sleep(0.02)
        return False

    def _fail_unless_passing(self, deadline: float) -> None:
        words = self.log.read_text(errors="replace")[-2000:]
        if self.process.poll() is None:
            raise ServerFailed(f"The {self.name} server did not answer within {START_SECONDS} seconds.\n{words}")
        if time.monotonic() > deadline or not any(trouble in words for trouble in PASSING_TROUBLE):
            raise ServerFailed(f"The {self.name} server ended with status {self.process.returncode}.\n{words}")
        time.sleep(0.1)


def run_to_end(command: list[str]) -> None:
    """Run a server's own tool, such as initdb, as the account that will run the server."""
    leashed = leash(command, orphan_signal="KILL")
    done = subprocess.run(leashed, check=False, cwd="/", env=plain_environment(), capture_output=True, text=True)
    if done.returncode:
        raise ServerFailed(f"{Path(command[0]).name} ended with status {done.returncode}.\n{done.stderr[-2000:]}")


def plain_environment() -> dict[str, str]:
    """An environment without anything of the tester's own, such as PGDATA or a language."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
