"""The processes that draw and join, as the worker knows them: what goes in and out, and their bounds (decision 0027).

`renderer.py` is the program of the one, which a worker keeps warm from report to report and ends when a report takes
too much. `joiner.py` is the program of the other.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, ClassVar

from apps.reports.drawn import WHOLE, Drawn
from apps.reports.states import Look, blindly

ROOT = Path(__file__).parent.parent.parent
MOST_SECONDS = 10  # of the processor, for one report
MOST_SECONDS_WAITED = 45  # by the clock: a busy machine makes seconds of the processor long
SECONDS_BETWEEN_LOOKS = 1
MOST_MEMORY = 768 * 2**20  # bytes of addresses; a warm renderer has a third of them
LONGEST_MARKUP, LARGEST_PDF = 10 * 2**20, 50 * 2**20  # letters, bytes
NAMES_IN_ENVIRONMENT = ("HOME", "LANG", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "XDG_CACHE_HOME")  # what fonts need
OVER_ITS_BOUNDS = {signal.SIGXCPU, signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV}  # how C ends without time or memory


class Refused(Exception):
    """The markup asked for something, so somewhere an escape is missing. It would ask again."""


class TooMuch(Exception):
    """It takes more time, memory or pages than a report has. It always would."""


class RendererFailed(Exception):
    """Anything else; it may pass."""


def wait_for(pipes: Sequence[Connection], *, until: float, look: Look = blindly) -> list[Any]:
    """Those of these pipes in which there is something. Raises TooMuch when there is nothing by `until`.

    Each second `look` sees whether somebody still waits; what it raises ends the waiting.
    """
    while not (ready := wait(pipes, max(0, min(SECONDS_BETWEEN_LOOKS, until - time.monotonic())))):
        if time.monotonic() >= until:
            raise TooMuch
        look()
    return ready


class Walled:
    """A process that works for this one: started when there is something to do, ended when it breaks its bounds."""

    program: ClassVar[str]

    def __init__(
        self, *, seconds: int = MOST_SECONDS, memory: int = MOST_MEMORY, waited: float = MOST_SECONDS_WAITED
    ) -> None:
        begin = f"import sys; sys.path.append({str(ROOT)!r}); from apps.reports.{self.program} import main; main()"
        self.command = [sys.executable, "-I", "-c", begin, str(seconds), str(memory)]
        self.waited = waited
        self.is_asked = False  # and has not been heard
        self.running: tuple[subprocess.Popen[bytes], Connection] | None = None

    def ask(self, *frames: bytes) -> Connection:
        """Begin what is asked, and say where the answer will be. Raises TooMuch and RendererFailed."""
        if self.is_asked:  # whoever asked was ended before they heard: nobody else must get their report
            self.stop()
        _, pipe = self.start()
        self.is_asked = True
        with self.ended_by_trouble():
            for frame in (str(len(frames)).encode(), *frames):
                pipe.send_bytes(frame)
        return pipe

    def answer(self, look: Look = blindly) -> Drawn:
        """What came of what was asked. Raises Refused, TooMuch, RendererFailed and what `look` raises."""
        _, pipe = self.start()
        with self.ended_by_trouble():
            wait_for([pipe], until=time.monotonic() + self.waited, look=look)
            said, pdf = json.loads(pipe.recv_bytes()), pipe.recv_bytes(LARGEST_PDF)
        self.is_asked = False
        if said["last"]:
            self.stop()
        match said["end"]:
            case "drawn":
                return Drawn(pdf, said["pages"], said["places"])
            case "refused":
                raise Refused
            case "too large":
                raise TooMuch
        raise RendererFailed(said["error"])

    @contextmanager
    def ended_by_trouble(self) -> Iterator[None]:
        """When anything goes wrong the process is ended: the next report must not get this one's."""
        try:
            yield
        except (EOFError, ConnectionError):
            code = self.stop(patience=5)
            raise TooMuch if -code in OVER_ITS_BOUNDS else RendererFailed(f"ended with {code}") from None
        except BaseException:
            self.stop()
            raise

    def start(self) -> tuple[subprocess.Popen[bytes], Connection]:
        """The process, started unless it runs, and the pipe to it. It gets nothing else of Keel's."""
        if self.running is None:
            ours, theirs = Pipe()
            known = {name: os.environ[name] for name in NAMES_IN_ENVIRONMENT if name in os.environ}
            process = subprocess.Popen(self.command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, env=known)
            theirs.close()
            self.running = process, ours
        return self.running

    def stop(self, *, patience: float = 0) -> int:
        """End the process and say how it ended, which within these seconds may be by itself."""
        if self.running is None:
            return 0
        process, pipe = self.running
        self.forget()
        pipe.close()
        with suppress(subprocess.TimeoutExpired):
            return process.wait(patience)
        process.kill()
        return process.wait()

    def forget(self) -> None:
        """Leave it to another process: two that share one would get each other's reports."""
        self.running, self.is_asked = None, False


class Renderer(Walled):
    """Draws pages of markup."""

    program = "renderer"

    def draw(self, html: str, kind: str = WHOLE, look: Look = blindly) -> Drawn:
        """The PDF of a page of markup. Raises Refused, TooMuch, RendererFailed and what `look` raises."""
        self.ask_to_draw(html, kind)
        return self.answer(look)

    def ask_to_draw(self, html: str, kind: str = WHOLE) -> Connection:
        """Begin to draw, and say where the answer will be. Raises TooMuch and RendererFailed."""
        if len(html) > LONGEST_MARKUP:
            raise TooMuch
        return self.ask(kind.encode(), html.encode())


class Joiner(Walled):
    """Joins parts of a report. Nobody keeps one."""

    program = "joiner"

    def join(self, parts: Sequence[bytes], feet: Sequence[bytes], look: Look = blindly) -> Drawn:
        """The PDF of these parts, with these feet on its pages. Raises TooMuch, RendererFailed and as `look` does."""
        try:
            self.ask(str(len(parts)).encode(), *parts, *feet)
            return self.answer(look)
        finally:
            self.stop()


renderer = Renderer()
atexit.register(renderer.stop)
os.register_at_fork(after_in_child=renderer.forget)
