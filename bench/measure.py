"""Times taken in turn, A B A B, so that whatever else the machine does falls on all alike."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.server import Server


@dataclass
class Measured:
    """One thing's times, in milliseconds."""

    name: str
    act: Callable[[], object]
    times: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)  # by the server's processors, where it is asked

    def once(self, server: Server | None) -> None:
        """Do it, and keep how long it took."""
        before = server.worked if server else 0
        began = time.perf_counter()
        self.act()
        self.times.append((time.perf_counter() - began) * 1000)
        if server:
            self.worked.append(server.worked - before)

    @property
    def median(self) -> float:
        """The middle of the times."""
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        """Nineteen of twenty times are no longer than this."""
        return statistics.quantiles(self.times, n=20, method="inclusive")[-1]


def in_turn(things: list[Measured], server: Server | None = None, *, rounds: int, seconds: float) -> None:
    """Each thing once a round after one round to warm up, until the rounds or the seconds are over."""
    for thing in things:
        thing.act()
    deadline = time.monotonic() + seconds
    for _ in range(rounds):
        for thing in things:
            thing.once(server)
        if time.monotonic() > deadline and len(things[0].times) >= 2:
            return


@dataclass(frozen=True)
class Ratio:
    """One thing over another, and what it should not exceed (performance goals; none: only described)."""

    thing: Measured
    over: Measured
    goal: float | None = None

    @property
    def worked(self) -> str:
        """The same of the server's processor time, which stays what it is while others use the machine."""
        thing, over = (statistics.median(one.worked or [0]) for one in (self.thing, self.over))
        return f"{thing / over:.2f}" if thing and over else "-"  # what runs beside the server gives it no work

    def row(self) -> list[str]:
        """Its line in the table."""
        return [
            f"{self.thing.name} / {self.over.name}",
            f"{self.thing.median / self.over.median:.2f}",
            f"{self.thing.p95 / self.over.p95:.2f}",
            f"{self.goal:g}" if self.goal else "-",
            self.worked,
            f"{self.thing.median:.1f} / {self.over.median:.1f}",
            f"{self.thing.p95:.1f} / {self.over.p95:.1f}",
            str(len(self.thing.times)),
        ]


HEADINGS = ["what", "median", "p95", "goal", "processor", "ms, median", "ms, p95", "rounds"]


def table(ratios: list[Ratio]) -> str:
    """The ratios as lines of text in columns."""
    rows = [HEADINGS, *(ratio.row() for ratio in ratios)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
