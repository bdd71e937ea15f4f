"""The page before the first phase."""

from django import forms

from apps.journal.models import Reflection


class StartForm(forms.Form):
    """How much time there is now."""

    kind = forms.ChoiceField(
        label="How would you like to reflect?",
        choices=Reflection.Kind,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose quick capture or full reflection"),
    )
    start_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), "Open “Start a reflection” again and choose once more"),
    )
