"""Where the journal's pages are, and what they say."""

import re

from django.urls import reverse


def page(reflection, name="detail") -> str:
    """The address of one of a reflection's pages."""
    return reverse(f"journal:reflection_{name}", args=[reflection.pk])


def text_of(response) -> str:
    """The page's words without markup, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
