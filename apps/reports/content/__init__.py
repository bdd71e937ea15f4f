"""The gates to what reports say: an author's own things in, plain frozen values out. One module for each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.reports.content import cpd, evidence, pack, period, portfolio
from apps.reports.content.checking import Asked, Chosen, Findings, NotThere, findings, fingerprint
from apps.reports.content.cpd import gather_statement
from apps.reports.content.reflection import Choice, Content, choices, gather, there, written_at
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

__all__ = [
    "GATES",
    "Asked",
    "Choice",
    "Chosen",
    "Content",
    "Findings",
    "Gate",
    "NotThere",
    "choices",
    "findings",
    "fingerprint",
    "gather",
    "gather_statement",
    "there",
    "written_at",
]
