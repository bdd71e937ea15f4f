"""The gates to what reports say: an author's own things in, plain frozen values out. One module for each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.journal.reading import COPING, VALUES_CONNECTION, WORK_CHALLENGE
from apps.reports.content import cpd, evidence, pack, period, portfolio, reflection
from apps.reports.content.checking import Asked, Chosen, Findings, Holds, NotThere, SourceGone, findings, fingerprint
from apps.reports.content.cpd import gather_statement
from apps.reports.content.reflection import Choice, Content, choices, completed_in, gather, written_at
from apps.reports.cpd.statement import ASKS
from apps.reports.states import Tell

if TYPE_CHECKING:
    from apps.accounts.models import User


@dataclass(frozen=True)
class Gate:
    """How a kind of report that is made from choices gets its values, and what it is called."""

    gather: Callable[["User", Asked, Tell], Chosen]
    title: Callable[[Asked], str]


GATES = {
    "period": Gate(period.gather, period.title),
    "evidence": Gate(evidence.gather, evidence.title),
    "supervision": Gate(pack.gather, pack.title),
    "portfolio": Gate(portfolio.gather, portfolio.title),
    "record": Gate(cpd.gather, cpd.title),
}


def hold(author: "User", holds: Holds) -> None:
    """Lock what a report holds, so that it is there until the caller's transaction ends. Raises SourceGone."""
    gates = ((reflection, holds.reflections), (cpd, holds.statements), (pack, holds.summaries))
    if not all(gate.hold(author, ids) for gate, ids in gates):
        raise SourceGone


def parts_chosen(asked: Asked) -> list[str]:
    """The parts of one reflection or statement that go into a report, by name, if not all of them do."""
    names = {key: title for key, title, _ in (WORK_CHALLENGE, VALUES_CONNECTION, COPING)} | ASKS.labels
    return [names[part] for part in (*asked.get("phases", ()), *asked.get("sections", ()))]


__all__ = [
    "GATES",
    "Asked",
    "Choice",
    "Chosen",
    "Content",
    "Findings",
    "Gate",
    "Holds",
    "NotThere",
    "SourceGone",
    "choices",
    "completed_in",
    "findings",
    "fingerprint",
    "gather",
    "gather_statement",
    "hold",
    "parts_chosen",
    "written_at",
]
