"""What text Keel keeps: every word as it was typed, and no character that no page or PDF could show."""

import re

from django.core.exceptions import ValidationError

# Control characters but tab and line ends, halves of a character that JSON can smuggle in, and what XML forbids.
CANNOT_BE_KEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LONGEST_TEXT = 20_000  # characters in a long answer
LINE_ENDS = re.compile("\r\n?")


def clean_text(text: str) -> str:
    """`text` with every line end as one line feed. Raises ValidationError for a character that cannot be kept."""
    text = LINE_ENDS.sub("\n", text)
    found = CANNOT_BE_KEPT.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        message = "Line %(line)s holds a hidden character that cannot be saved. Type that line again"
        raise ValidationError(message, code="hidden_character", params={"line": line})
    return text
