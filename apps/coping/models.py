"""The coping library: strategies, and every version of what each said."""

import hashlib
import json
import uuid
from dataclasses import fields
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apps.coping.families import CHANGE_THE_SYSTEM, FAMILIES, Family
from apps.coping.library import ALL, STRENGTHS, StrategyContent, Strength
from apps.core.challenges import CATEGORIES, Category
from apps.core.sources import SOURCES, Source

CODED_FIRST = F("code").asc(nulls_last=True)  # databases differ in where they put what has no code


class WrongState(Exception):
    """The act does not fit the state that the strategy is in."""


class Citation(NamedTuple):
    """A source and what it says for one strategy."""

    source: Source
    says: str


class StrategyQuerySet(models.QuerySet["Strategy"]):
    """Which strategies anybody who is signed in may see."""

    def published(self) -> "StrategyQuerySet":
        """Those in the library now, each with what it says, in the order of their codes; editors' own last."""
        return self.filter(state=Strategy.State.PUBLISHED).select_related("current").order_by(CODED_FIRST, "slug")


class Strategy(models.Model):
    """Something a person can do about a challenge. What it says lies in its versions."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        PUBLISHED = "published", "Published"
        RETIRED = "retired", "Retired"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=8, null=True, unique=True)  # noqa: DJ001  null: made by an editor, has no file
    slug = models.SlugField(max_length=60, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    current = models.ForeignKey("StrategyVersion", on_delete=models.PROTECT, null=True, related_name="+")

    objects = StrategyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="strategy_published_says_something",
                condition=~Q(state="published") | Q(current__isnull=False),
            ),
            # /coping/plans/ is a page of its own
            models.CheckConstraint(name="strategy_slug_leaves_plans_free", condition=~Q(slug="plans")),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Its page in the library."""
        return reverse("coping:strategy_detail", args=[self.slug])

    @property
    def shown(self) -> "StrategyVersion":
        """What the library shows of it. Raises WrongState where nothing was ever published."""
        if self.current is None:
            raise WrongState
        return self.current

    def publish(self, version: "StrategyVersion") -> None:
        """Let the library show `version` from now on. Raises WrongState if the strategy is retired."""
        if self.state == self.State.RETIRED:
            raise WrongState
        self.current, self.state = version, self.State.PUBLISHED
        self.save(update_fields=["current", "state"])

    def retire(self) -> None:
        """Take it out of the library; plans that use it keep their version. Raises WrongState unless published."""
        if self.state != self.State.PUBLISHED:
            raise WrongState
        self.state = self.State.RETIRED
        self.save(update_fields=["state"])


class StrategyVersion(models.Model):
    """What a strategy said at one time. Never changed once published: reflections keep the version they used."""

    class Origin(models.TextChoices):
        FILE = "file", "Content file"
        EDITOR = "editor", "Editor"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()  # from 1
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=200)
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
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["strategy", "number"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="strategy_version_number_is_used_once"),
            models.CheckConstraint(name="strategy_version_number_from_1", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="strategy_version_minutes_in_order",
                condition=Q(minutes__gte=1) & Q(minutes_max__gte=F("minutes")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"

    @classmethod
    def saying(cls, content: StrategyContent, **others: Any) -> "StrategyVersion":
        """A version, not saved, that says `content`."""
        return cls(**content.as_fields(), digest=digest_of(content), **others)

    @property
    def content(self) -> StrategyContent:
        """What it says."""
        return StrategyContent(**{field.name: getattr(self, field.name) for field in fields(StrategyContent)})

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
    def citations(self) -> list[Citation]:
        """Its sources. One that is no longer in the content files is left out."""
        return [Citation(SOURCES[s["key"]], s["says"]) for s in self.sources if s["key"] in SOURCES]


def digest_of(content: StrategyContent) -> str:
    """A fingerprint of all that `content` says (SHA-256, hexadecimal)."""
    return hashlib.sha256(json.dumps(content.as_fields(), sort_keys=True).encode()).hexdigest()
