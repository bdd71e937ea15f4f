"""The gates to what reports say: an author's own things in, plain frozen values out. One module for each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.reports.content import cpd, evidence, pack, period, portfolio, reflection
from apps.reports.content.checking import Asked, Chosen, Findings, Holds, NotThere, SourceGone, findings, fingerprint
from apps.reports.content.cpd import gather_statement
from apps.reports.content.reflection import Choice, Content, choices, gather, written_at
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
    "findings",
    "fingerprint",
    "gather",
    "gather_statement",
    "hold",
    "written_at",
]
