"""The field register: what every field holds, who sees it, how it goes. `content/fields.toml` says it, and is held to
what the models are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from apps.core.reviewed import Table, read
from apps.core.sealed import SealedField

FIELDS_FILE = Path(__file__).parent / "content" / "fields.toml"
KINDS = ("words", "personal", "content", "service")
ERASED = ("account", "time", "kept", "service")
ABOUT_SOMEBODY = ("words", "personal")


@dataclass(frozen=True)
class Entry:
    """What the register says about one field."""

    name: str
    kind: str
    sealed: bool
    shown: str
    plain: str  # why this text needs no seal
    left_out: str  # why it is not exported

    @property
    def exported(self) -> bool:
        """Whether it is in what a person downloads about themselves."""
        return self.kind in ABOUT_SOMEBODY and not self.left_out


@dataclass(frozen=True)
class Record:
    """What the register says about one model. `person` is the way to the account that a row belongs to."""

    label: str
    what: str
    person: str
    erased: str
    sooner: str
    entries: tuple[Entry, ...]


def read_register(path: Path = FIELDS_FILE) -> dict[str, Record]:
    """Every model's record by its label, such as `journal.Plan`. Raises ContentError."""
    file = read(path)
    return {label: read_record(label, Table(file.get(label, dict, "a table"), label)) for label in file.values}


def read_record(label: str, table: Table) -> Record:
    """One model's record. Raises ContentError."""
    named = [(kind, name) for kind in KINDS for name in table.texts(kind, ())]
    names = [name for _, name in named]
    if len(set(names)) < len(names):
        raise table.wrong("service", "about fields that no other list names")
    sealed = table.some_of("sealed", names, ())
    shown = table.text("shown")
    apart = {key: notes(table, key, names) for key in ("shown_to", "plain", "left_out")}
    entries = tuple(
        Entry(
            name=name,
            kind=kind,
            sealed=kind == "words" or name in sealed,
            shown="nobody" if kind == "service" else apart["shown_to"].get(name, shown),
            plain=apart["plain"].get(name, ""),
            left_out=apart["left_out"].get(name, ""),
        )
        for kind, name in named
    )
    erased, said = table.one_of("erased", ERASED), {key: table.text(key, "") for key in ("person", "sooner")}
    record = Record(label, table.text("what"), erased=erased, entries=entries, **said)
    table.finish()
    return record


def notes(table: Table, key: str, names: list[str]) -> dict[str, str]:
    """The table under `key`: a text for some of the fields."""
    values = Table(table.get(key, dict, "a table", {}), f"{table.where}, {key}")
    found = {name: values.text(name, "") for name in names}
    values.finish()
    return {name: text for name, text in found.items() if text}


def problems(register: dict[str, Record], of: list[type[models.Model]]) -> list[str]:
    """Where the register and the models differ, each as a sentence that says what to write."""
    found = {model._meta.label: model for model in of}
    gone = [f"{label} is in fields.toml and is no model: take it out." for label in register if label not in found]
    new = [
        f'{label} has no record: write ["{label}"] into fields.toml, with what, person, erased, shown and its fields.'
        for label in found
        if label not in register
    ]
    both = [(register[label], model) for label, model in found.items() if label in register]
    return gone + new + [problem for record, model in both for problem in problems_of(record, model)]


def problems_of(record: Record, model: type[models.Model]) -> Iterator[str]:
    """Where one record and its model differ."""
    fields = {field.name: field for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}
    entries = {entry.name: entry for entry in record.entries}
    for name in fields.keys() - entries.keys():
        yield f"{record.label}.{name} has no entry: write {name} into one of its lists: {', '.join(KINDS)}."
    for name in entries.keys() - fields.keys():
        yield f"{record.label}.{name} has an entry and is no field: take it out of fields.toml."
    for name in entries.keys() & fields.keys():
        yield from problems_of_seal(record.label, entries[name], fields[name])
    yield from problems_of_erasure(record, model)


def problems_of_seal(label: str, entry: Entry, field: Any) -> Iterator[str]:
    """Whether a field is sealed as its entry says, and whether a text that is not says why."""
    if entry.sealed != isinstance(field, SealedField):
        yield f"{label}.{entry.name}: words are sealed fields, and sealed fields are words, or named under “sealed”."
    needs_reason = holds_text(field) and not entry.sealed and entry.kind != "content"
    if needs_reason != bool(entry.plain):
        yield f"{label}.{entry.name}: a text that is not sealed says why under “plain”, and nothing else does."
    if entry.left_out and entry.kind not in ABOUT_SOMEBODY:
        yield f"{label}.{entry.name} is not about a person, so it is not exported anyway: “left_out” need not say why."


def holds_text(field: Any) -> bool:
    """Whether somebody's words would fit in."""
    free = isinstance(field, models.CharField) and not field.choices
    return free or isinstance(field, (models.TextField, models.BinaryField, models.JSONField))


def problems_of_erasure(record: Record, model: type[models.Model]) -> Iterator[str]:
    """Whether a row goes with the account it belongs to, and with no other by mistake."""
    if (record.erased == "account") != bool(record.person):
        yield f"{record.label}: what is erased with an account names its “person”, and nothing else does."
    elif record.person and not leads_to_account(model, record.person):
        yield f"{record.label}: “person” is to be a way of keys to the account, each with on_delete=CASCADE."
    elif not record.person and any(goes_with_account(field) for field in model._meta.local_fields):
        yield f"{record.label} goes with an account, as its keys say: write “erased” and “person”."
    if record.erased == "time" and not record.sooner:
        yield f"{record.label}: say under “sooner” when it is erased."
    if not record.person and record.erased != "time" and any(entry.kind == "words" for entry in record.entries):
        yield f"{record.label} holds words and outlives its author: no words may."


def leads_to_account(model: type[models.Model], person: str) -> bool:
    """Whether the way, such as `reflection.author`, ends at the account, and deleting that deletes the row."""
    for step in person.split(".") if person != "self" else ():
        field = model._meta.get_field(step)
        if not isinstance(field, models.ForeignKey) or field.remote_field.on_delete is not models.CASCADE:
            return False
        model = field.related_model
    return bool(model._meta.label == settings.AUTH_USER_MODEL)


def goes_with_account(field: Any) -> bool:
    """Whether the field is a key by which its row goes with an account."""
    return isinstance(field, models.ForeignKey) and (
        field.remote_field.on_delete is models.CASCADE and field.related_model._meta.label == settings.AUTH_USER_MODEL
    )


def own_models() -> list[type[models.Model]]:
    """Every model of Keel's own, in a steady order."""
    return [model for model in apps.get_models() if model.__module__.startswith("apps.")]
