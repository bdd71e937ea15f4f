"""`manage.py field_register`: prints what every field holds and how it goes, for docs/fields.md."""

from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand

from apps.core.register import Entry, Record, read_register

KINDS = {"words": "own words", "personal": "personal", "content": "content", "service": "service"}
ERASED = {
    "account": "Goes with the account.",
    "time": "Goes by use or by the clock.",
    "kept": "Stays, without a name.",
    "service": "Stays: it is nobody's.",
}
COLUMNS = ("Fields", "What", "Sealed", "Exported", "Shown to", "Why not sealed")


class Command(BaseCommand):
    """Prints a table for each model; a test holds docs/fields.md to it."""

    help = (
        "Print the tables of docs/fields.md: what each field holds, who sees it, whether it is exported, how it goes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every table."""
        self.stdout.write("\n\n".join(section(record) for _, record in sorted(read_register().items())))


def section(record: Record) -> str:
    """One model: what a row is, how it is erased, and its fields."""
    sooner = "Or sooner:" if record.erased == "account" and record.sooner else ""
    goes = (record.what, ERASED[record.erased], sooner, record.sooner)
    lines = [COLUMNS, ["---"] * len(COLUMNS), *rows(record.entries)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"## {record.label}\n\n{' '.join(filter(None, goes))}\n\n{table}"


def rows(entries: tuple[Entry, ...]) -> list[list[str]]:
    """A row for all neighbours of which the same is said."""
    grouped = groupby(entries, key=said)
    return [[", ".join(f"`{entry.name}`" for entry in alike), *cells] for cells, alike in grouped]


def said(entry: Entry) -> list[str]:
    """What the register says about a field."""
    exported = "yes" if entry.exported else f"no: {entry.left_out}" if entry.left_out else "no"
    return [KINDS[entry.kind], "yes" if entry.sealed else "no", exported, entry.shown, entry.plain]
