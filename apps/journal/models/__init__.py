"""A reflection and what belongs to it. Imported only by the journal and the gates (import-linter holds that)."""

from apps.journal.models.follow_up import HELPED_FROM, MOST_HELP, FollowUp, FollowUpQuerySet
from apps.journal.models.parts import AppraisalAnswer, ReflectionChallenge, ReflectionValue
from apps.journal.models.plan import Plan, PlanQuerySet, rests_on
from apps.journal.models.reflection import Reflection, ReflectionQuerySet
from apps.journal.models.reminder import Reminder, on_the_wall
from apps.journal.models.rules import (
    LONGEST_LINE,
    MOST_PLANS,
    MOST_VALUES,
    OutOfDate,
    WrongState,
)

__all__ = [
    "HELPED_FROM",
    "LONGEST_LINE",
    "MOST_HELP",
    "MOST_PLANS",
    "MOST_VALUES",
    "AppraisalAnswer",
    "FollowUp",
    "FollowUpQuerySet",
    "OutOfDate",
    "Plan",
    "PlanQuerySet",
    "Reflection",
    "ReflectionChallenge",
    "ReflectionQuerySet",
    "ReflectionValue",
    "Reminder",
    "WrongState",
    "on_the_wall",
    "rests_on",
]
