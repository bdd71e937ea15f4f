"""The one place through which this app's acts reach the audit."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from apps.accounts.models import User


def record(act: str, *, by: "User | None", target: models.Model) -> None:
    """Keep that `by` (None: the clock) did `act` to `target`."""
