"""The identifier check points, never changes, and does as well as we say it does."""

import re
from collections import Counter
from re import _parser as regex_parser

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from apps.core import identifiers
from apps.core.identifiers import AROUND, Kind, Quote, find, quotes
from apps.core.management.commands.measure_identifiers import SENTENCES, measure, read_marks

LEVEL = measure(settings.BASE_DIR / SENTENCES)


def pointed_at(text):
    return [(found.kind, text[found.start : found.end]) for found in find(text)]


@pytest.mark.parametrize(
    ("kind", "missed", "false_alarms"),
    [
        (Kind.EMAIL, 1, 0),
        (Kind.NHS_NUMBER, 2, 0),
        (Kind.PHONE, 0, 0),
        (Kind.POSTCODE, 1, 0),
        (Kind.DATE, 1, 1),
        (Kind.AGE, 1, 0),
        (Kind.NAME, 3, 1),
        (Kind.INITIALS, 1, 0),
    ],
)
def test_identifiers_in_the_marked_sentences_are_found_as_well_as_we_publish(kind, missed, false_alarms):
    assert Counter(found for found, _ in LEVEL.missed)[kind] == missed
    assert Counter(found for found, _ in LEVEL.false_alarms)[kind] == false_alarms


def test_identifiers_are_measured_on_enough_sentences_of_each_sort():
    assert LEVEL.sentences >= 300
    assert all(LEVEL.marked[kind] >= 15 for kind in Kind)


def test_measure_identifiers_prints_misses_and_false_alarms_by_kind(capsys):
    call_command("measure_identifiers")
    printed = capsys.readouterr().out
    assert re.search(r"^nhs_number +20 +2 +0$", printed, re.MULTILINE)
    assert "In May 10 people left the service." in printed


def test_measure_identifiers_without_the_sentences_says_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="Give the path of a file of marked sentences"):
        call_command("measure_identifiers", str(tmp_path / "none.toml"))


def test_read_marks_gives_the_sentence_without_marks_and_their_places():
    text, (mark,) = read_marks("Rang [phone|07700 900123] twice")
    assert text == "Rang 07700 900123 twice"
    assert text[mark.start : mark.end] == "07700 900123"


def test_find_an_nhs_number_needs_its_check_digit():
    assert pointed_at("number 999 000 0018") == [(Kind.NHS_NUMBER, "999 000 0018")]
    assert pointed_at("number 999 000 0019") == []


def test_find_ten_zeros_is_no_nhs_number():
    assert pointed_at("number 0000000000 or 000 000 0000") == []


@pytest.mark.parametrize("number", ["07700 900000", "07700 900999", "+44 7700 900500", "020 7946 0000", "01632 960999"])
def test_find_a_phone_number_kept_for_fiction_is_found_too(number):
    assert pointed_at(f"ring {number}, please") == [(Kind.PHONE, number)]


@pytest.mark.parametrize("number", ["111", "999", "116 123"])
def test_find_a_helpline_everybody_knows_is_no_identifier(number):
    assert pointed_at(f"ring {number}, please") == []


@pytest.mark.parametrize(("age", "found"), [(88, 0), (89, 0), (90, 1), (104, 1), (119, 1), (120, 0)])
def test_find_an_age_is_an_identifier_from_ninety(age, found):
    assert len(find(f"They are {age} years old")) == found


def test_find_overlapping_kinds_names_the_surer_one_once():
    assert pointed_at("write to mr.jones@example.org") == [(Kind.EMAIL, "mr.jones@example.org")]


def test_find_gives_places_in_the_order_of_the_text():
    text = "On 3 May client JS rang from 07700 900123, said Dr Sample"
    assert [kind for kind, _ in pointed_at(text)] == [Kind.DATE, Kind.INITIALS, Kind.PHONE, Kind.NAME]


def test_each_kind_has_a_label_in_plain_words():
    assert set(identifiers.LABELS) == set(Kind)
    assert len(set(identifiers.LABELS.values())) == len(Kind)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("07700 900123", "", ""),
        ("“07700 900123”, twice", "“", "”, twice"),
        ("Please ring me on 07700 900123 before noon", "Please ring me on ", " before noon"),
        ("A line before\nring 07700 900123\nand one after", "ring ", ""),
        (f"{'far ' * 20}07700 900123{' off' * 20}", f"… {'far ' * 10}", f"{' off' * 10} …"),
        (f"{'x' * 80} 07700 900123 {'x' * 80}", "… ", " …"),
    ],
    ids=["alone", "in marks", "whole line", "line by line", "cut between words", "no word that fits"],
)
def test_quotes_show_what_was_found_between_a_few_words_of_its_line(text, before, after):
    [quote] = quotes(text)
    assert quote == Quote("a phone number", before, "07700 900123", after)


@given(st.lists(st.sampled_from(["07700 900123", "client JS", "3 May 2026", "words", "\n", " ", "é", "x" * 60])))
def test_quotes_are_the_text_itself_and_short(pieces):
    text = " ".join(pieces)
    for found, quote in zip(find(text), quotes(text), strict=True):
        before, after = quote.before.removeprefix("…"), quote.after.removesuffix("…")
        assert text[: found.start].endswith(before.lstrip())
        assert text[found.end :].startswith(after.rstrip())
        assert max(len(before), len(after)) <= AROUND + 1
        assert "\n" not in before + after


@given(st.text())
def test_find_any_text_gives_places_inside_it_that_do_not_overlap(text):
    last = 0
    for found in find(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end


@given(st.text(alphabet=st.sampled_from("Mr Client A. client0123456789+-()/@:,' JS may3rd'’ninety of"), max_size=300))
def test_find_text_like_identifiers_gives_places_inside_it_that_do_not_overlap(text):
    last = 0
    for found in find(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end


@pytest.mark.parametrize("name", [name for name, value in vars(identifiers).items() if isinstance(value, re.Pattern)])
def test_each_pattern_is_bounded_so_the_work_grows_with_the_text_alone(name):
    pattern = vars(identifiers)[name]
    widest = regex_parser.parse(pattern.pattern, pattern.flags).getwidth()[1]
    assert widest <= 600, "a pattern that can match without end can be made to search without end"


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a@",
        "a.",
        "1 ",
        "0",
        "+1()",
        "Mr ",
        "Mr A-",
        "client ",
        "client A ",
        "A.",
        "May ",
        "3 May ",
        "in her ",
        "é",
    ],
)
@pytest.mark.timeout(60)
def test_find_100_000_hostile_characters_ends(piece):
    text = (piece * 100_000)[:100_000]
    assert all(text[found.start : found.end].strip() for found in find(text))
