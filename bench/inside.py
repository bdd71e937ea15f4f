"""What is measured without a server: opening sealed texts in memory."""

from collections.abc import Callable

from apps.accounts.models import User
from apps.core.sealed import SealedField
from apps.journal.models import AppraisalAnswer, FollowUp, Plan, Reflection
from apps.journal.timeline import TEXTS
from bench.rows import NEEDLE


def scan_in_memory(author: User) -> Callable[[], int]:
    """Opens every own sealed text from memory and looks for the needle: the least that the search can cost."""
    mine = {"reflection__author": author}
    values = [
        *sealed_values(Reflection, TEXTS, author=author),
        *sealed_values(AppraisalAnswer, ("text",), **mine),
        *sealed_values(Plan, ("when", "will"), **mine),
        *sealed_values(FollowUp, ("note", "when", "will"), author=author),
    ]

    def scan() -> int:
        hits = sum(NEEDLE in field.open(sealed, pk).casefold() for field, sealed, pk in values)
        assert hits == 1
        return hits

    return scan


def sealed_values(model: type, names: tuple[str, ...], **mine: object) -> list[tuple[SealedField, object, object]]:
    """Each sealed value with its field and its row's id."""
    fields = [model._meta.get_field(name) for name in names]
    rows = model.objects.filter(**mine).values_list("pk", *names)
    return [(field, sealed, pk) for pk, *row in rows for field, sealed in zip(fields, row, strict=True)]
