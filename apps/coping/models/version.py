"""What a strategy says or said, from an editor's draft or a content file to what reflections keep."""

import hashlib
import json
import uuid
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.coping.families import CHANGE_THE_SYSTEM, FAMILIES, Family
from apps.coping.library import ALL, STRENGTHS, StrategyContent, Strength
from apps.coping.models.strategy import LONGEST_NAME, LONGEST_SUMMARY, Strategy, WrongState
from apps.core.challenges import CATEGORIES, Category, Example, known
from apps.core.sources import SOURCES, Source

if TYPE_CHECKING:
    from apps.accounts.models import User


class Citation(NamedTuple):
    """A source and what it says for one strategy."""

    source: Source
    says: str


class StrategyVersionQuerySet(models.QuerySet["StrategyVersion"]):
    """Which versions are not done with."""

    def in_work(self) -> "StrategyVersionQuerySet":
        """Those being written or reviewed: one of a strategy at most."""
        return self.exclude(state=StrategyVersion.State.PUBLISHED).select_related("editor")


class StrategyVersion(models.Model):
    """What a strategy says or said: a draft of its writer's, then reviewed by somebody else, then published.

    Never changed once published: reflections keep the version they used.
    """

    is_own = False

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        PUBLISHED = "published", "Published"

    class Origin(models.TextChoices):
        FILE = "file", "Content file"
        EDITOR = "editor", "Editor"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()  # from 1
    name = models.CharField(max_length=LONGEST_NAME)
    summary = models.CharField(max_length=LONGEST_SUMMARY)
    family = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField()
    minutes_max = models.PositiveSmallIntegerField()
    minutes_for = models.CharField(max_length=20, blank=True)
    fits = models.JSONField()
    answers = models.JSONField(default=list)
    urgent = models.BooleanField(default=False)
    steps = models.JSONField()
    caution = models.TextField(blank=True)
    sources = models.JSONField()
    strength = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, editable=False)  # of all it says: two with the same digest say the same
    origin = models.CharField(max_length=6, choices=Origin)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.TextField(blank=True)  # from whoever sent it back, to its writer
    published_at = models.DateTimeField(null=True)

    objects = StrategyVersionQuerySet.as_manager()

    class Meta:
        ordering = ["strategy", "number"]
        constraints = [
            models.CheckConstraint(
                name="strategy_version_published_at_a_moment",
                condition=Q(state="published") ^ Q(published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="strategy_version_reviewed_by_a_second_person", condition=~Q(reviewer=F("editor"))
            ),
            models.UniqueConstraint(
                name="strategy_has_one_version_in_work", fields=["strategy"], condition=~Q(state="published")
            ),
            models.UniqueConstraint(fields=["strategy", "number"], name="strategy_version_number_is_used_once"),
            models.CheckConstraint(name="strategy_version_number_from_1", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="strategy_version_minutes_in_order",
                condition=Q(minutes__gte=1) & Q(minutes_max__gte=F("minutes")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it. Raises WrongState if it was published before."""
        self._refuse_if_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete it. Raises WrongState if it was published."""
        self._refuse_if_published()
        return super().delete(*args, **kwargs)

    def _refuse_if_published(self) -> None:
        published = StrategyVersion.objects.filter(pk=self.pk, state=self.State.PUBLISHED)
        if not self._state.adding and published.exists():
            raise WrongState("This version was published, so it stays as it is. Write a new version instead.")

    @classmethod
    def saying(cls, content: StrategyContent, **others: Any) -> "StrategyVersion":
        """A version, not saved, that says `content`."""
        return cls(**content.as_fields(), digest=digest_of(content), **others)

    def may_be_changed_by(self, person: "User") -> bool:
        """Whether it is `person`'s draft. One whose writer is no editor any more is anybody's to go on with."""
        return self.state == self.State.DRAFT and (self.editor == person or not self._writer_is_editor())

    def _writer_is_editor(self) -> bool:
        writer = self.editor
        return writer is not None and writer.is_staff and writer.has_perm("coping.change_strategyversion")

    def rewrite(self, content: StrategyContent, *, by: "User") -> None:
        """Let the draft say `content`. Raises WrongState unless `by` may change it."""
        self._refuse_unless_changed_by(by)
        for name, value in content.as_fields().items():
            setattr(self, name, value)
        self.digest, self.editor = digest_of(content), by
        self.save()

    def discard(self, *, by: "User") -> None:
        """Throw the draft away. Raises WrongState unless `by` may change it."""
        self._refuse_unless_changed_by(by)
        self.delete()

    def send_for_review(self, *, by: "User") -> None:
        """Hand the draft to the other editors. Raises WrongState unless `by` may change it."""
        self._refuse_unless_changed_by(by)
        self.state, self.editor, self.note = self.State.IN_REVIEW, by, ""
        self.save()

    def send_back(self, *, note: str = "") -> None:
        """Make it its writer's draft again, with a note. Raises WrongState unless in review."""
        self._refuse_unless_in_review()
        self.state, self.note = self.State.DRAFT, note
        self.save()

    def approve(self, *, by: "User") -> None:
        """Publish it, as a second person. Raises WrongState unless in review, or if `by` wrote it."""
        self._refuse_unless_in_review()
        if self.editor == by:
            raise WrongState("You wrote this version, so somebody else has to publish it.")
        self.state, self.reviewer, self.published_at = self.State.PUBLISHED, by, timezone.now()
        self.save()

    def _refuse_unless_changed_by(self, person: "User") -> None:
        if not self.may_be_changed_by(person):
            raise WrongState(f"This is not a draft of yours: it is {self.get_state_display().lower()}.")

    def _refuse_unless_in_review(self) -> None:
        if self.state != self.State.IN_REVIEW:
            raise WrongState(f"This version is not in review: it is {self.get_state_display().lower()}.")

    @property
    def content(self) -> StrategyContent:
        """What it says."""
        return StrategyContent(**{field.name: getattr(self, field.name) for field in fields(StrategyContent)})

    @property
    def written_by(self) -> str:
        """Who wrote it, for editors: everybody else reads what it says."""
        if self.origin == self.Origin.FILE:
            return "the content files"
        return str(self.editor) if self.editor else "somebody who has left"

    @property
    def time_needed(self) -> str:
        """How long it takes, in words."""
        span = str(self.minutes) if self.minutes_max == self.minutes else f"{self.minutes} to {self.minutes_max}"
        return f"{span} minute{'' if span == '1' else 's'} {self.minutes_for}".strip()

    @property
    def changes_the_system(self) -> bool:
        """Whether it takes the cause to those who can change it."""
        return self.family == CHANGE_THE_SYSTEM

    @property
    def shelf(self) -> Family:
        """Its family."""
        return FAMILIES[self.family]

    @property
    def evidence(self) -> Strength:
        """How much it rests on."""
        return STRENGTHS[self.strength]

    @property
    def fits_all(self) -> bool:
        """Whether it fits any challenge."""
        return ALL in self.fits

    @property
    def fitting(self) -> list[Category]:
        """The categories it names, in the order of the taxonomy."""
        return [category for category in CATEGORIES.values() if category.id in self.fits]

    @property
    def good_for(self) -> list[tuple[Category, list[Example]]]:
        """The categories that it names or answers an example of, in the order of the taxonomy, each with these."""
        answered = known(self.answers)
        pairs = [(category, [e for e in answered if e.category == category.id]) for category in CATEGORIES.values()]
        return [(category, examples) for category, examples in pairs if examples or category.id in self.fits]

    @property
    def citations(self) -> list[Citation]:
        """Its sources. One that is no longer in the content files is left out."""
        return [Citation(SOURCES[s["key"]], s["says"]) for s in self.sources if s["key"] in SOURCES]


def digest_of(content: StrategyContent) -> str:
    """A fingerprint of all that `content` says (SHA-256, hexadecimal)."""
    return hashlib.sha256(json.dumps(content.as_fields(), sort_keys=True).encode()).hexdigest()
