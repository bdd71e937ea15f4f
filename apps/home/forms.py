"""What the pages that join apps are asked with."""

from django import forms

from apps.core.forms import Words


class TextForm(forms.Form):
    """A text as it stands in a page, no longer than the longest answer."""

    text = Words(label="Text", rows=2, required=True)
