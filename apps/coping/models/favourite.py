"""What a person marked in the library, to find it again."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from apps.coping.models.strategy import Strategy

if TYPE_CHECKING:
    from apps.accounts.models import User


class FavouriteQuerySet(models.QuerySet["Favourite"]):
    """Which of these a person may see: their own."""

    def owned_by(self, user: "User") -> "FavouriteQuerySet":
        """What `user` marked."""
        return self.filter(owner=user)

    def slugs(self) -> frozenset[str]:
        """The slugs of these strategies. What was retired is among them: it may come back."""
        return frozenset(self.values_list("strategy__slug", flat=True))


class Favourite(models.Model):
    """One strategy of the library that one person marked. It goes with the account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="+")

    objects = FavouriteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "strategy"], name="favourite_is_marked_once"),
        ]

    def __str__(self) -> str:
        return f"favourite {self.pk}"
