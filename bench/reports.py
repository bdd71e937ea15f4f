"""What reports cost beyond their time: the memory a renderer gathers, and the worst that anybody may type."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from apps.journal.reading import Row
from apps.reports.content import Content
from apps.reports.pdf import draw, markup
from apps.reports.process import Renderer, TooMuch

GROWTH_GOAL, WORST_GOAL = 3, 10  # MB from the 50th report to the 500th; seconds for one report
WORST = {
    "100,000 letters without a space": "x" * 100_000,
    "20,000 words": "word " * 20_000,
    "10,000 lines": "a\n" * 10_000,
    "3,000 paragraphs": "a\n\n" * 3_000,
    "1,000 emoji": "😀" * 1_000,
    "10,000 emoji": "😀" * 10_000,
    "20,000 marks upon a letter": "e" + "\u0301" * 20_000,
    "20,000 letters that no font has": "\U0010fffc" * 20_000,
}


def lines(content: Content) -> Iterator[str]:
    """A sentence for each figure, as it is measured."""
    yield f"499 reports in one renderer: {growth(content):+.1f} MB from the 50th on (goal: {GROWTH_GOAL})"
    for name, text in WORST.items():
        yield f"{name}: {worst(content, text)} (goal: {WORST_GOAL} s of the processor)"


def growth(content: Content) -> float:
    """How much more memory a renderer holds after its last report but one than after 50."""
    renderer, page = Renderer(), markup(content)
    process, _ = renderer.start()
    held = {}
    for number in range(1, 500):
        renderer.draw(page)
        if number in (50, 499):
            held[number] = held_by(process.pid)
    renderer.stop()
    return held[499] - held[50]


def held_by(pid: int) -> float:
    """The memory of a process, in MB."""
    [line] = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def worst(content: Content, text: str) -> str:
    """How long the report of this text takes by the clock, and how it ends."""
    row = Row("id_what_happened", "What?", tuple(text.split("\n")), is_list=False)
    phase = replace(content.reading.phases[0], rows=(row,))
    heavy = replace(content, reading=replace(content.reading, phases=(phase,)))
    began = time.perf_counter()
    try:
        end = f"{draw(heavy).pages} pages"
    except TooMuch:
        end = "ended as too much"
    return f"{end} after {time.perf_counter() - began:.1f} s"
