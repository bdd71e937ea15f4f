"""Which reflection a report is asked for."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from apps.core.forms import Radios
from apps.reports.content import Choice

CHOOSE = "Choose the reflection to make a report of. It must be complete"


class ReportForm(forms.Form):
    """One of the author's own completed reflections."""

    reflection = forms.ChoiceField(
        label="Which reflection?",
        widget=Radios(),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, offered: list[Choice], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offered = {str(choice.pk): choice for choice in offered}
        field = self.fields["reflection"]
        field.choices = [
            (pk, date_format(timezone.localtime(choice.created_at), "l j F Y, H:i"))
            for pk, choice in self.offered.items()
        ]
        field.widget.hints = {pk: ", ".join(choice.challenges) for pk, choice in self.offered.items()}

    @property
    def chosen(self) -> Choice:
        """The reflection chosen, once the form is valid."""
        return self.offered[self.cleaned_data["reflection"]]


def as_id(text: str) -> uuid.UUID | None:
    """The id in an address or a form, or None where there is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
