"""The two pages on which a compass is made: which values, and how close each is."""

import uuid
from typing import TYPE_CHECKING, Any

from django import forms

from apps.core.forms import Checkboxes, ScaleField
from apps.core.text import clean_text
from apps.values.models import LONGEST_NAME, MOST_PICKED, Pick, ValueCard

if TYPE_CHECKING:
    from apps.accounts.models import User

OPEN_AGAIN = "This page was not sent whole. Open it again, then place your values"


class ChooseForm(forms.Form):
    """Up to five values, from the cards or in one's own words."""

    values = forms.TypedMultipleChoiceField(
        label="Which values matter most to you?",
        help_text=f"Choose up to {MOST_PICKED}. You can change them whenever you like.",
        coerce=uuid.UUID,
        widget=Checkboxes(),
        required=False,
        error_messages={"invalid_choice": "Choose values from the list"},
    )
    own_values = forms.CharField(
        label="Add values of your own",
        help_text="Optional. A word or two for each value, each on its own line. Only you can see them.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        error_messages={"null_characters_not_allowed": "Take out the hidden character that cannot be saved"},
    )

    def __init__(self, *args: Any, author: "User", **kwargs: Any):
        picked = {pick.card_id: pick.card for pick in Pick.objects.owned_by(author).select_related("card")}
        super().__init__(*args, initial={"values": list(picked)}, **kwargs)
        # a card that was retired stays where it was picked
        self.cards = picked | {card.pk: card for card in ValueCard.objects.available_to(author)}
        self.fields["values"].choices = [(str(pk), card.name) for pk, card in self.cards.items()]
        self.fields["values"].widget.hints = {str(pk): card.summary for pk, card in self.cards.items()}

    @property
    def has_picked(self) -> bool:
        """Whether values are on the compass already."""
        return bool(self.initial["values"])

    def clean_own_values(self) -> list[str]:
        lines = [line.strip() for line in clean_text(self.cleaned_data["own_values"]).splitlines()]
        names = list({line.casefold(): line for line in reversed(lines) if line}.values())[::-1]
        for name in names:
            if len(name) > LONGEST_NAME:
                raise forms.ValidationError(
                    f"Each value of your own can hold {LONGEST_NAME} characters. One has {len(name)}, so shorten it"
                )
        return names

    def clean(self) -> None:
        if self.errors:
            return
        names = {card.name.casefold() for card in self.chosen()}
        number = len(names | {name.casefold() for name in self.cleaned_data["own_values"]})
        if not number:
            self.add_error("values", "Choose at least one value, or add one of your own")
        if number > MOST_PICKED:
            self.add_error("values", f"Choose up to {MOST_PICKED} values. You have {number}, so take some away")

    def chosen(self) -> list[ValueCard]:
        """The cards that were ticked."""
        return [self.cards[pk] for pk in self.cleaned_data["values"]]


class PlaceForm(forms.Form):
    """How close each value on the compass is at work now."""

    page_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OPEN_AGAIN)
    )

    def __init__(self, *args: Any, author: "User", **kwargs: Any):
        super().__init__(*args, initial={"page_key": uuid.uuid4()}, **kwargs)
        picked = [pick.card for pick in Pick.objects.owned_by(author).select_related("card")]
        # an answer about a value that another tab took off the compass meanwhile is kept too
        sent = [card for card in ValueCard.objects.available_to(author) if closeness_name(card) in self.data]
        self.cards = picked + [card for card in sent if card not in picked]
        self.fields |= {closeness_name(card): closeness_field(card) for card in self.cards}

    def clean(self) -> None:
        if not self.errors and not self.closeness():
            self.add_error(closeness_name(self.cards[0]), "Select a number for at least one value")

    def closeness(self) -> dict[uuid.UUID, int]:
        """What was answered, by card."""
        said = {card.pk: self.cleaned_data[closeness_name(card)] for card in self.cards}
        return {pk: number for pk, number in said.items() if number is not None}


def closeness_name(card: ValueCard) -> str:
    """The name of the field that asks about a card."""
    return f"closeness-{card.pk}"


def closeness_field(card: ValueCard) -> ScaleField:
    """How close one value is."""
    wrong = f"{card.name}: select a number between 0 and 10"
    return ScaleField(
        label=card.name,
        help_text=card.summary,
        low="Far from it",
        high="Very close",
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )
