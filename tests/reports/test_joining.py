"""The process that joins the parts of a report: whatever becomes of it, it ends in a plain word and is gone."""

import sys

import pytest

from apps.reports.process import Joiner, RendererFailed, TooMuch

KILLED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
SLEEPING = "import time; time.sleep(60)"
COMPUTING = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass"
ENDS = {
    "killed": (RendererFailed, KILLED, 30),
    "too slow": (TooMuch, SLEEPING, 0.1),
    "over its time of the processor": (TooMuch, COMPUTING, 30),
    "given what is no PDF": (RendererFailed, None, 30),
}


@pytest.mark.parametrize(("ends", "program", "waited"), ENDS.values(), ids=ENDS)
def test_joining_that_fails_says_how_and_leaves_nothing_running(ends, program, waited):
    joiner = Joiner(waited=waited)
    if program:
        joiner.command = [sys.executable, "-c", program]
    process, _ = joiner.start()
    with pytest.raises(ends):
        joiner.join([b"no PDF"], [b"nor this"])
    assert joiner.running is None
    assert process.poll() is not None
