"""What somebody says before all that Keel holds about them goes."""

from django import forms


class DeleteForm(forms.Form):
    """One tick: nobody deletes their account by pressing a button too many."""

    everything = forms.BooleanField(
        label="Delete everything, for good",
        error_messages={"required": "Tick “Delete everything, for good” if you want to delete your account"},
    )
