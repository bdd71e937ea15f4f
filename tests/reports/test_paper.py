"""People's words on paper: none lost, none that breaks the page."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.core.text import CANNOT_BE_KEPT
from apps.reports.paper import BREAK_HERE, line, may_break, on_paper
from tests.reports.readings import content

TIED = {"Mn", "Mc", "Me", "Cf", "Sk"}


@given(st.text(max_size=300))
@example("x" * 1000)
@example("👩🏽‍⚕️" * 50)
@example("क्ष" * 60)
def test_line_loses_no_letter(text):
    kept = CANNOT_BE_KEPT.sub("\ufffd", text)
    assert line(text).text.replace(BREAK_HERE, "") == kept.replace(BREAK_HERE, "")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=41, max_size=400))
def test_line_breaks_only_where_both_sides_stay_themselves(text):
    shown = line(text).text
    for before, after in pairwise(shown):
        if before == BREAK_HERE and BREAK_HERE not in text:
            assert unicodedata.category(after) not in TIED


def test_line_of_ordinary_words_is_left_as_it_is():
    text = "I noticed my shoulders go up, " * 20
    assert line(text).text == text


@pytest.mark.parametrize("word", ["x" * 100_000, "م" * 20_000, "a\u00a0" * 10_000, "-" * 20_000, "疲" * 500])
def test_line_with_a_word_as_long_as_a_book_gets_places_to_break(word):
    assert max(map(len, line(word).text.split(BREAK_HERE))) <= 21


@pytest.mark.parametrize(
    ("before", "after"),
    [("e", "\u0301"), ("👩", "\u200d"), ("\u200d", "⚕"), ("👩", "🏽"), ("क्"[1], "ष"), ("❤", "\ufe0f")],
)
def test_may_break_leaves_one_shape_whole(before, after):
    assert not may_break(before, after)


@pytest.mark.parametrize(
    ("text", "from_right"),
    [
        ("أشعر بالضغط", True),
        ("«אני עייף»", True),
        ("12 - اردو", True),
        ("I felt أشعر", False),
        ("12 - !", False),
        ("", False),
    ],
)
def test_line_reads_in_the_direction_of_its_first_letter(text, from_right):
    assert line(text).from_right is from_right


def test_answer_keeps_lines_of_one_paragraph_together_and_drops_empty_ones():
    [_, answer] = on_paper(content("One", "two", "", "  ", "Three").reading)[0].answers
    assert [line.text for line in answer.lines] == ["One\ntwo", "Three"]


def test_plan_keeps_each_of_its_lines_apart():
    [plan] = on_paper(content("One").reading)[2].answers
    assert (plan.is_plan, len(plan.lines)) == (True, 2)


def test_phase_without_answers_is_left_out():
    reading = content("One").reading
    empty = [phase.__class__(phase.key, phase.title, phase.question, ()) for phase in reading.phases[1:]]
    short = reading.__class__(reading.kind, reading.created_at, reading.completed_at, (reading.phases[0], *empty))
    assert [part.title for part in on_paper(short)] == ["Work challenge"]
