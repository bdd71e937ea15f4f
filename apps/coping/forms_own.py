"""The pages on which people write strategies of their own, and send them to the editors."""

import uuid
from typing import Any

from django import forms

from apps.coping.families import FAMILIES
from apps.coping.models import LONGEST_NAME, LONGEST_STEPS, LONGEST_TIME, OwnStrategy, WrittenStrategy
from apps.core import identifiers
from apps.core.challenges import CATEGORIES
from apps.core.forms import Checkboxes
from apps.core.text import clean_text

OPEN_AGAIN = "This page was not sent whole. Copy what you wrote, open the page again and paste it there"
TIME = f"Enter how many minutes it takes, from 1 to {LONGEST_TIME}"


class Written(forms.CharField):
    """Somebody's words, with line ends made alike."""

    def __init__(self, *, most: int, missing: str, **kwargs: Any):
        too_long = f"“{kwargs['label']}” can hold {most:,} characters. It has %(show_value)d now, so shorten it"
        super().__init__(max_length=most, error_messages={"required": missing, "max_length": too_long}, **kwargs)

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value))


class OwnForm(forms.Form):
    """What a strategy of one's own says."""

    name = Written(
        label="Name",
        help_text="A few words that you will know it by.",
        most=LONGEST_NAME,
        missing="Enter a name for it",
    )
    what_to_do = Written(
        label="What to do",
        help_text="Write each step on its own line. Leave out anything that could identify a client.",
        most=LONGEST_STEPS,
        missing="Write what to do, in one step or more",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    minutes = forms.IntegerField(
        label="How many minutes does it take?",
        min_value=1,
        max_value=LONGEST_TIME,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), TIME),
    )
    categories = forms.MultipleChoiceField(
        label="Which challenges does it fit?",
        help_text="Choose none if it fits any challenge.",
        choices=[(category.id, category.name) for category in CATEGORIES.values()],
        widget=Checkboxes(),
        required=False,
        error_messages={"invalid_choice": "Choose kinds of challenge from the list"},
    )
    family = forms.ChoiceField(
        label="What kind of strategy is it?",
        help_text="Optional.",
        choices=[("", "None of these, or not sure"), *((family.id, family.name) for family in FAMILIES.values())],
        required=False,
        error_messages={"invalid_choice": "Select a kind of strategy from the list"},
    )

    @property
    def says(self) -> dict[str, Any]:
        """What was typed, as a written strategy keeps it."""
        said = {name: self.cleaned_data[name] for name in WrittenStrategy.SAYS}
        return said | {"categories": " ".join(said["categories"])}


class OwnAddForm(OwnForm):
    """A new one; the page has a key, so that a second press makes no second one."""

    page_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OPEN_AGAIN)
    )

    def __init__(self, data: Any = None):
        super().__init__(data, initial={"page_key": uuid.uuid4()})


def version_field() -> forms.IntegerField:
    """The version of a strategy that the page shows."""
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), OPEN_AGAIN)
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1, error_messages=wrong)


class OwnChangeForm(OwnForm):
    """Other words for one that is there; the page says which version they replace."""

    version = version_field()

    def __init__(self, data: Any = None, *, own: OwnStrategy):
        super().__init__(data, initial=own.says | {"categories": own.fits, "version": own.version})


class OwnSuggestForm(forms.Form):
    """That exactly the version shown may be sent, and that what may identify somebody was looked at."""

    version = version_field()
    looked = forms.BooleanField(
        label="I have looked at these. They do not identify anybody.",
        error_messages={"required": "Look at what may identify someone, then change it or tick that it does not"},
    )

    def __init__(self, data: Any = None, *, own: OwnStrategy):
        super().__init__(data, initial={"version": own.version})
        words = f"{own.name}\n{own.what_to_do}"
        self.found = identifiers.quotes(words)
        if not self.found:
            del self.fields["looked"]
