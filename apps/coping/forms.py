"""What a person may ask of the library."""

from typing import TYPE_CHECKING, Any

from django import forms

from apps.coping.families import FAMILIES, by_family
from apps.core.challenges import CATEGORIES, Locus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apps.coping.models import Strategy

MINUTES = ((2, "2 minutes"), (5, "5 minutes"), (10, "10 minutes"), (30, "30 minutes"))


class Asking(forms.Form):
    """A form of which only what makes sense counts."""

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for and makes sense, by field."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


class StrategySearchForm(Asking):
    """Words to look for; sent by POST, so that what somebody types stands in no address and no log."""

    words = forms.CharField(
        label="Search",
        required=False,
        max_length=100,
        error_messages={
            "max_length": "Search for fewer words",
            "null_characters_not_allowed": "Search without hidden characters",
        },
    )


class StrategyFilterForm(Asking):
    """Narrows the library down by challenge, cause, time, family and one's favourites. Nothing asked: everything."""

    challenge = forms.ChoiceField(
        label="Kind of challenge",
        required=False,
        choices=[("", "Any"), *((category.id, category.name) for category in CATEGORIES.values())],
        error_messages={"invalid_choice": "Select a kind of challenge from the list"},
    )
    locus = forms.ChoiceField(
        label="Where the cause lies",
        required=False,
        choices=[("", "Anywhere"), *((locus.value, locus.place) for locus in Locus)],
        error_messages={"invalid_choice": "Select where the cause lies from the list"},
    )
    minutes = forms.TypedChoiceField(
        label="Time you have",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Any"), *MINUTES],
        error_messages={"invalid_choice": "Select a time from the list"},
    )
    family = forms.ChoiceField(
        label="Kind of strategy",
        required=False,
        choices=[("", "Any"), *((family.id, family.name) for family in FAMILIES.values())],
        error_messages={"invalid_choice": "Select a kind of strategy from the list"},
    )
    favourites = forms.BooleanField(label="Only my favourites", required=False)


class CardsForm(forms.Form):
    """Which strategies to print as cards."""

    strategy = forms.MultipleChoiceField(label="Which strategies?", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, library: "Iterable[Strategy]", *, chosen: "Iterable[Strategy]"):
        super().__init__(initial={"strategy": [strategy.slug for strategy in chosen]})
        self.fields["strategy"].choices = [
            (family.name, [(strategy.slug, strategy.shown.name) for strategy in shelf])
            for family, shelf in by_family(library)
        ]
