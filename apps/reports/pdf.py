"""From frozen values to the bytes of a tagged PDF (decisions 0010 and 0027).

A person's words enter only through an autoescaped template. A process of its own draws them: `renderer.py`, which one
worker keeps warm from report to report and ends when a report takes too much.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.template.loader import render_to_string

from apps.reports.states import Tell, quietly

PROGRAM = [sys.executable, "-I", str(Path(__file__).with_name("renderer.py"))]
MOST_SECONDS = 10  # of the processor, for one report
LONG_SECONDS, LONG_SECONDS_WAITED = 40, 85  # the same for a report that many reflections make long
MOST_SECONDS_WAITED = 45  # by the clock: a busy machine makes seconds of the processor long
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


class Content(Protocol):
    """What a gate gave for one report: frozen values, and the template that draws them."""

    template: ClassVar[str]

    @property
    def version(self) -> int:
        """Of what it is made from."""

    @property
    def large(self) -> bool:
        """Whether it is drawn in large print."""

    @property
    def is_long(self) -> bool:
        """Whether many reflections are in it."""

    def on_paper(self) -> dict[str, Any]:
        """What the template draws, every text ready for paper."""


@dataclass(frozen=True)
class Drawn:
    """A finished PDF."""

    pdf: bytes
    pages: int


def draw(content: Content, _tell: Tell = quietly) -> Drawn:
    """The PDF of what a gate gave. Raises Refused, TooMuch and RendererFailed."""
    if not content.is_long:
        return draw_markup(markup(content))
    alone = Renderer(seconds=LONG_SECONDS, waited=LONG_SECONDS_WAITED)  # no other report gets its bounds
    try:
        return alone.draw(markup(content))
    finally:
        alone.stop()


def markup(content: Content) -> str:
    """The report as XHTML, every text escaped by the template engine."""
    context = {"content": content, "service_name": settings.SERVICE_NAME, **content.on_paper()}
    return render_to_string(content.template, context)


def draw_markup(html: str) -> Drawn:
    """The PDF of a page of markup, whose title becomes the file's. Raises Refused, TooMuch and RendererFailed."""
    return renderer.draw(html)


class Renderer:
    """The process that draws for this one: started when there is something to draw, ended when it breaks its bounds."""

    def __init__(
        self, *, seconds: int = MOST_SECONDS, memory: int = MOST_MEMORY, waited: int = MOST_SECONDS_WAITED
    ) -> None:
        self.command = [*PROGRAM, str(seconds), str(memory)]
        self.waited = waited
        self.running: tuple[subprocess.Popen[bytes], Connection] | None = None

    def draw(self, html: str) -> Drawn:
        """The PDF of a page of markup. Raises Refused, TooMuch and RendererFailed."""
        if len(html) > LONGEST_MARKUP:
            raise TooMuch
        said, pdf = self.ask(html)
        match said["end"]:
            case "drawn":
                return Drawn(pdf, said["pages"])
            case "refused":
                raise Refused
            case "too large":
                raise TooMuch
        raise RendererFailed(said["error"])

    def ask(self, html: str) -> tuple[dict[str, Any], bytes]:
        """What the renderer answers. When anything goes wrong it is ended: the next report must not get this one's."""
        _, pipe = self.start()
        try:
            pipe.send_bytes(html.encode())
            if not pipe.poll(self.waited):
                raise TooMuch
            said, pdf = json.loads(pipe.recv_bytes()), pipe.recv_bytes(LARGEST_PDF)
        except (EOFError, ConnectionError):
            code = self.stop(patience=5)
            raise TooMuch if -code in OVER_ITS_BOUNDS else RendererFailed(f"ended with {code}") from None
        except BaseException:
            self.stop()
            raise
        if said["last"]:
            self.stop()
            self.start()
        return said, pdf

    def start(self) -> tuple[subprocess.Popen[bytes], Connection]:
        """The renderer, started unless it runs, and the pipe to it. It gets nothing else of Keel's."""
        if self.running is None:
            ours, theirs = Pipe()
            known = {name: os.environ[name] for name in NAMES_IN_ENVIRONMENT if name in os.environ}
            process = subprocess.Popen(self.command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, env=known)
            theirs.close()
            self.running = process, ours
        return self.running

    def stop(self, *, patience: float = 0) -> int:
        """End the renderer and say how it ended, which within these seconds may be by itself."""
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
        """Leave the renderer to another process: two that share one would get each other's reports."""
        self.running = None


renderer = Renderer()
atexit.register(renderer.stop)
os.register_at_fork(after_in_child=renderer.forget)
