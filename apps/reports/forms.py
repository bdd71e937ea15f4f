"""Which reflection a report is asked for, and what of it goes in."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from apps.core.forms import Checkboxes, LargePrint, Radios
from apps.journal.reading import Reading
from apps.reports.content import Choice

WHICH_PARTS = "Which parts should be in it?"
NO_PART = "Choose at least one part"
GONE = "Something you chose is not there any more. Choose again"
CHOOSE = "Choose the reflection to make a report of. It must be complete"


def several(label: str, wrong: str, **said: Any) -> forms.MultipleChoiceField:
    """Checkboxes of which at least one is needed."""
    texts = {"required": wrong, "invalid_choice": GONE}
    return forms.MultipleChoiceField(label=label, widget=Checkboxes(), error_messages=texts, **said)


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


class PartsForm(forms.Form):
    """What of one reflection goes into its report: each phase with answers, unless its author leaves some out."""

    phases = several(WHICH_PARTS, NO_PART)
    large = LargePrint()

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.all = [(phase.key, phase.title) for phase in reading.phases if phase.rows]
        self.fields["phases"].choices = self.all
        self.fields["phases"].initial = [key for key, _ in self.all]

    @property
    def asked(self) -> dict[str, Any]:
        """What was chosen, once the form is valid: no phases where none was left out."""
        phases = tuple(self.cleaned_data["phases"])
        return {"phases": phases if len(phases) < len(self.all) else (), "large": self.cleaned_data["large"]}


def as_id(text: str) -> uuid.UUID | None:
    """The id in an address or a form, or None where there is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
