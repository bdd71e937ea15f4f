"""Strategies that people write for themselves, and the copies that they ask the library's editors to read."""

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.coping.families import CHANGE_THE_SYSTEM, FAMILIES, Family
from apps.coping.models.strategy import LONGEST_NAME, WrongState
from apps.core.challenges import CATEGORIES, Category
from apps.core.sealed import SealedTextField

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST_OWN = 100  # strategies of one's own: more could not be looked over on one page
LONGEST_STEPS = 2_000  # characters
LONGEST_TIME = 240  # minutes
ANSWERED = "An editor has answered this already, so it cannot be taken back."
GONE = "This was answered already, or its author took it back."
IN_OWN_WORDS, DELETED = "in-own-words", "deleted"  # what plans rest on that rest on no strategy, or on none any more
NO_STRATEGY = {IN_OWN_WORDS: "Plans in your own words", DELETED: "Your own strategies that you deleted"}


class OutOfDate(Exception):
    """Somebody changed it after the version that this was made from."""


class WrittenStrategy(models.Model):
    """What somebody wrote about a thing to do: all of it sealed but how long it takes."""

    SAYS = ("name", "what_to_do", "minutes", "categories", "family")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = SealedTextField(max_length=LONGEST_NAME)
    what_to_do = SealedTextField(max_length=LONGEST_STEPS)  # a step on each line
    minutes = models.PositiveSmallIntegerField()
    categories = SealedTextField(max_length=100)  # ids of the challenges it fits, with spaces between; none: any
    family = SealedTextField(max_length=40)  # a family's id, or nothing

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_takes_1_to_240_minutes",
                condition=Q(minutes__gte=1, minutes__lte=LONGEST_TIME),
            ),
        ]

    @property
    def says(self) -> dict[str, Any]:
        """All that was written, by field."""
        return {name: getattr(self, name) for name in self.SAYS}

    @property
    def steps(self) -> list[str]:
        """What to do, line by line."""
        return [line.strip() for line in self.what_to_do.splitlines() if line.strip()]

    @property
    def time_needed(self) -> str:
        """How long it takes, in words."""
        return f"{self.minutes} minute{'' if self.minutes == 1 else 's'}"

    @property
    def fits(self) -> list[str]:
        """The ids of the challenges it fits."""
        return self.categories.split()

    @property
    def fits_all(self) -> bool:
        """Whether it fits any challenge: its author named none."""
        return not self.fits

    @property
    def fitting(self) -> list[Category]:
        """The categories it names, in the order of the taxonomy."""
        return [category for category in CATEGORIES.values() if category.id in self.fits]

    @property
    def shelf(self) -> Family | None:
        """Its family, if its author named one that is still there."""
        return FAMILIES.get(self.family)


class OwnStrategyQuerySet(models.QuerySet["OwnStrategy"]):
    """Which of these a person may see: their own. Nobody else ever sees one."""

    def owned_by(self, user: "User") -> "OwnStrategyQuerySet":
        """The strategies that `user` wrote."""
        return self.filter(owner=user)

    def by_name(self) -> list["OwnStrategy"]:
        """These by name, capitals apart. The names are sealed, so the database cannot sort them."""
        return sorted(self, key=lambda strategy: (strategy.name.casefold(), strategy.pk))


class OwnStrategy(WrittenStrategy):
    """A strategy that somebody wrote for themselves. It reads as the library's do, and is suggested as they are."""

    is_own = True
    summary, urgent = "", False  # what the library's strategies have besides

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page_key = models.UUIDField(editable=False)  # of the page it was written on: sent twice, it is made once
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OwnStrategyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"own strategy {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page, which only its author finds."""
        return reverse("coping:own_detail", args=[self.pk])

    @property
    def slug(self) -> str:
        """How forms and records name it, as a strategy of the library goes by its slug."""
        return str(self.pk)

    @property
    def shown(self) -> "OwnStrategy":
        """What it says, as `Strategy.shown` has it for one of the library."""
        return self

    @property
    def answers(self) -> list[str]:
        """The keys of the examples it answers: its author chooses whole categories, so every example of those."""
        return [example.key for category in self.fitting for example in category.examples]

    @property
    def changes_the_system(self) -> bool:
        """Whether it takes the cause to those who can change it."""
        return self.family == CHANGE_THE_SYSTEM

    def change(self, says: dict[str, Any], *, against: int) -> None:
        """Let it say something else; the caller holds the row's lock. What it says already is no change.

        Raises OutOfDate unless `against` is the version it has: it was changed elsewhere meanwhile.
        """
        if self.says == says:
            return
        if self.version != against:
            raise OutOfDate
        for name, value in says.items():
            setattr(self, name, value)
        self.version += 1
        self.save()


class SuggestedStrategyQuerySet(models.QuerySet["SuggestedStrategy"]):
    """Which of these a person may see: what they sent. Editors see all, in the admin."""

    def owned_by(self, user: "User") -> "SuggestedStrategyQuerySet":
        """What `user` sent to the editors, the newest first."""
        return self.filter(author=user).order_by("-suggested_at", "-id")

    def waiting(self) -> "SuggestedStrategyQuerySet":
        """What no editor has answered yet."""
        return self.filter(state=SuggestedStrategy.State.NEW)


class SuggestedStrategy(WrittenStrategy):
    """A copy of words that their author asked the editors to read. Nothing leads from here to the author's own row."""

    class State(models.TextChoices):
        NEW = "new", "Not answered yet"
        TAKEN_UP = "taken_up", "Taken up"
        DECLINED = "declined", "Not taken up"

    # Only so that the author can take it back, and that it goes with the account. No page shows editors who it was.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.NEW, editable=False)
    suggested_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SuggestedStrategyQuerySet.as_manager()

    class Meta(WrittenStrategy.Meta):
        verbose_name_plural = "suggested strategies"

    def __str__(self) -> str:
        return f"suggested strategy {self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Whether no editor has answered yet, so that it can be taken back."""
        return self.state == self.State.NEW

    def take_up(self) -> None:
        """An editor makes a strategy of the library out of it. Raises WrongState unless it waits."""
        self._answer(self.State.TAKEN_UP)

    def decline(self) -> None:
        """An editor leaves it. Raises WrongState unless it waits."""
        self._answer(self.State.DECLINED)

    def take_back(self) -> None:
        """Its author takes the words back, for good. Raises WrongState unless it waits."""
        if not type(self).objects.filter(pk=self.pk).waiting().delete()[0]:
            raise WrongState(ANSWERED)

    def _answer(self, state: State) -> None:
        if not type(self).objects.filter(pk=self.pk).waiting().update(state=state):
            raise WrongState(GONE)
        self.state = state
