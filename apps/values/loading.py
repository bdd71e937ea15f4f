"""Brings the library's value cards from their file into the database, as often as wanted."""

from collections.abc import Sequence

from django.db import transaction

from apps.core.reviewed import LoadReport
from apps.values.cards import CardFile, read_values
from apps.values.models import ValueCard


@transaction.atomic
def load_values(cards: Sequence[CardFile] | None = None) -> LoadReport:
    """Make a card of each new entry, reword those that changed, and retire those that are gone.

    Nobody's own card is touched. Raises ContentError, and then nothing is written.
    """
    cards = read_values() if cards is None else cards
    report = LoadReport()
    rows = {row.code: row for row in ValueCard.objects.library()}
    new = []
    for card in cards:
        row = rows.pop(card.code, None)
        if row is None:
            new.append(ValueCard(code=card.code, **as_fields(card)))
            report.added.append(named(card.code, card.name))
        else:
            update_card(row, as_fields(card), report)
    ValueCard.objects.bulk_create(new)
    for row in rows.values():
        update_card(row, {"retired": True}, report)
    return report


def as_fields(card: CardFile) -> dict[str, object]:
    """What the database keeps of a card in the file."""
    return {"name": card.name, "summary": card.summary, "position": card.position, "retired": False}


def update_card(row: ValueCard, fields: dict[str, object], report: LoadReport) -> None:
    """Write `fields` to a library card if they differ from what it holds."""
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))
    (report.updated if changed else report.unchanged).append(named(str(row.code), row.name))


def named(code: str, name: str) -> str:
    """How a report calls a card."""
    return f"{code} {name}"
