"""The gate to all that one person holds here: takes the person, gives counts and no word of theirs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from apps.accounts.models import User as Person
from apps.coping.models import OwnStrategy
from apps.journal.models import Plan, Reflection
from apps.reports.cpd.models import CpdStatement
from apps.reports.models import Report
from apps.supervision.models import SharedSummary
from apps.values.models import Placing

if TYPE_CHECKING:
    from apps.accounts.models import User


@dataclass(frozen=True)
class Held:
    """How much of one thing somebody has here."""

    what: str
    number: int


def held_by(person: "User") -> tuple[Held, ...]:
    """What goes with this person's account, as they would count it."""
    found: dict[str, QuerySet] = {
        "Reflections and drafts": Reflection.objects.owned_by(person),
        "Coping plans": Plan.objects.owned_by(person),
        "Times you placed a value": Placing.objects.owned_by(person),
        "Strategies of your own": OwnStrategy.objects.owned_by(person),
        "Summaries you shared": SharedSummary.objects.owned_by(person).shared(),
        "CPD statements": CpdStatement.objects.owned_by(person),
        "Reports": Report.objects.owned_by(person),
    }
    return tuple(Held(what, rows.count()) for what, rows in found.items())


def is_last_administrator(person: "User") -> bool:
    """Whether nobody else could let people in or end their access."""
    others = Person.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
    return person.is_superuser and not others.exists()
