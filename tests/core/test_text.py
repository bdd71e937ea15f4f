"""Text is kept as it was typed, or refused with a sentence; it is never changed but for line ends."""

import unicodedata
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from apps.core.text import clean_text

KEPT = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t", exclude_characters="\ufffe\uffff")
)


@given(KEPT)
def test_clean_text_of_ordinary_words_changes_nothing(text):
    assert clean_text(text) == text


@pytest.mark.parametrize(
    "text",
    ["👩🏽‍⚕️ tired", "מאוד עייף", "\u202edesrever", "e\u0301", "  two spaces ", "\u200b", "ﬁ", "{{ 7*7 }} <b>%s</b>"],
)
def test_clean_text_of_emoji_right_to_left_and_code_changes_nothing(text):
    assert clean_text(text) == text


@pytest.mark.parametrize("typed", ["one\r\ntwo", "one\rtwo", "one\ntwo"])
def test_clean_text_makes_every_line_end_one_line_feed(typed):
    assert clean_text(typed) == "one\ntwo"


@pytest.mark.parametrize("hidden", ["\x00", "\x0b", "\x1b", "\x7f", "\x85", "\ud800", "\ufffe", "\uffff"])
def test_clean_text_with_a_hidden_character_says_which_line_to_type_again(hidden):
    with pytest.raises(ValidationError) as refused:
        clean_text(f"first\r\nsecond{hidden}\nthird")
    assert refused.value.messages == ["Line 2 holds a hidden character that cannot be saved. Type that line again"]


@given(st.text(st.characters()))
def test_clean_text_lets_through_only_what_the_database_the_pdf_and_a_page_can_hold(text):
    try:
        kept = clean_text(text)
    except ValidationError:
        return
    assert {unicodedata.category(letter) for letter in kept if letter not in "\n\t"}.isdisjoint({"Cc", "Cs"})
    assert (ElementTree.fromstring(f"<p>{escape(kept)}</p>").text or "") == kept
