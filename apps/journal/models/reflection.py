"""A reflection. Nobody but its author ever sees one."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.core import challenges
from apps.core.days import LocalDayField
from apps.core.sealed import SealedTextField
from apps.core.text import LONGEST_TEXT
from apps.journal.models.parts import AppraisalAnswer, ReflectionChallenge, ReflectionValue
from apps.journal.models.plan import Plan
from apps.journal.models.rules import LONGEST_LINE, OutOfDate, WrongState, strain_field, zero_to_ten

if TYPE_CHECKING:
    from apps.accounts.models import User


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    """Which reflections a person may see: their own."""

    def owned_by(self, user: "User") -> "ReflectionQuerySet":
        """The reflections `user` wrote."""
        return self.filter(author=user)

    def drafts(self) -> "ReflectionQuerySet":
        """Those not completed yet."""
        return self.filter(completed_at=None)

    def completed(self) -> "ReflectionQuerySet":
        """Those completed and not reopened."""
        return self.exclude(completed_at=None)

    def newest_first(self) -> "ReflectionQuerySet":
        """In the order of the timeline; the id makes the order whole."""
        return self.order_by("-created_at", "-id")

    def whole(self) -> "ReflectionQuerySet":
        """With everything that belongs to each, in a constant number of queries."""
        return self.prefetch_related(
            "challenges",
            "answers",
            models.Prefetch("values", ReflectionValue.objects.select_related("card")),
            models.Prefetch("plans", Plan.objects.with_strategy().prefetch_related("follow_ups")),
        )


class Reflection(models.Model):
    """One difficult moment taken through the three phases: a draft until its author completes it."""

    class Kind(models.TextChoices):
        FULL = "full", "Full reflection"
        QUICK = "quick", "Quick capture"

    class Happened(models.TextChoices):
        TODAY = "today", "Today"
        THIS_WEEK = "this_week", "Earlier this week"
        LONGER_AGO = "longer_ago", "Longer ago"

    class Supervision(models.TextChoices):
        NO = "no", "No"
        CASE_MANAGEMENT = "case_management", "Yes, in case management"
        CLINICAL_SKILLS = "clinical_skills", "Yes, in clinical skills supervision"

    class RaiseWith(models.TextChoices):
        NO = "no", "No"
        LINE_MANAGER = "line_manager", "Yes, with my line manager"
        TEAM = "team", "Yes, with my team"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    start_key = models.UUIDField(editable=False)  # made with the start page, so that a double submit makes one
    kind = models.CharField(max_length=8, choices=Kind)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    day = LocalDayField(of="created_at")
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    # The version at which each phase was last saved: two tabs on two phases do not conflict.
    challenge_version = models.PositiveIntegerField(default=0, editable=False)
    values_version = models.PositiveIntegerField(default=0, editable=False)
    coping_version = models.PositiveIntegerField(default=0, editable=False)

    happened = models.CharField(max_length=12, choices=Happened, blank=True)
    what_happened = SealedTextField(max_length=LONGEST_TEXT)
    feelings = SealedTextField(max_length=LONGEST_LINE)  # keys of the chips, separated by spaces
    noticed = SealedTextField(max_length=LONGEST_TEXT)
    strain_before = strain_field()
    came_up = models.PositiveIntegerField(default=0, editable=False)  # `bits_of` the challenges: the insights count it

    new_value = SealedTextField(max_length=80)  # typed but not made a card yet, so that autosave keeps it
    why_it_matters = SealedTextField(max_length=LONGEST_TEXT)
    see_it_now = SealedTextField(max_length=LONGEST_LINE)

    already_helped = SealedTextField(max_length=LONGEST_TEXT)
    supervision = models.CharField(max_length=16, choices=Supervision, blank=True)
    raise_with = models.CharField(max_length=16, choices=RaiseWith, blank=True)
    strain_after = strain_field()
    take_forward = SealedTextField(max_length=LONGEST_TEXT)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "start_key"], name="reflection_is_started_once"),
            zero_to_ten("reflection_strain_before_0_to_10", "strain_before"),
            zero_to_ten("reflection_strain_after_0_to_10", "strain_after"),
            models.CheckConstraint(
                name="reflection_phase_versions_not_ahead",
                condition=Q(challenge_version__lte=F("version"))
                & Q(values_version__lte=F("version"))
                & Q(coping_version__lte=F("version")),
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-created_at", "-id"], name="reflection_timeline"),
            # All that the insights read of a reflection, so that counting never passes over the sealed words (0026).
            models.Index(
                fields=["author", "day", "completed_at", "strain_before", "strain_after", "came_up", "id"],
                name="reflection_insights",
            ),
        ]

    def __str__(self) -> str:
        return f"reflection {self.pk}"

    @property
    def is_draft(self) -> bool:
        """Whether the author has yet to complete it."""
        return self.completed_at is None

    @property
    def feeling_keys(self) -> list[str]:
        """The chosen chips."""
        return self.feelings.split()

    def challenge_keys(self) -> tuple[set[str], set[str]]:
        """The ids of the chosen categories, and the keys of the chosen examples."""
        rows = self.challenges.all()
        return {row.category for row in rows}, {row.example for row in rows if row.example}

    def challenge_names(self) -> list[str]:
        """The names of the chosen categories, in the taxonomy's order."""
        chosen = self.challenge_keys()[0]
        return [category.name for category in challenges.CATEGORIES.values() if category.id in chosen]

    def organisational_categories(self) -> frozenset[str]:
        """The ids of the chosen categories where the organisation is a cause."""
        categories, examples = self.challenge_keys()
        return challenges.organisational(examples, categories)

    def choose_challenges(self, chosen: list[tuple[str, str]]) -> None:
        """Keep exactly these (category, example) pairs; `came_up` follows with the next save."""
        held = {(row.category, row.example): row for row in self.challenges.all()}
        gone = [row.pk for pair, row in held.items() if pair not in chosen]
        if gone:
            self.challenges.filter(pk__in=gone).delete()
        ReflectionChallenge.objects.bulk_create(
            ReflectionChallenge(reflection=self, category=category, example=example)
            for category, example in chosen
            if (category, example) not in held
        )
        self.came_up = challenges.bits_of(chosen)

    def touch_values(self, said: dict[uuid.UUID, tuple[list[str], int | None]]) -> None:
        """Keep exactly these values: by card, how it fared ("lived", "stepped_on") and how close it feels."""
        held = {row.card_id: row for row in self.values.all()}
        gone = [row.pk for card_id, row in held.items() if card_id not in said]
        if gone:
            self.values.filter(pk__in=gone).delete()
        for card_id, (fared, closeness) in said.items():
            row = held.get(card_id) or ReflectionValue(reflection=self, card_id=card_id)
            row.save_if_changed(lived="lived" in fared, stepped_on="stepped_on" in fared, closeness=closeness)

    def answer(self, texts: dict[str, str]) -> None:
        """Keep these answers by appraisal; an emptied one goes."""
        held = {row.appraisal: row for row in self.answers.all()}
        for appraisal, text in texts.items():
            row = held.get(appraisal) or AppraisalAnswer(reflection=self, appraisal=appraisal)
            if text:
                row.save_if_changed(text=text)
            elif not row._state.adding:
                row.delete()

    def plan(self, number: int, *, look_back: str, today: date, **said: Any) -> None:
        """Keep plan `number` (1 to 3) with `said` (its strategy, when, will); one with nothing in or about it goes."""
        row = next((plan for plan in self.plans.all() if plan.number == number), None)
        row = row or Plan(reflection=self, number=number)
        if any(said.values()) or look_back:
            row.save_if_changed(**said, **row.look_back_in(look_back, today=today))
        elif not row._state.adding and row.next_answer() > 1:  # it was looked back on: those words stay
            row.save_if_changed(**said)
        elif not row._state.adding:
            row.delete()

    def complete(self, *, seen: int) -> None:
        """Keep it as finished, as the author has seen it whole at version `seen`.

        Raises WrongState if it is complete already, OutOfDate if it was saved since.
        """
        if not self.is_draft:
            raise WrongState
        if self.version != seen:
            raise OutOfDate
        self.completed_at = timezone.now()
        self.save(update_fields=["completed_at"])

    def reopen(self) -> None:
        """Make it a draft again, to change it. Raises WrongState if it is one."""
        completed = type(self).objects.filter(pk=self.pk).completed()
        if not completed.update(completed_at=None):
            raise WrongState
        self.completed_at = None

    def takes(self, phases: tuple[str, ...], *, against: int) -> bool:
        """Whether a save of `phases` made against version `against` is up to date: none of them was saved since."""
        return max(getattr(self, f"{phase}_version") for phase in phases) <= against <= self.version

    def count_save(self, phases: tuple[str, ...], *, against: int) -> None:
        """Count a save of `phases` made against version `against`; the caller holds the row's lock.

        Raises OutOfDate if one of them was saved since, or if there never was such a version.
        """
        if not self.takes(phases, against=against):
            raise OutOfDate
        self.version += 1
        for phase in phases:
            setattr(self, f"{phase}_version", self.version)
        self.saved_at = timezone.now()
