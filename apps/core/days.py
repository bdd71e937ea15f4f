"""The local day of a moment, kept beside it as a whole number: SQL can count by it in a plain division."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

MOST_AT_ONCE = 500  # rows


class LocalDayField(models.PositiveIntegerField):
    """The ordinal of the local day of the moment `of` in the same row, set on each save; never said by anybody."""

    def __init__(self, *args: Any, of: str, **kwargs: Any):
        super().__init__(*args, **kwargs | {"editable": False})
        self.of = of

    def deconstruct(self) -> Any:
        """With the name of the moment, for migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> int:
        """The day of the moment as it is now."""
        day = day_of(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, day)
        return day


def day_of(moment: datetime | date) -> int:
    """The ordinal of a day, or of the local day of a moment."""
    return (timezone.localdate(moment) if isinstance(moment, datetime) else moment).toordinal()


def fill_days(rows: models.QuerySet[Any]) -> None:
    """Set every day anew, for a migration: with few rows in memory, however many there are."""
    [field] = [field for field in rows.model._meta.fields if isinstance(field, LocalDayField)]
    some: list[models.Model] = []
    for row in rows.only("pk", field.of).iterator(chunk_size=MOST_AT_ONCE):
        field.pre_save(row, add=False)
        some.append(row)
        if len(some) == MOST_AT_ONCE:
            rows.bulk_update(some, [field.name])
            some.clear()
    rows.bulk_update(some, [field.name])
