"""What a CPD statement asks: `statement.toml`. Which of its answers are words, a day or a tick is known here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from apps.core.reviewed import ContentError, Table, read
from apps.core.sources import SOURCES, Source

STATEMENT_FILE = Path(__file__).with_name("statement.toml")
DAY, ACTIVITY, LINKED = "done_on", "activity", "linked_to_cbt"  # a record counts by these: they are always asked
WORDS = (ACTIVITY, "learned", "principle", "changed", "evidence", "next_step")


@dataclass(frozen=True)
class Question:
    """One thing that a statement asks. `rows` is 0 where the answer is not words."""

    id: str
    label: str
    hint: str
    rows: int
    retired: bool


@dataclass(frozen=True)
class Asks:
    """All that a statement asks, in order, when that was noted and what it rests on."""

    noted_on: date
    sources: tuple[Source, ...]
    questions: tuple[Question, ...]

    @property
    def labels(self) -> dict[str, str]:
        """What each answer in words is called, by its id."""
        return {one.id: one.label for one in self.questions if one.id in WORDS}

    def of(self, answered: Collection[str]) -> tuple[Question, ...]:
        """The questions of a page: without retired ones, but those that were `answered`."""
        return tuple(one for one in self.questions if not one.retired or one.id in answered)


def read_asks(path: Path = STATEMENT_FILE) -> Asks:
    """What a statement asks. Raises ContentError."""
    file = read(path)
    noted_on = file.get("noted_on", date, "a day, such as 2026-11-26")
    sources = tuple(SOURCES[key] for key in file.some_of("sources", SOURCES))
    if not all(source.link for source in sources):
        raise file.wrong("sources", "a list of sources that each have a link")
    questions = tuple(map(read_question, file.tables("question")))
    file.finish()
    ids = [one.id for one in questions]
    for missing in (DAY, *WORDS, LINKED):
        if ids.count(missing) != 1:
            raise ContentError(f"{path.name}: “{missing}” should be a question once: statements keep its answers")
    return Asks(noted_on, sources, questions)


def read_question(table: Table) -> Question:
    """One question. Raises ContentError."""
    name = table.one_of("id", (DAY, *WORDS, LINKED))
    rows = table.number("rows") if name in WORDS else 0
    question = Question(name, table.text("label"), table.text("hint"), rows, table.flag("retired"))
    if question.retired and name in (DAY, ACTIVITY, LINKED):
        raise table.wrong("retired", "false: a record counts by it")
    table.finish()
    return question


ASKS = read_asks()
