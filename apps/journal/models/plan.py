"""Coping plans: one concrete act each, and the day to look back on it."""

import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from apps.coping.models import DELETED, IN_OWN_WORDS, LONGEST_NAME, OwnStrategy
from apps.core.sealed import SealedTextField
from apps.journal.models.follow_up import FollowUp
from apps.journal.models.rules import LONGEST_LINE, MOST_PLANS, OutOfDate, SavesIfChanged

if TYPE_CHECKING:
    from apps.accounts.models import User


class PlanQuerySet(models.QuerySet["Plan"]):
    """Which plans a person may see: their own, of reflections they completed."""

    def owned_by(self, user: "User") -> "PlanQuerySet":
        """The plans in `user`'s reflections."""
        return self.filter(reflection__author=user)

    def with_strategy(self) -> "PlanQuerySet":
        """With the strategy each rests on."""
        return self.select_related("version", "version__strategy")

    def of_completed(self) -> "PlanQuerySet":
        """Those of reflections that are complete: a draft's plans are not settled yet."""
        return self.filter(reflection__completed_at__isnull=False)

    def upcoming(self, *, today: date) -> "PlanQuerySet":
        """Open plans of completed reflections whose day to look back is still to come."""
        return self.of_completed().filter(look_back_on__gt=today, looked_back_at=None).order_by("look_back_on", "id")

    def to_look_back_on(self, *, today: date) -> "PlanQuerySet":
        """Open plans of completed reflections whose day has come."""
        return self.of_completed().filter(look_back_on__lte=today, looked_back_at=None).order_by("look_back_on", "id")

    def without_a_day(self) -> "PlanQuerySet":
        """Open plans of completed reflections with no day to look back, those of the newest reflection first."""
        open_ended = self.of_completed().filter(look_back_on=None, looked_back_at=None)
        return open_ended.order_by("-reflection__created_at", "-id")

    def done(self) -> "PlanQuerySet":
        """Plans of completed reflections that were looked back on for the last time, the latest first."""
        return self.of_completed().filter(looked_back_at__isnull=False).order_by("-looked_back_at", "-id")


class Plan(SavesIfChanged):
    """One concrete act: "When ..., I will ...", and the day to look back on it."""

    class LookBack(models.TextChoices):
        TOMORROW = "tomorrow", "Tomorrow"
        THREE_DAYS = "three_days", "In 3 days"
        NEXT_WEEK = "next_week", "Next week"
        NONE = "none", "No follow-up"

    DAYS: dict[str, int] = {LookBack.TOMORROW: 1, LookBack.THREE_DAYS: 3, LookBack.NEXT_WEEK: 7}  # local days ahead

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reflection = models.ForeignKey("Reflection", on_delete=models.CASCADE, related_name="plans", db_index=False)
    number = models.PositiveSmallIntegerField()  # 1 to 3, in the author's order
    version = models.ForeignKey("coping.StrategyVersion", on_delete=models.PROTECT, null=True, related_name="+")
    # A strategy of one's own: its id, which is no key, and its name as it was. The plan outlives it unchanged.
    own_id = models.UUIDField(null=True)
    own_name = SealedTextField(max_length=LONGEST_NAME)
    when = SealedTextField(max_length=LONGEST_LINE)
    will = SealedTextField(max_length=LONGEST_LINE)
    look_back = models.CharField(max_length=12, choices=LookBack, blank=True)
    look_back_on = models.DateField(null=True)
    looked_back_at = models.DateTimeField(null=True)  # for the last time: the plan is done with

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reflection", "number"], name="plan_number_is_used_once"),
            models.CheckConstraint(name="plan_number_1_to_3", condition=Q(number__gte=1) & Q(number__lte=MOST_PLANS)),
            models.CheckConstraint(
                name="plan_rests_on_one_strategy", condition=Q(version__isnull=True) | Q(own_id__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["look_back_on"], name="plan_due"),
            # In place of the key's own index, and all that the insights read of a plan (0026).
            models.Index(fields=["reflection", "version", "own_id", "id"], name="plan_insights"),
        ]
        ordering = ["number"]

    def look_back_in(self, choice: str, *, today: date) -> dict[str, Any]:
        """The fields for looking back after `choice`, in local days from `today`; the same choice keeps its day."""
        return {} if choice == self.look_back else self.day_after(choice, today=today)

    def day_after(self, choice: str, *, today: date) -> dict[str, Any]:
        """The fields for looking back after `choice`; a day to come opens a plan that was done with."""
        days = self.DAYS.get(choice)
        if days is None:
            return {"look_back": choice, "look_back_on": None}
        return {"look_back": choice, "look_back_on": today + timedelta(days=days), "looked_back_at": None}

    def answer(self, *, number: int, did: str, helped: int | None, note: str, then: str) -> FollowUp:
        """Keep answer `number` with the plan as it reads now; the caller holds the reflection's lock.

        Raises OutOfDate unless it is the next: then the plan was looked back on elsewhere meanwhile.
        """
        if number != self.next_answer():
            raise OutOfDate
        as_it_reads = {"version": self.version, "own_id": self.own_id, "when": self.when, "will": self.will}
        said = {"did": did, "helped": helped, "note": note, "then": then}
        return self.follow_ups.create(author_id=self.reflection.author_id, number=number, **said, **as_it_reads)

    def next_answer(self) -> int:
        """The number of the next answer: 1 before the first."""
        return len(self.follow_ups.all()) + 1

    def keep(self, *, look_back: str, today: date) -> None:
        """Look back on it again after `look_back` ("tomorrow", "three_days", "next_week")."""
        self.save_if_changed(**self.day_after(look_back, today=today))

    def change(self, *, when: str, will: str, look_back: str, today: date) -> None:
        """Say something else from now on, and look back on that; the answers keep the old words."""
        self.save_if_changed(when=when, will=will, **self.day_after(look_back, today=today))

    def drop(self, *, at: datetime) -> None:
        """Be done with it."""
        self.save_if_changed(looked_back_at=at)

    @property
    def strategy_key(self) -> str:
        """How forms and records name the strategy it rests on; nothing where it rests on none."""
        return self.version.strategy.slug if self.version else str(self.own_id or "")

    @property
    def strategy_name(self) -> str:
        """The strategy's name as it was when the plan was made, the library's or one's own."""
        return self.version.name if self.version else self.own_name

    def in_words(self) -> str:
        """The plan as "When ..., I will ...", as far as it is written."""
        return in_words(self.when, self.will)


def rests_on(strategy: uuid.UUID | str) -> Q:
    """Plans, or answers to plans, that rest on the library's strategy or the own one of this id; or on none."""
    if strategy == IN_OWN_WORDS:
        return Q(version=None, own_id=None)
    if strategy == DELETED:
        return Q(~Exists(OwnStrategy.objects.filter(pk=OuterRef("own_id"))), own_id__isnull=False)
    return Q(version__strategy=strategy) | Q(own_id=strategy)


def in_words(when: str, will: str) -> str:
    """The words of a plan as one sentence."""
    return ", ".join(part for part in (led_by("When", when), led_by("I will", will)) if part)


def led_by(lead: str, text: str) -> str:
    """`text` after its lead word, which people often write themselves; nothing stays nothing."""
    text = text.strip().rstrip(",")
    return text if not text or text.casefold().startswith(f"{lead.casefold()} ") else f"{lead} {text}"
