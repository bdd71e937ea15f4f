"""CPD statements on paper: one of them, or those of a year, counted. They are texts of their own (decision 0029)."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.formats import date_format
from django.utils.text import Truncator

from apps.reports import paper
from apps.reports.content.checking import Asked, Holds, NotThere, Part, Text
from apps.reports.cpd.models import CpdStatement
from apps.reports.cpd.requirements import BODIES, Body, in_words
from apps.reports.cpd.statement import ASKS
from apps.reports.states import Tell, quietly

if TYPE_CHECKING:
    from apps.accounts.models import User

SHORT = 80  # characters of an activity, on the page where the report is checked
LABELS = ASKS.labels


@dataclass(frozen=True)
class Statement:
    """One statement as its author reads it: what it says, each under its label."""

    pk: uuid.UUID
    done_on: date
    linked_to_cbt: bool
    texts: tuple[Text, ...]

    @property
    def day(self) -> str:
        """The day of the activity, in words."""
        return date_format(self.done_on, "j F Y")

    @property
    def title(self) -> str:
        """The day and the beginning of the activity, if that is in it."""
        activity = dict(self.texts).get(LABELS["activity"])
        return f"{self.day}: {Truncator(activity).chars(SHORT)}" if activity else self.day

    def on_paper(self) -> paper.Passage:
        """The day, whether it is linked to CBT, and each answer."""
        linked = "Linked to CBT" if self.linked_to_cbt else ""
        return paper.Passage(self.day, linked, tuple(paper.text_on_paper(label, text) for label, text in self.texts))


@dataclass(frozen=True)
class StatementContent:
    """What goes into the PDF of one statement."""

    version: int
    made_by: str
    statement: Statement
    large: bool = False
    template: ClassVar[str] = "reports/print/cpd_statement.html"
    is_long: ClassVar[bool] = False

    def on_paper(self) -> dict[str, Any]:
        """What the template draws, every text ready for paper."""
        return {"part": self.statement.on_paper(), "maker": paper.maker(self.made_by)}


@dataclass(frozen=True)
class RecordContent:
    """What goes into the PDF of a year's record."""

    made_by: str
    year: int
    facts: tuple[str, ...]
    sections: tuple[str, ...]
    statements: tuple[Statement, ...]
    large: bool
    template: ClassVar[str] = "reports/print/cpd_record.html"
    version: ClassVar[int] = 1
    is_long: ClassVar[bool] = False

    @property
    def holds(self) -> Holds:
        """The statements in it."""
        return Holds(statements=tuple(one.pk for one in self.statements))

    def on_paper(self) -> dict[str, Any]:
        """What the template draws, every text ready for paper."""
        return {"parts": [one.on_paper() for one in self.statements], "maker": paper.maker(self.made_by)}

    def parts(self) -> list[Part]:
        """The statements by their titles, and what of them is in it."""
        titles = tuple(one.title for one in self.statements)
        return [
            Part("Statements", str(len(titles)), titles),
            Part("Of each", names=tuple(LABELS[name] for name in self.sections)),
        ]

    def texts(self) -> Iterator[Text]:
        """All that its author wrote in the chosen parts."""
        for one in self.statements:
            yield from ((f"{label} ({one.day})", text) for label, text in one.texts)


def frozen(statement: CpdStatement, sections: Collection[str] = tuple(LABELS)) -> Statement:
    """These parts of a statement as plain values."""
    texts = tuple((label, text) for name, label, text in statement.texts if name in sections)
    return Statement(statement.pk, statement.done_on, statement.linked_to_cbt, texts)


def gather_statement(
    author: "User", statement_id: uuid.UUID | None, *, sections: Collection[str] = (), large: bool = False
) -> StatementContent:
    """Everything that the PDF of one statement says, or these parts of it. Raises NotThere."""
    found = CpdStatement.objects.owned_by(author).filter(pk=statement_id).first() if statement_id else None
    if found is None:
        raise NotThere
    return StatementContent(found.version, author.name, frozen(found, sections or tuple(LABELS)), large)


def gather(author: "User", asked: Asked, _tell: Tell = quietly) -> RecordContent:
    """Everything that the PDF of a year says, counted against what the chosen register asks. Raises NotThere."""
    sections = tuple(name for name in LABELS if name in asked["sections"])
    own = CpdStatement.objects.owned_by(author).of_year(asked["year"]).latest_first()
    statements = tuple(frozen(row, sections) for row in own)
    if not statements:
        raise NotThere
    facts = facts_of(statements, BODIES.get(asked["register"]))
    return RecordContent(author.name, asked["year"], facts, sections, statements, asked["large"])


def hold(author: "User", ids: Collection[uuid.UUID]) -> bool:
    """Whether all of these statements are still the author's; they are locked until the transaction ends."""
    own = CpdStatement.objects.owned_by(author).filter(pk__in=ids).order_by("pk")
    return len(own.select_for_update(no_key=True).values_list("pk")) == len(ids)


def facts_of(statements: Collection[Statement], body: Body | None) -> tuple[str, ...]:
    """How many there are, and where a register was chosen, what it asks and when that was noted."""
    counts = in_words(len(statements), sum(one.linked_to_cbt for one in statements), body)
    if body is None:
        return (counts,)
    return f"{body.name}: {counts}", f"As noted on {date_format(body.noted_on, 'j F Y')}. {body.check}"


def title(asked: Asked) -> str:
    """What its author knows it by."""
    return f"CPD record of {asked['year']}"
