"""Phase 1's page."""

from typing import Any

from django import forms

from apps.core.forms import Checkboxes
from apps.journal.feelings import FEELINGS, NOT_SAFE
from apps.journal.fields import Words, challenge_value, challenges_field, split_challenge, strain_scale, with_categories
from apps.journal.forms.phase import PhaseForm
from apps.journal.models import Reflection


class ChallengeForm(PhaseForm):
    """Phase 1: what happened, and what it left behind."""

    phases = ("challenge",)
    columns = ("happened", "what_happened", "noticed", "strain_before")

    happened = forms.ChoiceField(
        label="When was this?",
        choices=Reflection.Happened,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose when this was from the list"},
    )
    challenges = challenges_field()
    what_happened = Words(
        label="What happened?",
        help_text="One or two sentences are enough. Leave out anything that could identify a client: names, initials, "
        "ages, dates and places.",
        rows=4,
    )
    feelings = forms.MultipleChoiceField(
        label="Feelings",
        help_text="Choose any that fit, or none.",
        choices=FEELINGS,
        widget=Checkboxes(reveals={NOT_SAFE: "support-panel"}),
        required=False,
        error_messages={"invalid_choice": "Choose feelings from the list"},
    )
    noticed = Words(
        label="What did you notice in yourself?",
        help_text="Optional. For example a thought, an urge, something in your body.",
        rows=3,
    )
    strain_before = strain_scale()

    def stored(self) -> dict[str, Any]:
        rows = [challenge_value(row.category, row.example) for row in self.reflection.challenges.all()]
        return super().stored() | {"challenges": with_categories(rows), "feelings": self.reflection.feeling_keys}

    def clean_challenges(self) -> list[str]:
        return with_categories(self.cleaned_data["challenges"])

    def write_to(self, reflection: Reflection, *, finished: bool) -> None:
        super().write_to(reflection, finished=finished)
        reflection.feelings = " ".join(self.cleaned_data["feelings"])
        reflection.choose_challenges([split_challenge(value) for value in self.cleaned_data["challenges"]])
