"""The pages on which supervision is asked for, agreed to, and used."""

from django import forms

WRONG_ADDRESS = "Enter an email address, like name@example.nhs.uk"


class InviteForm(forms.Form):
    """Whom to ask."""

    email = forms.EmailField(
        label="Email address",
        help_text="The work address of your supervisor. They need to sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages=dict.fromkeys(("required", "invalid"), WRONG_ADDRESS),
    )


class AcceptForm(forms.Form):
    """What the supervisor says when they accept."""

    is_line_manager = forms.BooleanField(
        label="I am also their line manager",
        help_text="They will see this before they share anything. It may matter to what they choose to share.",
        required=False,
    )
