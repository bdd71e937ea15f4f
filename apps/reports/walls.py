"""The walls around a program that works for `process.py`: what it may reach, and how much it may take (decision 0027).

It imports no line of Keel's and nothing that draws, since a program that only joins needs none of it.
"""

import gc
import json
import os
import resource
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from apps.reports.drawn import Drawn

MOST_REPORTS = 500  # by one program
MUCH_MEMORY = 256 * 2**10  # KiB; a program that ever held more is not kept
KEPT_OUT = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.dlopen")
OWN_CODE = (sys.prefix, sys.base_prefix, str(Path(__file__).parent.parent))

Act = Callable[..., Drawn]


class Refused(BaseException):
    """A report reached for something. It is no `Exception`, for a library would catch it and go on."""


class TooLarge(Exception):
    """More pages than anybody would print."""


def serve(act: Act) -> None:
    """Do it for whoever started this program, by the pipe that is its input, within the bounds that are its arguments.

    It ends when the other end is closed, or when a fresh program would be the better one.
    """
    pipe, seconds, memory = Connection(sys.stdin.fileno()), int(sys.argv[1]), int(sys.argv[2])
    status = os.open("/proc/self/status", os.O_RDONLY)
    keep_in()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for number in range(1, MOST_REPORTS + 1):
        try:
            frames = [pipe.recv_bytes() for _ in range(int(pipe.recv_bytes()))]
        except EOFError:
            return
        bound_the_processor(seconds)
        said, pdf = answer(act, frames)
        last = number == MOST_REPORTS or most_memory(status) > MUCH_MEMORY
        pipe.send_bytes(json.dumps(said | {"last": last}).encode())
        pipe.send_bytes(pdf)
        if last:
            return
        del frames, pdf
        gc.collect()  # after the report, not in it: neither of them waits for it


def most_memory(status: int) -> int:
    """The most that this program ever held, in KiB; what getrusage says begins with whoever started it."""
    return int(os.pread(status, 4096, 0).partition(b"VmHWM:")[2].split()[0])


def answer(act: Act, frames: list[bytes]) -> tuple[dict[str, object], bytes]:
    """What became of what was asked: how it ended, and the PDF if there is one. Words of errors stay here."""
    try:
        drawn = act(*frames)
    except Refused:
        return {"end": "refused"}, b""
    except (MemoryError, RecursionError, SystemError, TooLarge):  # SystemError: C found no memory to say why
        return {"end": "too large"}, b""
    except Exception as error:  # whoever asked may try again
        return {"end": "trouble", "error": type(error).__name__}, b""
    return {"end": "drawn", "pages": drawn.pages, "places": drawn.places}, drawn.pdf


def keep_in() -> None:
    """From now on: no socket, no other process, no file but code, and nothing written."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stderr.fileno())  # what a library says about words is nobody's business
    sys.dont_write_bytecode = True
    sys.addaudithook(guard)
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(kind, (0, 0))


def guard(event: str, details: tuple[object, ...]) -> None:
    """Raises Refused where Python is about to reach out of this process. The wall behind the fetcher."""
    if event.startswith(KEPT_OUT) or (event == "open" and not os.path.normpath(str(details[0])).startswith(OWN_CODE)):
        raise Refused("A report reached for something outside")


def bound_the_processor(seconds: int) -> None:
    """The kernel ends this process when it has computed for so many more seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, most))
