"""The PDF of a summary itself: tagged, made for one reader, with every letter that was shared."""

from dataclasses import replace
from datetime import date

import pytest

from apps.reports.copies import SummaryContent
from apps.reports.pdf import draw, markup
from apps.supervision.snapshot import Part, Snapshot
from tests.reports import inside
from tests.reports.test_kinds_pdf import sizes
from tests.reports.test_pdf import SCRIPTS, SLOW_IN_HTML, letters


def summary_of(*texts, made_by="Amina Rahman", made_for="Sam Okafor"):
    """A summary whose parts say `texts`."""
    parts = tuple(Part(f"part-{number}", f"What happened {number}", text) for number, text in enumerate(texts))
    return SummaryContent(1, made_by, made_for, date(2026, 11, 23), date(2026, 12, 23), Snapshot(parts))


def test_summary_pdf_says_for_whom_it_was_made_when_and_until_when():
    shown = inside.words(draw(summary_of("How to say no: kingfisher")).pdf)
    for text in (
        "Summary from Amina Rahman",
        "Made for Sam Okafor on 23 November 2026",
        "Shared with you until 23 December 2026",
        "How to say no: kingfisher",
        "Delete or shred every",
    ):
        assert text in shown


def test_summary_pdf_says_on_each_page_whose_it_is_and_that_it_is_private():
    drawn = draw(summary_of("One more line.\n\n" * 60))
    pages = inside.words_by_page(drawn.pdf)
    assert drawn.pages == len(pages) > 1
    for number, shown in enumerate(pages, start=1):
        assert "Private" in shown
        assert "Made for Sam Okafor on 23 November 2026" in shown
        assert f"Page {number} of {drawn.pages}" in shown


def test_summary_pdf_is_pdf_ua_with_its_parts_as_bookmarks():
    pdf = draw(summary_of("Calm", "Two lines\nof it")).pdf
    assert inside.pdf_ua_failures(pdf) == []
    outline = [(1, "Summary from Amina Rahman"), (2, "What happened 0"), (2, "What happened 1")]
    assert inside.outline(pdf) == [*outline, (2, "About this summary")]


def test_summary_pdf_in_large_print_has_letters_of_18_points_and_its_reader_on_each_page():
    drawn = draw(replace(summary_of("One more line.\n\n" * 40), large=True))
    assert inside.pdf_ua_failures(drawn.pdf) == []
    assert sorted(set(sizes(drawn.pdf)))[:2] == [14, 18]
    pages = inside.words_by_page(drawn.pdf)
    assert drawn.pages == len(pages) > 1
    for shown in pages:
        assert "Private" in shown
        assert "MadeforSamOkaforon23November2026" in shown.replace(" ", "")  # a line may end between two words


def test_summary_pdf_in_large_print_cuts_a_long_name_above_and_below_each_page_and_never_its_first_words():
    name = "A name of many words " * 3 + "whimbrel"
    drawn = draw(replace(summary_of("One more line.\n\n" * 40, made_by=name, made_for=name), large=True))
    assert inside.pdf_ua_failures(drawn.pdf) == []
    assert inside.rightmost_ink(drawn.pdf) <= inside.RIGHT_MARGIN
    first, *others, last = inside.words_by_page(drawn.pdf)
    assert (first.count("whimbrel"), first.count("…")) == (2, 1)  # its heading and its reader, and what is below
    assert others
    assert {(shown.count("whimbrel"), shown.count("…")) for shown in others} == {(0, 2)}
    assert (last.count("whimbrel"), last.count("…")) == (2, 2)  # who wrote it for whom


def test_summary_pdf_metadata_names_nobody():
    entries = inside.metadata(draw(summary_of("heron", made_by="badger", made_for="otter")).pdf)
    assert entries["/Title"] == entries["li"] == "Summary for supervision"
    assert not [value for value in entries.values() if any(word in value for word in ("heron", "badger", "otter"))]


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_summary_pdf_in_any_script_shows_every_letter_of_words_and_names(text):
    pdf = draw(summary_of(text, made_by=text, made_for=text)).pdf
    assert inside.pdf_ua_failures(pdf) == []
    assert letters(text) <= letters(inside.words(pdf))


@pytest.mark.parametrize("name", ["W" * 80, "A name of many words " * 3, "a\u00a0" * 40])
def test_summary_pdf_keeps_long_names_and_words_within_the_margins(name):
    pdf = draw(summary_of("x" * 2_000 + "\n\n" * 200 + "end", made_by=name, made_for=name)).pdf
    assert inside.rightmost_ink(pdf) <= inside.RIGHT_MARGIN


def test_summary_markup_shows_code_as_it_was_typed_and_holds_nothing_slow():
    typed = "{{ 7|add:7 }} <b>&amp;"
    html = markup(summary_of(typed, made_by=typed, made_for=typed))
    assert [slow for slow in SLOW_IN_HTML if slow in html] == []
    assert inside.words(draw(summary_of(typed)).pdf).count(typed) == 1
