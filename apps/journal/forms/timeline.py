"""What a person asks of their timeline."""

from django import forms

from apps.core.challenges import CATEGORIES


class FilterForm(forms.Form):
    """How to narrow the timeline."""

    challenge = forms.ChoiceField(
        choices=[("", "Any challenge"), *((category.id, category.name) for category in CATEGORIES.values())],
        required=False,
        error_messages={"invalid_choice": "Select a challenge from the list"},
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
