"""What a person may ask of the library."""

from typing import TYPE_CHECKING, Any

from django import forms

from apps.coping.families import FAMILIES
from apps.core.challenges import CATEGORIES

if TYPE_CHECKING:
    from apps.coping.models import OwnStrategy, Strategy

MINUTES = ((2, "2 minutes"), (5, "5 minutes"), (10, "10 minutes"), (30, "30 minutes"))


class Asking(forms.Form):
    """A form of which only what makes sense counts."""

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for and makes sense, by field."""
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
    """Narrows the library down by challenge, time and family. Nothing asked: everything."""

    challenge = forms.ChoiceField(
        label="Kind of challenge",
        required=False,
        choices=[("", "Any"), *((category.id, category.name) for category in CATEGORIES.values())],
        error_messages={"invalid_choice": "Select a kind of challenge from the list"},
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


def meets(
    strategy: "Strategy | OwnStrategy",
    *,
    words: str = "",
    challenge: str = "",
    minutes: int | None = None,
    family: str = "",
) -> bool:
    """Whether a published strategy, or one's own, meets everything that is asked for."""
    content = strategy.shown
    text = plain(" ".join([content.name, content.summary, *content.steps]))
    return (
        all(word in text for word in plain(words).split())
        and (not challenge or challenge in content.fits or content.fits_all)
        and (minutes is None or content.minutes <= minutes)
        and (not family or family == content.family)
    )


def plain(text: str) -> str:
    """Text as it is searched: capitals and the kind of apostrophe do not matter."""
    return text.replace("’", "'").casefold()
