"""The pages on which a CPD statement is written, and put on paper."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import cached_property

from apps.core import identifiers
from apps.core.forms import DayField, LargePrint, Words
from apps.core.text import LONGEST_TEXT
from apps.reports.cpd.models import EARLIEST, LONGEST_ACTIVITY, CpdStatement
from apps.reports.cpd.statement import ACTIVITY, ASKS, DAY, LINKED, Question
from apps.reports.forms import NO_PART, WHICH_PARTS, several

OPEN_AGAIN = "This page was not sent whole. Copy what you wrote, open the page again and paste it there"
LOOK = "Look at what may identify someone, then change it or tick that it does not"


def field_of(question: Question) -> forms.Field:
    """The field that asks it."""
    said = {"label": question.label, "help_text": question.hint}
    if question.id == DAY:
        return DayField(**said)
    if question.id == LINKED:
        return forms.BooleanField(required=False, **said)
    most = LONGEST_ACTIVITY if question.id == ACTIVITY else LONGEST_TEXT
    return Words(rows=question.rows, most=most, **said)


def version_field() -> forms.IntegerField:
    """The version of a statement that the page shows."""
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), OPEN_AGAIN)
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1, error_messages=wrong)


class StatementForm(forms.Form):
    """What a statement says. Only the day and the activity are needed."""

    def __init__(self, *args: Any, today: date, answered: Collection[str] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields = {one.id: field_of(one) for one in ASKS.of(answered)} | self.fields

    def clean_done_on(self) -> date:
        """A day that has come, and not so long ago that it is a slip of the finger."""
        done_on: date = self.cleaned_data["done_on"]
        if done_on > self.today:
            raise forms.ValidationError("The day of the activity must be today or in the past")
        if done_on < EARLIEST:
            raise forms.ValidationError(f"The year of the activity must be {EARLIEST.year} or later")
        return done_on

    def clean_activity(self) -> str:
        """At least a word."""
        activity: str = self.cleaned_data["activity"]
        if not activity.strip():
            raise forms.ValidationError("Say what the activity was, in a few words")
        return activity

    @property
    def says(self) -> dict[str, Any]:
        """What was typed, as a statement keeps it."""
        return {name: self.cleaned_data.get(name, "") for name in CpdStatement.SAYS}


class NewForm(StatementForm):
    """A new one; the page has a key, so that a second press makes no second one."""

    page_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OPEN_AGAIN)
    )

    def __init__(self, data: Any = None, *, today: date, begin: dict[str, Any]):
        super().__init__(data, today=today, initial={"page_key": uuid.uuid4()} | begin)


class ChangeForm(StatementForm):
    """Other words for one that is there; the page says which version they replace."""

    version = version_field()

    def __init__(self, data: Any = None, *, today: date, statement: CpdStatement):
        answered = [name for name, _, _ in statement.texts]
        initial = statement.says | {"version": statement.version}
        super().__init__(data, today=today, answered=answered, initial=initial)


class PaperForm(forms.Form):
    """Which parts of exactly the version shown go on paper, and that what may identify somebody was looked at."""

    version = version_field()
    looked = forms.CharField(required=False)  # what was shown to the author, who ticked that it identifies nobody
    sections = several(WHICH_PARTS, NO_PART)
    large = LargePrint()

    def __init__(self, data: Any = None, *, statement: CpdStatement):
        super().__init__(data, initial={"version": statement.version})
        self.statement = statement
        self.all = [(name, label) for name, label, _ in statement.texts]
        self.fields["sections"].choices = self.all
        self.fields["sections"].initial = [name for name, _ in self.all]

    def clean(self) -> None:
        """A tick counts for exactly what was shown; what stands in a part that is left out needs none."""
        chosen = {f"id_{name}" for name in self.cleaned_data.get("sections", [])}
        if self.cleaned_data.get("looked") != self.shown and any(place in chosen for place, *_ in self.found):
            self.add_error("looked", LOOK)

    @property
    def asked(self) -> dict[str, Any]:
        """The version that was seen and what of it goes on paper, once the form is valid: no parts where all do."""
        chosen = tuple(self.cleaned_data["sections"])
        sections = chosen if len(chosen) < len(self.all) else ()
        return {"seen": self.cleaned_data["version"], "sections": sections, "large": self.cleaned_data["large"]}

    @cached_property
    def found(self) -> list[tuple[str, str, identifiers.Quote]]:
        """What may identify somebody: the id of the field to change it in, its label, and where it stands."""
        return [
            (f"id_{name}", label, quote)
            for name, label, text in self.statement.texts
            for quote in identifiers.quotes(text)
        ]

    @property
    def shown(self) -> str:
        """All that was found, as one line."""
        return "; ".join(" ".join(quote.words.split()) for *_, quote in self.found)
