"""What a person asks of their timeline."""

import uuid
from typing import TYPE_CHECKING, Any

from django import forms

from apps.coping.models import NO_STRATEGY, OwnStrategy, Strategy
from apps.core.challenges import CATEGORIES, Locus
from apps.values.models import ValueCard

if TYPE_CHECKING:
    from apps.accounts.models import User


PLACES = [(locus.value, locus.place) for locus in (Locus.ORGANISATION, Locus.CLIENT, Locus.SELF)]
KINDS = [(category.id, category.name) for category in CATEGORIES.values()]


class FilterForm(forms.Form):
    """How to narrow the timeline; by a strategy only where the address names one, as the ways from one's counts do."""

    challenge = forms.ChoiceField(
        choices=[("", "Any challenge"), ("Where it lies", PLACES), ("What kind it is", KINDS)],
        required=False,
        error_messages={"invalid_choice": "Select a challenge from the list"},
    )
    value = forms.TypedChoiceField(
        coerce=uuid.UUID,
        empty_value="",
        required=False,
        error_messages={"invalid_choice": "Select a value from the list"},
    )
    strategy = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": "Select a strategy from the list"},
    )
    state = forms.ChoiceField(
        label="Phase",
        choices=[
            ("", "Any phase"),
            ("completed", "Completed"),
            ("draft", "All drafts"),
            ("at_challenge", "Drafts at work challenge"),
            ("at_values", "Drafts at values connection"),
            ("at_coping", "Drafts at coping"),
            ("quick", "Quick captures to finish"),
        ],
        required=False,
        error_messages={"invalid_choice": "Select a phase from the list"},
    )
    time = forms.ChoiceField(
        label="Time",
        choices=[
            ("", "Any time"),
            ("4_weeks", "Last 4 weeks"),
            ("3_months", "Last 3 months"),
            ("year", "Last 12 months"),
        ],
        required=False,
        error_messages={"invalid_choice": "Select a time from the list"},
    )

    def __init__(self, *args: Any, author: "User", **kwargs: Any):
        super().__init__(*args, **kwargs)
        cards = ValueCard.objects.readable_by(author)
        self.fields["value"].choices = [("", "Any value"), *((str(card.pk), card.name) for card in cards)]
        if "strategy" in self.data:
            self.fields["strategy"].choices = strategies_of(author)
        else:
            del self.fields["strategy"]  # fifty more options on each timeline, for what few ask of it


def strategies_of(author: "User") -> list[tuple[str, str | list[tuple[str, str]]]]:
    """What plans can rest on: one's own, the library's with those that were retired, or none."""
    own = [(str(strategy.pk), strategy.name) for strategy in OwnStrategy.objects.owned_by(author).by_name()]
    library = [(str(strategy.pk), strategy.shown.name) for strategy in Strategy.objects.once_published()]
    groups = [("Your own", own), ("Coping strategies", library), ("No strategy", [*NO_STRATEGY.items()])]
    return [("", "Any strategy"), *((name, given) for name, given in groups if given)]


class SearchForm(forms.Form):
    """What to look for in one's own words; sent by POST, so that it stands in no address and no log."""

    q = forms.CharField(
        label="Search your own words",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "max_length": "Search for fewer words",
            "null_characters_not_allowed": "Search without hidden characters",
        },
    )
