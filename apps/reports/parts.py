"""A long report: drawn in parts by two renderers side by side, and joined into one PDF (decision 0030).

Each part is laid out once, before anybody knows which of its pages is which. So the contents and the feet of all pages
are drawn last, and put in by the process that joins, when the second renderer has ended: no more than two at a time.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from apps.reports.process import Drawn, Joiner, Renderer, TooMuch, renderer, wait_for
from apps.reports.states import Look, Tell

MOST_AT_ONCE = 2  # renderers for one report: others wait for theirs
LETTERS_OF_A_PART = 30_000  # about 25 pages: longer parts take more time a page, shorter ones more fonts
LETTERS_AROUND, LETTERS_OF_COUNTS = 1_000, 10_000  # what a reflection's headings, and all counts, weigh beside them
MOST_PAGES = 1_000
MOST_SECONDS_WAITED = 85  # by the clock, for all of them; less than a task has
FEET = 60  # drawn in one go: some for each renderer, whichever of them draws the front
LINES_OF_CONTENTS = {False: 40, True: 22}  # on a page of usual or large print: a guess that saves drawing them twice

Write = Callable[[str, Mapping[str, Any]], str]


@dataclass(frozen=True)
class Part:
    """What is drawn in one go: as what the stylesheet takes it, its template, what that draws, and its letters."""

    kind: str
    name: str
    on_paper: Mapping[str, Any]
    letters: int = 0

    @property
    def template(self) -> str:
        """Where its markup is."""
        return f"reports/print/portfolio_{self.name}.html"


def parts_of(on_paper: Mapping[str, Any]) -> list[Part]:
    """The counts, then the reflections some at a time; none if one group is all, which is better drawn as a whole."""
    groups: list[list[tuple[int, Any]]] = []
    letters: list[int] = []
    for number, one in enumerate(on_paper["reflections"], start=1):
        more = letters_in(one)
        if not groups or letters[-1] + more > LETTERS_OF_A_PART:
            groups.append([])
            letters.append(0)
        groups[-1].append((number, one))
        letters[-1] += more
    if len(groups) < 2:
        return []
    parts = [Part("part", "part", {"reflections": group}, size) for group, size in zip(groups, letters, strict=True)]
    sections = on_paper["sections"]
    return [Part("part", "counts", {"sections": sections}, LETTERS_OF_COUNTS), *parts] if sections else parts


def letters_in(reflection: Mapping[str, Any]) -> int:
    """About how many letters a reflection has on paper."""
    answers = [answer for part in reflection["parts"] for answer in part.answers]
    return LETTERS_AROUND + sum(len(line.text) for answer in answers for line in answer.lines)


def draw_in_parts(
    on_paper: Mapping[str, Any], parts: Sequence[Part], write: Write, *, large: bool, tell: Tell, look: Look
) -> Drawn:
    """The PDF of a report of these parts. Raises Refused, TooMuch and RendererFailed."""
    expected = -(-len(on_paper["contents"]) // LINES_OF_CONTENTS[large])
    with renderers() as at_work:
        desk = Desk(at_work, write, time.monotonic() + MOST_SECONDS_WAITED, look)
        drawn = draw_parts(desk, parts, lambda pages, in_all: tell(pages, in_all + expected))
        front, feet = draw_front_and_feet(desk, on_paper, drawn, expected)
    joiner = Joiner(waited=max(1, desk.deadline - time.monotonic()))
    joined = joiner.join([front.pdf, *(one.pdf for one in drawn)], [one.pdf for one in feet], look)
    tell(joined.pages, joined.pages)
    return joined


@contextmanager
def renderers() -> Iterator[list[Renderer]]:
    """The renderer that is kept, and another one where there is a core for it. Whatever goes wrong ends both."""
    at_work = [renderer, *(Renderer() for _ in range(min(MOST_AT_ONCE, len(os.sched_getaffinity(0))) - 1))]
    try:
        for one in at_work:
            one.start()
        yield at_work
    except BaseException:
        renderer.stop()  # it may be at something that nobody waits for any more
        raise
    finally:
        for one in at_work[1:]:
            one.stop()


@dataclass(frozen=True)
class Desk:
    """Who draws, how the pages of markup are written, until when, and who sees whether somebody still waits."""

    at_work: Sequence[Renderer]
    write: Write
    deadline: float
    look: Look

    def draw(self, parts: Iterable[Part]) -> Iterator[tuple[int, Drawn]]:
        """Each part and its place in the row, as it gets done by whichever renderer is free.

        It is written when a renderer is free for it, while others draw. Raises Refused, TooMuch and RendererFailed.
        """
        free, left = list(self.at_work), enumerate(parts)
        busy: dict[Any, tuple[Renderer, int]] = {}  # by the pipe of the answer
        while True:
            while free and (following := next(left, None)):
                (number, part), one = following, free.pop()
                busy[one.ask_to_draw(self.write(part.template, part.on_paper), part.kind)] = one, number
            if not busy:
                return
            for pipe in wait_for(list(busy), until=self.deadline, look=self.look):
                one, number = busy.pop(pipe)
                free.append(one)
                yield number, one.answer()


def draw_parts(desk: Desk, parts: Sequence[Part], tell: Tell) -> list[Drawn]:
    """Every part, in order. Raises Refused, TooMuch and RendererFailed."""
    letters = sum(part.letters for part in parts)
    found: dict[int, Drawn] = {}
    for number, drawn in desk.draw(parts):
        found[number] = drawn
        pages = sum(one.pages for one in found.values())
        if pages > MOST_PAGES:
            raise TooMuch
        tell(pages, round(pages * letters / sum(parts[number].letters for number in found)))
    return [found[number] for number in range(len(parts))]


def draw_front_and_feet(
    desk: Desk, on_paper: Mapping[str, Any], parts: Sequence[Drawn], expected: int
) -> tuple[Drawn, list[Drawn]]:
    """The heading and the contents, and the feet of all pages, with the right numbers.

    The numbers hang on how long the contents are, and how long they are hangs on no number: a wrong guess is put right.
    """
    contents = contents_of(on_paper, parts, expected)
    pages = expected + sum(part.pages for part in parts)
    numbers = [range(first, min(first + FEET, pages + 1)) for first in range(1, pages + 1, FEET)]
    around = [
        Part("front", "front", {**on_paper, "contents": contents}),
        *(Part("feet", "feet", {"numbers": some, "pages": pages}) for some in numbers),
    ]
    front, *feet = (drawn for _, drawn in sorted(desk.draw(around), key=itemgetter(0)))
    if front.pages != expected:
        return draw_front_and_feet(desk, on_paper, parts, front.pages)
    return front, feet


def contents_of(on_paper: Mapping[str, Any], parts: Sequence[Drawn], first: int) -> list[tuple[str, str, int]]:
    """The place, title and page of all that the contents name, when `first` pages go before the parts."""
    pages: dict[str, int] = {}
    before = first
    for part in parts:
        pages |= {name: before + page for name, page in part.places.items()}
        before += part.pages
    return [(place, title, pages[place]) for place, title in on_paper["contents"]]
