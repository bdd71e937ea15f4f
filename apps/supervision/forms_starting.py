"""What a summary is begun with: of which reflections, for whom, and which parts of them."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from apps.core.forms import Checkboxes, Radios
from apps.supervision.counting import COUNTS
from apps.supervision.drafting import MOST_CHOICES, PARTS, Choice
from apps.supervision.forms import reader_field
from apps.supervision.models import SupervisionLink

WHICH = "Choose the reflection to make a summary of. It must be complete"
MOST_CHOSEN = 10  # reflections in one summary: more is nothing to read before a meeting
TOO_MANY = f"Choose at most {MOST_CHOSEN} reflections"
NOTHING = "Choose reflections, counts, or both"
NO_PARTS = "Choose which parts of these reflections to copy"
PLACE = f"Enter a whole number from 1 to {MOST_CHOICES}, or leave it empty"
NO_ITEMS = "Number at least one reflection: 1 for the first"
ON_AT_FIRST = ("challenges", "plans")


class StartForm(forms.Form):
    """For whom. What it is made of is asked by the forms below."""

    asks_reader_at = 1  # how many questions come before

    def __init__(self, *args: Any, offered: list[Choice], links: list[SupervisionLink], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offered = {str(choice.pk): choice for choice in offered}
        self.links = {str(link.pk): link for link in links}
        names = list(self.fields)
        self.fields["link"] = reader_field(links)
        self.order_fields([*names[: self.asks_reader_at], "link", *names[self.asks_reader_at :]])

    @property
    def link(self) -> SupervisionLink:
        """Under which link it will be shared, once the form is valid."""
        return self.links[self.cleaned_data["link"]]

    def offer(self, field: forms.ChoiceField) -> None:
        """Have `field` choose from the reflections that are offered."""
        field.choices = [(pk, written_at(choice)) for pk, choice in self.offered.items()]
        field.widget.hints = {pk: ", ".join(choice.challenges) for pk, choice in self.offered.items()}


def written_at(choice: Choice) -> str:
    """What its author knows a reflection by."""
    return date_format(timezone.localtime(choice.created_at), "l j F Y, H:i")


def parts_field(**said: Any) -> forms.MultipleChoiceField:
    """Which parts of a reflection to copy."""
    return forms.MultipleChoiceField(
        choices=[(key, label) for key, (label, _) in PARTS.items()],
        widget=Checkboxes(),
        required=False,
        error_messages={"invalid_choice": "Choose parts from the list"},
        **said,
    )


class ReflectionForm(StartForm):
    """Of one reflection, and which parts of it."""

    reflection = forms.ChoiceField(
        label="Which reflection?",
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), WHICH),
    )
    parts = parts_field(
        label="Which parts?",
        help_text="You can change each text for this reader on the next page, and write what you would like from "
        "supervision. Your reflection does not change.",
        initial=ON_AT_FIRST,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer(self.fields["reflection"])
        self.fields["reflection"].initial = next(iter(self.offered)) if len(self.offered) == 1 else None

    @property
    def chosen(self) -> uuid.UUID:
        """The reflection, once the form is valid."""
        return self.offered[self.cleaned_data["reflection"]].pk


class PeriodForm(StartForm):
    """Of some weeks: counts of them, and some reflections with some parts; nothing is chosen to start with."""

    asks_reader_at = 0
    counts = forms.MultipleChoiceField(
        label="Which counts?",
        help_text="Of everything you completed in this time. You can change each text on the next page.",
        choices=list(COUNTS.items()),
        widget=Checkboxes(),
        required=False,
        error_messages={"invalid_choice": "Choose counts from the list"},
    )
    reflections = forms.MultipleChoiceField(
        label="Which reflections?",
        help_text=f"Up to {MOST_CHOSEN}. They are copied without their dates.",
        widget=Checkboxes(),
        required=False,
        error_messages={"invalid_choice": "Choose reflections from the list"},
    )
    parts = parts_field(label="Which parts of them?", help_text="The same parts of each reflection you chose.")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer(self.fields["reflections"])

    def clean_reflections(self) -> list[str]:
        """No more than can be read before a meeting."""
        if len(self.cleaned_data["reflections"]) > MOST_CHOSEN:
            raise forms.ValidationError(TOO_MANY)
        return self.cleaned_data["reflections"]

    def clean(self) -> None:
        """Something, and of reflections some part."""
        said = self.cleaned_data
        if {"counts", "reflections", "parts"} <= said.keys():
            if not said["counts"] and not said["reflections"]:
                self.add_error("counts", NOTHING)
            if said["reflections"] and not said["parts"]:
                self.add_error("parts", NO_PARTS)

    @property
    def chosen(self) -> list[uuid.UUID]:
        """The reflections, once the form is valid, the oldest first: they are read as a story."""
        return [choice.pk for pk, choice in reversed(self.offered.items()) if pk in self.cleaned_data["reflections"]]


class AgendaForm(StartForm):
    """Of reflections marked for supervision, in the order that the author numbers them."""

    asks_reader_at = 0

    def __init__(self, *args: Any, carried_over: Iterable[uuid.UUID], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields |= {f"place-{pk}": place_field(one, one.pk in carried_over) for pk, one in self.offered.items()}

    @property
    def items(self) -> list[Any]:
        """The fields of the reflections, in their order."""
        return [self[f"place-{pk}"] for pk in self.offered]

    def places(self) -> list[tuple[int, str]]:
        """The numbers that were given, with the ids of their reflections; of the same number, the newest first."""
        given = ((self.cleaned_data.get(f"place-{pk}"), pk) for pk in self.offered)
        return sorted(((place, pk) for place, pk in given if place), key=lambda one: one[0])

    def clean(self) -> None:
        """At least one item, and no more than a meeting can hold."""
        if self.offered and not self.errors and not self.places():
            self.add_error(f"place-{next(iter(self.offered))}", NO_ITEMS)
        if len(self.places()) > MOST_CHOSEN:
            self.add_error(f"place-{self.places()[-1][1]}", f"Number at most {MOST_CHOSEN} reflections")

    @property
    def chosen(self) -> list[uuid.UUID]:
        """The reflections in their order, once the form is valid."""
        return [self.offered[pk].pk for _, pk in self.places()]


def place_field(choice: Choice, is_carried_over: bool) -> forms.IntegerField:
    """Where on the agenda one reflection stands."""
    said = [", ".join(choice.challenges), f"Marked for {choice.supervision}"]
    said += ["Carried over: on an agenda already, not discussed yet"] if is_carried_over else []
    return forms.IntegerField(
        label=f"Number for the reflection of {written_at(choice)}",
        help_text=". ".join(said) + ".",
        min_value=1,
        max_value=MOST_CHOICES,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-2"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), PLACE),
    )
