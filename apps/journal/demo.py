"""Made-up reflections for a demonstration: `content/demo.toml`."""

import tomllib
import uuid
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.utils import timezone

from apps.coping.models import Strategy
from apps.core.challenges import CATEGORIES
from apps.journal import actions
from apps.journal.models import FollowUp, Plan, Reflection
from apps.values.models import ValueCard

if TYPE_CHECKING:
    from apps.accounts.models import User

MOMENTS_FILE = Path(__file__).parent / "content" / "demo.toml"
START_KEYS = uuid.UUID("6f0c0f1e-9c0a-4a57-9b1c-7a3f5f1f2d10")  # the same key for the same moment, run after run
PHASES = ("challenge", "values", "coping")
PLAIN = ("happened", "what_happened", "noticed", "strain_before", "why_it_matters", "see_it_now", "already_helped",
         "supervision", "raise_with", "strain_after", "take_forward")  # fmt: skip
TAKES = timedelta(minutes=9)


@transaction.atomic
def write_moments(*, author: "User", now: datetime) -> int:
    """Write into `author`'s journal each moment that is not there yet, dated back from `now`. Gives their number.

    Raises Strategy.DoesNotExist or ValueCard.DoesNotExist where the library was not loaded.
    """
    moments = tomllib.loads(MOMENTS_FILE.read_text(encoding="utf-8"))["moment"]
    written = 0
    for number, moment in enumerate(moments):
        key = uuid.uuid5(START_KEYS, str(number))
        if not Reflection.objects.owned_by(author).filter(start_key=key).exists():
            write_moment(actions.start_reflection(by=author, kind=moment["kind"], start_key=key), moment, now)
            written += 1
    return written


def write_moment(reflection: Reflection, moment: dict[str, Any], now: datetime) -> None:
    """Fill a new draft with one moment, and complete it unless it is one that was left open."""
    began = moment_of(moment, now)
    reflection.created_at = began
    for name in PLAIN:
        setattr(reflection, name, moment.get(name, getattr(reflection, name)))
    reflection.feelings = " ".join(moment["feelings"])
    reflection.choose_challenges([(category_of(example), example) for example in moment["examples"]])
    cards = ValueCard.objects.available_to(reflection.author)
    reflection.touch_values(
        {cards.get(code=value["code"]).pk: (value["fared"], value["closeness"]) for value in moment.get("values", [])}
    )
    reflection.answer(moment.get("answers", {}))
    for number, plan in enumerate(moment.get("plans", []), 1):
        write_plan(reflection, number, plan, began.date())
    for phase in PHASES[: PHASES.index(moment.get("draft", "coping")) + 1]:
        reflection.count_save((phase,), against=reflection.version)
    reflection.saved_at = began + TAKES
    reflection.save()
    if "draft" not in moment:
        finish(reflection)
    for said in moment.get("looked_back", []):
        look_back(reflection, said, now)


def moment_of(moment: dict[str, Any], now: datetime) -> datetime:
    """When it was written: so many days before `now`, at its hour, and never in the future."""
    day = timezone.localtime(now).date() - timedelta(days=moment["days_ago"])
    written = timezone.make_aware(datetime.combine(day, time.fromisoformat(moment["at"])))
    return min(written, now - TAKES)


def category_of(example: str) -> str:
    """The id of the category that an example belongs to."""
    return next(
        category.id for category in CATEGORIES.values() if example in {listed.key for listed in category.examples}
    )


def write_plan(reflection: Reflection, number: int, plan: dict[str, str], today: date) -> None:
    """One plan, with the strategy it rests on as the library says it now."""
    version = Strategy.objects.published().get(code=plan["strategy"]).current
    said = {"version": version, "when": plan["when"], "will": plan["will"]}
    reflection.plan(number, look_back=plan.get("look_back", ""), today=today, **said)


def finish(reflection: Reflection) -> None:
    """Complete it at its own time."""
    reflection.complete(seen=reflection.version)
    reflection.completed_at = reflection.saved_at
    reflection.save()


def look_back(reflection: Reflection, said: dict[str, Any], now: datetime) -> None:
    """Answer for one plan on its day, at the hour of the reflection; not at all if that is still to come."""
    plan = reflection.plans.get(number=said["plan"])
    hour = timezone.localtime(reflection.created_at).time()
    at = timezone.make_aware(datetime.combine(cast("date", plan.look_back_on), hour))
    if at >= now:
        return
    number = plan.next_answer()
    answer = {"did": said["did"], "helped": said.get("helped"), "note": said.get("note", ""), "then": said["then"]}
    next_step = {name: said.get(name, getattr(plan, name)) for name in ("when", "will", "look_back")}
    kept: dict[str, Any] = {"number": number, "answer": answer, "next_step": next_step}
    actions.look_back(by=reflection.author, pk=plan.pk, today=at.date(), **kept)
    FollowUp.objects.filter(plan=plan, number=number).update(answered_at=at)
    Plan.objects.filter(pk=plan.pk, looked_back_at__isnull=False).update(looked_back_at=at)
    Reflection.objects.filter(pk=reflection.pk).update(saved_at=at)
