"""What each question of the phases rests on: for the content map, so that no question is asked without a ground."""

from dataclasses import dataclass
from pathlib import Path

from apps.core.reviewed import Table, read
from apps.core.sources import SOURCES

FILE = Path(__file__).parent / "content" / "questions.toml"
PHASES = ("challenge", "values", "coping", "look back")


@dataclass(frozen=True)
class Question:
    """A question by its label, why it is asked, and where that comes from."""

    phase: str
    label: str
    why: str
    section: str
    sources: tuple[str, ...]


def read_questions() -> list[Question]:
    """The questions in the order in which they are asked. Raises ContentError."""
    file = read(FILE)
    questions = [read_question(table) for table in file.tables("question")]
    file.finish()
    return questions


def read_question(table: Table) -> Question:
    """One question. Raises ContentError."""
    question = Question(
        phase=table.one_of("phase", PHASES),
        label=table.text("label"),
        why=table.text("why"),
        section=table.text("section"),
        sources=table.some_of("sources", SOURCES),
    )
    table.finish()
    return question
