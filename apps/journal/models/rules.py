"""What the journal's models share: sizes, the acts' errors, and the scale of 0 to 10."""

from typing import Any

from django.db import models
from django.db.models import Q

LONGEST_LINE = 1_000  # characters in a one-sentence answer
MOST_PLANS = 3
MOST_VALUES = 3


class WrongState(Exception):
    """The act does not fit the state the row is in."""


class OutOfDate(Exception):
    """Somebody saved this phase after the version that the save was made against."""


def strain_field() -> models.PositiveSmallIntegerField:
    """Strain or closeness, 0 to 10 as the person puts it; None while not answered. Never a score."""
    return models.PositiveSmallIntegerField(null=True, blank=True)


def zero_to_ten(name: str, field: str) -> models.CheckConstraint:
    """The database agrees that an answer on the scale is 0 to 10."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lte": 10}))


class SavesIfChanged(models.Model):
    """A row of a reflection that autosave meets again and again, mostly unchanged."""

    class Meta:
        abstract = True

    def save_if_changed(self, **fields: Any) -> None:
        """Set `fields` and save, unless the row is there and holds them already."""
        changed = {name: value for name, value in fields.items() if getattr(self, name) != value}
        for name, value in changed.items():
            setattr(self, name, value)
        if changed or self._state.adding:
            self.save()
