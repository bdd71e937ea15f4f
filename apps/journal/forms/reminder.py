"""The page for asking to be reminded."""

from datetime import time
from typing import Any

from django import forms

WRONG = "Enter a time, like 17:30 or 5:30pm"


class TimeOfDay(forms.TimeField):
    """A time as people write it: 17:30, 17.30, 5:30pm, 5.30 p.m., 5pm."""

    input_formats = ("%H:%M", "%H", "%I:%M%p", "%I%p")

    def to_python(self, value: Any) -> time | None:
        typed = "".join(str(value or "").lower().split())
        for half in "ap":
            typed = typed.replace(f"{half}.m.", f"{half}m")
        return super().to_python(typed.replace(".", ":"))


class ReminderForm(forms.Form):
    """At what time of day."""

    at = TimeOfDay(
        label="What time of day?",
        help_text="For example, 17:30 or 5:30pm. If it has passed today, they start tomorrow.",
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "nhsuk-input--width-5", "autocomplete": "off"}),
        error_messages={"required": WRONG, "invalid": WRONG},
    )
