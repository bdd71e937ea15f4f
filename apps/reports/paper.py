"""People's words made ready for paper, whatever they hold: no letter lost, none that breaks the page."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from apps.core.text import CANNOT_BE_KEPT
from apps.journal.reading import Phase, Reading, Row

LONGEST_UNBROKEN = 40  # characters; a longer word gets places to break, else one of 50,000 takes 26 s to lay out
LONG_WORD = re.compile(rf"[^ \t\n]{{{LONGEST_UNBROKEN + 1},}}")  # other spaces may be of the kind that does not break
PIECE = 20  # characters between those places
BREAK_HERE = "\N{ZERO WIDTH SPACE}"
JOINER = "\N{ZERO WIDTH JOINER}"
VIRAMA = 9  # the combining class of the signs that tie two letters into one shape
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Line:
    """A paragraph, whose lines end where the author ended them, or a list item; and if it reads from right to left."""

    text: str
    from_right: bool


@dataclass(frozen=True)
class Answer:
    """One question and what was answered."""

    label: Line
    lines: tuple[Line, ...]
    is_list: bool
    is_plan: bool


@dataclass(frozen=True)
class Passage:
    """What was answered under one title: in a phase, or in a statement."""

    title: str
    question: str
    answers: tuple[Answer, ...]


def on_paper(reading: Reading) -> tuple[Passage, ...]:
    """The phases that hold an answer."""
    return tuple(passage(phase) for phase in reading.phases if phase.rows)


def passage(phase: Phase) -> Passage:
    """One phase."""
    return Passage(phase.title, phase.question, tuple(answer(row) for row in phase.rows))


def answer(row: Row) -> Answer:
    """One answer: its items one by one, its text by paragraphs."""
    is_plan = row.key.startswith("id_when")
    texts = [text for text in row.lines if text.strip()] if row.is_list or is_plan else paragraphs(row.lines)
    return Answer(line(row.label), tuple(line(text) for text in texts), row.is_list, is_plan)


def text_on_paper(label: str, text: str) -> Answer:
    """A text under its label."""
    return answer(Row("", label, tuple(text.splitlines()), is_list=False))


def paragraphs(lines: Iterable[str]) -> list[str]:
    """The lines between two empty ones as one text: thousands of short paragraphs would take a minute to lay out."""
    groups = groupby(lines, key=lambda text: bool(text.strip()))
    return ["\n".join(group) for says_something, group in groups if says_something]


def line(text: str) -> Line:
    """One text: nothing that markup cannot hold, no word too long to lay out."""
    text = CANNOT_BE_KEPT.sub(REPLACEMENT, text)
    return Line(LONG_WORD.sub(lambda word: breakable(word[0]), text), reads_from_right(text))


def maker(name: str) -> Line:
    """Who wrote it, as a line below the title; nothing where they have no name."""
    return line(f"Written by {name}" if name else "")


def breakable(word: str) -> str:
    """`word` with an invisible place to break about every 20 characters, never inside one shape."""
    pieces, start = [], 0
    for at in range(1, len(word)):
        if at - start >= PIECE and may_break(word[at - 1], word[at]):
            pieces.append(word[start:at])
            start = at
    return BREAK_HERE.join([*pieces, word[start:]])


def may_break(before: str, after: str) -> bool:
    """Whether two characters stay themselves when a line ends between them."""
    tied = unicodedata.category(after) in {"Mn", "Mc", "Me", "Cf", "Sk"}
    return not tied and before != JOINER and unicodedata.combining(before) != VIRAMA


def reads_from_right(text: str) -> bool:
    """Whether the first letter that has a direction is Hebrew, Arabic or alike."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((found in {"R", "AL"} for found in directions if found in {"L", "R", "AL"}), False)


def places(what: str, titles: Iterable[str]) -> list[tuple[str, str]]:
    """Lines of a list of contents: the id of each thing, as the templates number them, and its title."""
    return [(f"{what}-{number}", title) for number, title in enumerate(titles, start=1)]
