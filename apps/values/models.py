"""Value cards, the library's and people's own, and the compass: which of them somebody picked, and each placing."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from apps.core.days import LocalDayField
from apps.core.sealed import SealedTextField

if TYPE_CHECKING:
    from apps.accounts.models import User

LONGEST_NAME = 80  # characters
LONGEST_SUMMARY = 200  # characters
MOST_PICKED = 5  # values on a compass
FARTHEST, CLOSEST = 0, 10  # closeness to a value at work, as the person puts it; never a score
OWN_FIRST = F("code").asc(nulls_first=True)  # databases differ in where they put what has no code


class ValueCardQuerySet(models.QuerySet["ValueCard"]):
    """Which cards a person may see: the library's and their own."""

    def available_to(self, user: "User") -> "ValueCardQuerySet":
        """The cards that `user` may choose from: those on their compass first, then their own, then the library's.

        Retired ones are not offered.
        """
        on_compass = Subquery(Pick.objects.owned_by(user).filter(card=OuterRef("pk")).values("position")[:1])
        offered = self.filter(Q(owner=user) | Q(owner=None), retired=False).alias(on_compass=on_compass)
        return offered.order_by(F("on_compass").asc(nulls_last=True), OWN_FIRST, "position", "id")

    def owned_by(self, user: "User") -> "ValueCardQuerySet":
        """The cards that `user` wrote, retired ones too."""
        return self.filter(owner=user).order_by("position", "id")

    def readable_by(self, user: "User") -> "ValueCardQuerySet":
        """The cards that `user` may have chosen at any time: the library's and their own, retired ones too."""
        return self.filter(Q(owner=user) | Q(owner=None)).order_by(OWN_FIRST, "position", "id")

    def placed_by(self, user: "User") -> "ValueCardQuerySet":
        """The cards that `user` ever placed on the compass, retired ones too."""
        return self.filter(pk__in=Placing.objects.owned_by(user).values("card"))

    def library(self) -> "ValueCardQuerySet":
        """The library's cards, retired ones too, in the order of the page."""
        return self.filter(owner=None).order_by("position", "id")

    def own_card(self, user: "User", name: str) -> "ValueCard":
        """The card called `name`, capitals apart, that `user` has or may choose; made as their own if there is none."""
        own = list(self.owned_by(user))
        wanted = name.strip()
        for card in [*own, *self.library().filter(retired=False)]:
            if card.name.casefold() == wanted.casefold():
                return card
        return self.create(owner=user, name=wanted, position=len(own) + 1)


class ValueCard(models.Model):
    """A value in a few words. All names are sealed, so that one's own are, and there is one way to read them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=8, null=True, unique=True)  # noqa: DJ001  null: a person's own card
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    name = SealedTextField(max_length=LONGEST_NAME)
    summary = SealedTextField(max_length=LONGEST_SUMMARY)
    position = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False)

    objects = ValueCardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="value_card_is_the_library_s_or_a_person_s",
                condition=Q(code__isnull=False, owner__isnull=True) | Q(code__isnull=True, owner__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["owner", "position"], name="value_card_owner")]

    def __str__(self) -> str:
        return f"value card {self.code or self.pk}"

    @property
    def is_own(self) -> bool:
        """Whether a person wrote it for themselves."""
        return self.owner_id is not None


class CompassQuerySet(models.QuerySet["Compass"]):
    """Whose compass a person may see: their own."""

    def owned_by(self, user: "User") -> "CompassQuerySet":
        """The compass of `user`: one, or none before they chose values or skipped it."""
        return self.filter(owner=user)

    def locked_for(self, user: "User") -> "Compass":
        """The compass of `user`, made if need be, and held until the transaction ends: one change at a time."""
        self.get_or_create(owner=user)
        return self.select_for_update().get(owner=user)


class Compass(models.Model):
    """That somebody answered the offer of a compass. While a person has no row, Home offers it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    skipped_at = models.DateTimeField(null=True)  # null: values were chosen, before or after skipping

    objects = CompassQuerySet.as_manager()

    def __str__(self) -> str:
        return f"compass {self.pk}"

    def skip(self) -> None:
        """Never offer it again. Where values were chosen already there is nothing to skip."""
        if not Pick.objects.filter(owner=self.owner_id).exists():
            self.skipped_at = self.skipped_at or timezone.now()
            self.save(update_fields=["skipped_at"])


class PickQuerySet(models.QuerySet["Pick"]):
    """Whose picks a person may see: their own."""

    def owned_by(self, user: "User") -> "PickQuerySet":
        """What `user` has on the compass now, in its order."""
        return self.filter(owner=user).order_by("position")


class Pick(models.Model):
    """A value that is on somebody's compass now. Taken off, its placings stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    card = models.ForeignKey(ValueCard, on_delete=models.RESTRICT, related_name="+")
    position = models.PositiveSmallIntegerField()  # from 1, clockwise

    objects = PickQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "card"], name="pick_of_a_value_is_made_once"),
            models.UniqueConstraint(fields=["owner", "position"], name="pick_has_a_place_of_its_own"),
            models.CheckConstraint(name="pick_is_one_of_five", condition=Q(position__gte=1, position__lte=MOST_PICKED)),
        ]

    def __str__(self) -> str:
        return f"pick {self.pk}"


class PlacingQuerySet(models.QuerySet["Placing"]):
    """Whose placings a person may see: their own."""

    def owned_by(self, user: "User") -> "PlacingQuerySet":
        """Every placing that `user` made, the oldest first."""
        return self.filter(owner=user).order_by("placed_at", "id")


class Placing(models.Model):
    """How close somebody felt to a value at work, at one moment. Kept for good; a later one is another row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    card = models.ForeignKey(ValueCard, on_delete=models.RESTRICT, related_name="+")
    closeness = models.PositiveSmallIntegerField()
    placed_at = models.DateTimeField(default=timezone.now)
    day = LocalDayField(of="placed_at")
    page_key = models.UUIDField(default=uuid.uuid4)  # of the page it was sent from: sent again, it is the same placing

    objects = PlacingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="placing_closeness_0_to_10", condition=Q(closeness__gte=FARTHEST, closeness__lte=CLOSEST)
            ),
            models.UniqueConstraint(fields=["owner", "card", "page_key"], name="placing_is_made_once_by_a_page"),
        ]
        indexes = [
            models.Index(fields=["owner", "placed_at"], name="placing_history"),
            # All that the insights read of a placing (0026).
            models.Index(fields=["owner", "day", "card", "closeness"], name="placing_insights"),
        ]

    def __str__(self) -> str:
        return f"placing {self.pk}"
