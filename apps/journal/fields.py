"""The form fields of the phases, and the values that their choices have in a browser."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms

from apps.core.challenges import CATEGORIES
from apps.core.forms import Radios, ScaleField, Words
from apps.journal.models import LONGEST_LINE, Plan

if TYPE_CHECKING:
    from apps.journal.shelf import Shelf

STRAIN = "How much strain do you feel right now?"
HOW_IT_FARED = (("lived", "It was lived"), ("stepped_on", "It was stepped on"))


class ChallengeCheckboxes(forms.CheckboxSelectMultiple):
    """Twelve categories, each opening to its examples."""

    template_name = "journal/widgets/challenges.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        ticked = set(value or [])
        context["categories"] = [
            {
                "category": category,
                "value": category.id,
                "ticked": category.id in ticked,
                "open": any(challenge_value(category.id, example.key) in ticked for example in category.examples),
                "examples": [
                    {
                        "text": example.text,
                        "value": challenge_value(category.id, example.key),
                        "ticked": challenge_value(category.id, example.key) in ticked,
                    }
                    for example in category.examples
                ],
            }
            for category in CATEGORIES.values()
        ]
        return context


def challenge_value(category: str, example: str) -> str:
    """How a category or one of its examples is named in a form: `C3` or `C3:back-to-back`."""
    return f"{category}:{example}" if example else category


def split_challenge(value: str) -> tuple[str, str]:
    """The category and the example (or nothing) of a form's value."""
    category, _, example = value.partition(":")
    return category, example


CHALLENGES = [
    (challenge_value(category.id, key), text)
    for category in CATEGORIES.values()
    for key, text in [("", category.name), *((example.key, example.text) for example in category.examples)]
]


def with_categories(values: Iterable[str]) -> list[str]:
    """`values` in the taxonomy's order, with the category of each example ticked too."""
    wanted = {part for value in values for part in (value, split_challenge(value)[0])}
    return [value for value, _ in CHALLENGES if value in wanted]


def challenges_field() -> forms.MultipleChoiceField:
    """Phase 1's question about the kind of challenge."""
    return forms.MultipleChoiceField(
        label="What kind of challenge was it?",
        help_text="Choose all that fit. Each opens to examples.",
        choices=CHALLENGES,
        widget=ChallengeCheckboxes,
        required=False,
        error_messages={"invalid_choice": "Choose the kinds of challenge from the list"},
    )


def strain_scale() -> ScaleField:
    """Strain right now, 0 to 10; asked before and after, never added up."""
    return ScaleField(label=STRAIN, low="No strain", high="As much as I can imagine", required=False)


def value_fields(card_id: str, name: str) -> dict[str, forms.Field]:
    """What is asked about one chosen value."""
    return {
        f"how-{card_id}": forms.MultipleChoiceField(
            label=f"{name}: how did it fare?",
            help_text="Choose one, both or neither.",
            choices=HOW_IT_FARED,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            error_messages={"invalid_choice": f"Say for {name} whether it was lived or stepped on"},
        ),
        f"closeness-{card_id}": ScaleField(
            label=f"{name}: how close do you feel to it right now?",
            low="Far from it",
            high="Very close",
            required=False,
        ),
    }


def plan_fields(number: int, shelf: "Shelf") -> dict[str, forms.Field]:
    """What is asked about one plan; `shelf` knows the strategies on offer."""
    unknown = "Choose a strategy from the list"
    return {
        f"strategy-{number}": forms.ChoiceField(
            label="Strategies that may fit",
            choices=shelf.radios,
            widget=Radios(hints=shelf.reasons),
            required=False,
            error_messages={"invalid_choice": unknown},
        ),
        f"library-{number}": forms.ChoiceField(
            label="Or choose from the whole library",
            help_text="What you choose here counts instead of the list above.",
            choices=shelf.library,
            required=False,
            error_messages={"invalid_choice": unknown},
        ),
        **plan_words(number),
    }


def plan_words(number: int) -> dict[str, forms.Field]:
    """When, what, and the day to look back: a plan's own words, whatever strategy it rests on."""
    return {
        f"when-{number}": Words(
            label="When",
            help_text="A moment you will notice. For example “my last call before lunch ends”.",
            rows=2,
            most=LONGEST_LINE,
        ),
        f"will-{number}": Words(
            label="I will",
            help_text="One small, concrete thing. For example “stand up and look out of the window”.",
            rows=2,
            most=LONGEST_LINE,
        ),
        f"look_back-{number}": forms.ChoiceField(
            label="When would you like to look back on it?",
            choices=Plan.LookBack,
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": "Choose a day from the list"},
        ),
    }
