"""The gate from a reflection to a CPD statement, and what a statement or a year of them says on paper.

From a reflection it gives what its author learned and did, and never what happened.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone
from django.utils.formats import date_format

from apps.journal.models import FollowUp, Plan, Reflection
from apps.reports.content import NotThere
from apps.reports.cpd.models import CpdStatement
from apps.reports.cpd.requirements import Body, in_words
from apps.reports.paper import Part, line, text_on_paper

if TYPE_CHECKING:
    from apps.accounts.models import User

DONE = (FollowUp.Did.YES, FollowUp.Did.PARTLY)


def begin_from(author: "User", reflection_id: uuid.UUID | None) -> dict[str, Any]:
    """What a statement may begin with, from one completed reflection of the author's. Raises NotThere."""
    own = Reflection.objects.owned_by(author).completed().whole()
    found = own.filter(pk=reflection_id).first() if reflection_id else None
    if found is None:
        raise NotThere
    plans = list(found.plans.all())
    done = [plan for plan in plans if was_done(plan)]
    return {
        "done_on": timezone.localdate(found.created_at),
        "activity": f"Reflection on practice: {'; '.join(found.challenge_names())}",
        "learned": "\n\n".join(text for text in (found.see_it_now, found.take_forward) if text.strip()),
        "changed": in_lines(done),
        "next_step": in_lines(plan for plan in plans if plan not in done and plan.looked_back_at is None),
    }


def was_done(plan: Plan) -> bool:
    """Whether its author said so, when looking back on it."""
    return any(answer.did in DONE for answer in plan.follow_ups.all())


def in_lines(plans: Any) -> str:
    """Plans, each on its own line."""
    return "\n".join(plan.in_words() for plan in plans)


@dataclass(frozen=True)
class CpdContent:
    """What goes into the PDF of one statement, or of a year of them."""

    version: int
    made_by: str
    heading: str
    facts: tuple[str, ...]
    statements: tuple["Statement", ...]
    template: ClassVar[str] = "reports/print/cpd.html"
    large: ClassVar[bool] = False
    is_long: ClassVar[bool] = False

    def on_paper(self) -> dict[str, Any]:
        """What the template draws, every text ready for paper."""
        return {"parts": [statement.on_paper() for statement in self.statements], "maker": line(self.made_by)}


@dataclass(frozen=True)
class Statement:
    """One statement as its author reads it."""

    done_on: date
    linked_to_cbt: bool
    texts: tuple[tuple[str, str], ...]

    def on_paper(self) -> Part:
        """The day, whether it is linked to CBT, and each answer."""
        return Part(
            title=date_format(self.done_on, "j F Y"),
            question="Linked to CBT" if self.linked_to_cbt else "",
            answers=tuple(text_on_paper(label, text) for label, text in self.texts),
        )


def frozen(statement: CpdStatement) -> Statement:
    """A statement as plain values."""
    texts = tuple((label, text) for _, label, text in statement.texts)
    return Statement(statement.done_on, statement.linked_to_cbt, texts)


def gather_statement(author: "User", statement_id: uuid.UUID | None) -> CpdContent:
    """Everything that the PDF of one statement says. Raises NotThere."""
    found = CpdStatement.objects.owned_by(author).filter(pk=statement_id).first() if statement_id else None
    if found is None:
        raise NotThere
    return CpdContent(found.version, author.name, "CPD reflective statement", (), (frozen(found),))


def gather_record(author: "User", year: int, body: Body | None) -> CpdContent:
    """Everything that the PDF of a year says, counted against what `body` asks where one was chosen."""
    own = CpdStatement.objects.owned_by(author)
    statements, counted = tuple(map(frozen, own.of_year(year).latest_first())), own.count_year(year)
    facts = [in_words(counted.activities, counted.linked, body)]
    if body:
        facts = [f"{body.name}: {facts[0]}", f"As read on {date_format(body.noted_on, 'j F Y')}. {body.check}"]
    return CpdContent(0, author.name, f"CPD record of {year}", tuple(facts), statements)
