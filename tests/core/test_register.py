"""The field register says of every field what it is, and is held to the models; docs/fields.md says the same."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from apps.accounts.models import Invitation, User
from apps.coping.models import StrategyVersion
from apps.core.models import AuditEvent
from apps.core.register import own_models, problems, read_register
from apps.journal.models import Plan

FIELDS = Path(__file__).parents[2] / "docs" / "fields.md"


def test_register_says_of_every_field_of_every_model_what_it_is():
    found = problems(read_register(), own_models())
    assert found == [], "apps/core/content/fields.toml explains its lists at the top:\n" + "\n".join(found)


def test_fields_page_is_the_one_that_the_register_gives(capsys):
    call_command("field_register")
    printed = capsys.readouterr().out
    assert FIELDS.read_text(encoding="utf-8").endswith("\n\n" + printed), (
        "docs/fields.md is not what `./dev manage field_register` prints: put that below its introduction."
    )


def without(record, name):
    return replace(record, entries=tuple(entry for entry in record.entries if entry.name != name))


def changed(record, field, **said):
    return replace(
        record, entries=tuple(replace(entry, **said) if entry.name == field else entry for entry in record.entries)
    )


WRONG = {
    "a field without an entry": (Plan, lambda r: without(r, "will"), "Plan.will has no entry"),
    "an entry without a field": (Plan, lambda r: changed(r, "will", name="wont"), "wont has an entry and is no field"),
    "words that are not sealed": (
        User,
        lambda r: changed(r, "email", kind="words", sealed=True, plain=""),
        "User.email: words are sealed fields",
    ),
    "a sealed field called plain": (
        Plan,
        lambda r: changed(r, "will", kind="personal", sealed=False, plain="a code"),
        "Plan.will: words are sealed fields",
    ),
    "a text without a reason": (User, lambda r: changed(r, "name", plain=""), "User.name: a text that is not sealed"),
    "a person it does not go with": (
        StrategyVersion,
        lambda r: replace(r, person="editor", erased="account"),
        "each with on_delete=CASCADE",
    ),
    "a way that does not end at the account": (Plan, lambda r: replace(r, person="reflection"), "on_delete=CASCADE"),
    "rows that are not kept": (
        Plan,
        lambda r: replace(r, person="", erased="kept"),
        "holds words and outlives its author",
    ),
    "a person nobody erases": (AuditEvent, lambda r: replace(r, person="by"), "names its “person”"),
    "a time that is not said": (Invitation, lambda r: replace(r, erased="time", sooner=""), "say under “sooner”"),
}


@pytest.mark.parametrize("what", WRONG)
def test_register_that_says_what_is_not_so_is_told(what):
    model, spoil, said = WRONG[what]
    record = read_register()[model._meta.label]
    found = problems({record.label: spoil(record)}, [model])
    assert said in " ".join(found)


def test_register_without_a_model_is_told_what_to_write():
    register = read_register()
    assert problems({}, [Plan]) == [
        'journal.Plan has no record: write ["journal.Plan"] into fields.toml, with what, person, erased, shown and its '
        "fields."
    ]
    assert problems({"journal.Plan": register["journal.Plan"]}, []) == [
        "journal.Plan is in fields.toml and is no model: take it out."
    ]
