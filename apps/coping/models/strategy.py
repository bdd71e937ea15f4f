"""A strategy: its place in the library. What it says lies in its versions."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

if TYPE_CHECKING:
    from apps.coping.models.version import StrategyVersion

CODED_FIRST = F("code").asc(nulls_last=True)  # databases differ in where they put what has no code
LONGEST_NAME = 80  # characters, of one's own too
LONGEST_SUMMARY = 200  # characters
PAGES = ("cards", "favourites", "own", "plans", "suggested")  # /coping/plans/ and the like are no strategies


class WrongState(Exception):
    """The act does not fit the state that the strategy or the version is in, or the person. The message says why."""


class StrategyQuerySet(models.QuerySet["Strategy"]):
    """Which strategies anybody who is signed in may see."""

    def published(self) -> "StrategyQuerySet":
        """Those in the library now, each with what it says, in the order of their codes; editors' own last."""
        return self.once_published().filter(state=Strategy.State.PUBLISHED)

    def once_published(self) -> "StrategyQuerySet":
        """Those on which plans can rest: also what was retired since."""
        return self.filter(current__isnull=False).select_related("current").order_by(CODED_FIRST, "slug")


class Strategy(models.Model):
    """Something a person can do about a challenge. What it says lies in its versions."""

    class State(models.TextChoices):
        DRAFT = "draft", "Not published yet"
        PUBLISHED = "published", "Published"
        RETIRED = "retired", "Retired"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=8, null=True, unique=True)  # noqa: DJ001  null: made by an editor, has no file
    slug = models.SlugField(max_length=60, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    current = models.ForeignKey("StrategyVersion", on_delete=models.PROTECT, null=True, related_name="+")

    objects = StrategyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "strategies"
        constraints = [
            models.CheckConstraint(
                name="strategy_published_says_something",
                condition=~Q(state="published") | Q(current__isnull=False),
            ),
            models.CheckConstraint(name="strategy_slug_leaves_pages_free", condition=~Q(slug__in=PAGES)),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Its page in the library."""
        return reverse("coping:strategy_detail", args=[self.slug])

    @property
    def is_in_library(self) -> bool:
        """Whether it has a page: a plan keeps its words when the strategy is retired, and loses the link."""
        return self.state == self.State.PUBLISHED

    @property
    def shown(self) -> "StrategyVersion":
        """What the library shows of it. Raises WrongState where nothing was ever published."""
        if self.current is None:
            raise WrongState("Nothing of this strategy was ever published.")
        return self.current

    def publish(self, version: "StrategyVersion") -> None:
        """Let the library show `version`, which was published, from now on. Raises WrongState if it is retired."""
        if self.state == self.State.RETIRED:
            raise WrongState("This strategy is retired. Bring it back first.")
        if version.state != version.State.PUBLISHED:
            raise WrongState("This version was not published.")
        self.current, self.state = version, self.State.PUBLISHED
        self.save(update_fields=["current", "state"])

    def retire(self) -> None:
        """Take it out of the library; plans that use it keep their version. Raises WrongState unless published."""
        if self.state != self.State.PUBLISHED:
            raise WrongState("This strategy is not in the library, so there is nothing to retire.")
        self.state = self.State.RETIRED
        self.save(update_fields=["state"])

    def bring_back(self) -> None:
        """Put it back into the library, as it was. Raises WrongState unless retired."""
        if self.state != self.State.RETIRED:
            raise WrongState("This strategy is not retired.")
        self.state = self.State.PUBLISHED
        self.save(update_fields=["state"])
