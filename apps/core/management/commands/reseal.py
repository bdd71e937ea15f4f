"""Moves everything sealed by an older key under the first key of the ring."""

from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.db.models import F, Func, Value

from apps.core.keyring import CannotOpen
from apps.core.sealed import Sealed, SealedField, ring, sealed_fields

BATCH = 100  # rows; SQLite lets nobody else write while one batch is written


@dataclass
class Count:
    """How one field fared, in values."""

    resealed: int = 0
    left_to_a_save: int = 0
    unreadable: int = 0
    under_older_keys: int = 0

    def __str__(self) -> str:
        return (
            f"{self.resealed} resealed, {self.left_to_a_save} saved by somebody meanwhile, "
            f"{self.unreadable} unreadable, {self.under_older_keys} under an older key"
        )

    def add(self, other: "Count") -> None:
        """Count another field's too."""
        self.resealed += other.resealed
        self.left_to_a_save += other.left_to_a_save
        self.unreadable += other.unreadable
        self.under_older_keys += other.under_older_keys


class Command(BaseCommand):
    """Safe beside running web processes, safe to kill, safe to run again: each row is whole before and after."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        total = Count()
        for field in sealed_fields():
            count = self.reseal_field(field)
            total.add(count)
            self.stdout.write(f"{field}: {count}")
        if total.unreadable:
            raise CommandError(
                f"{total.unreadable} values cannot be opened and were left as they are. Put the keys named above back "
                "on the ring and run this again."
            )
        if total.under_older_keys:
            raise CommandError(
                f"{total.under_older_keys} values were saved under an older key meanwhile. Start the web and worker "
                "processes again, so that they seal with the first key, and run this again."
            )
        self.stdout.write(f"Everything is sealed by the key {ring().sealing_id!r}.")

    def reseal_field(self, field: SealedField) -> Count:
        """Reseal every row of one field, in the order of ids, a transaction a batch."""
        count, rows = Count(), under_older_keys(field).order_by("pk").values_list("pk", field.attname)
        batch = list(rows[:BATCH])
        while batch:
            with transaction.atomic():
                for pk, sealed in batch:
                    self.reseal_row(field, pk, sealed, count)
            batch = list(rows.filter(pk__gt=batch[-1][0])[:BATCH])
        count.under_older_keys = under_older_keys(field).count()
        return count

    def reseal_row(self, field: SealedField, pk: Any, sealed: Sealed, count: Count) -> None:
        """Replace exactly the bytes that were read: whatever the author saved since stays."""
        try:
            fresh = field.seal(field.open(sealed, pk), pk)
        except CannotOpen as error:
            count.unreadable += 1
            self.stderr.write(f"{error}; left as it is")
            return
        row = field.model._base_manager.filter(**{"pk": pk, field.attname: sealed})
        if row.update(**{field.attname: fresh}):
            count.resealed += 1
        else:
            count.left_to_a_save += 1


def under_older_keys(field: SealedField) -> models.QuerySet[models.Model]:
    """The rows whose value some other key than the first has sealed, told by the bytes' head."""
    first = ring().head()
    head = Func(F(field.attname), Value(1), Value(len(first)), function="SUBSTR", output_field=models.BinaryField())
    rows = field.model._base_manager.annotate(head=head)
    return rows.exclude(head=first).exclude(**{field.attname: b""})
