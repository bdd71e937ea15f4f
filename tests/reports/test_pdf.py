"""The PDF itself: tagged, titled, private, with every letter that was written."""

import re
import unicodedata

import pytest

from apps.reports import pdf as pdf_module
from apps.reports.pdf import draw, draw_markup, markup
from apps.reports.renderer import STYLESHEET
from tests.reports import inside
from tests.reports.readings import content

RULES_AT_MOST = 66
SLOW_IN_CSS = ("flex", "grid", "display: table", "leader(", "@import", "url(")
SLOW_IN_HTML = (" style=", "<table", "<span", " id=", "<img")
SCRIPTS = {
    "arabic": "أشعر بالضغط اليوم كثيرا",
    "urdu": "میں بہت تھک گیا ہوں",
    "hebrew": "אני עייף היום",
    "polish": "Zażółć gęślą jaźń",
    "greek": "Είμαι κουρασμένη",
    "devanagari": "नमस्ते दुनिया क्षत्रिय",
    "bengali": "আমি ক্লান্ত",
    "gurmukhi": "ਮੈਂ ਥੱਕ ਗਿਆ",
    "gujarati": "હું થાકી ગયો છું",
    "tamil": "வணக்கம்",
    "chinese": "今天很忙",
    "emoji": "😀 👩🏽‍⚕️ 🇬🇧 ❤️ 🫠",
    "combining": "e\u0301 n\u0303",
    "override": "before \u202eoverride\u202c after",
}


def test_report_is_pdf_ua():
    assert inside.pdf_ua_failures(draw(content("Calm")).pdf) == []


def test_checker_sees_a_file_that_is_not_pdf_ua(monkeypatch):
    monkeypatch.setattr(pdf_module, "page", lambda *_: "<html><head><title/></head><body><p>Calm</p></body></html>")
    assert inside.pdf_ua_failures(draw(content("Calm")).pdf)


def test_report_has_title_language_and_tags():
    drawn = draw(content("Calm"))
    with inside.opened(drawn.pdf) as file:
        assert str(file.Root.Lang) == "en-GB"
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert str(file.docinfo["/Title"]) == "Reflection report"
        assert len(file.pages) == drawn.pages
    assert {"H1", "H2", "H3", "P", "L", "LI", "Link"} <= set(inside.tags(drawn.pdf))


def test_report_has_its_headings_as_bookmarks():
    outline = inside.outline(draw(content("Calm")).pdf)
    assert [title for depth, title in outline if depth == 2] == [
        "Work challenge",
        "Values connection",
        "Coping",
        "About this report",
    ]
    assert outline[0] == (1, "Reflection report")
    assert (3, "What happened?") in outline


def test_report_says_on_each_page_that_it_is_private_and_which_page_it_is():
    drawn = draw(content(*["One more line of what happened.", ""] * 60))
    pages = inside.words_by_page(drawn.pdf)
    assert drawn.pages == len(pages) > 1
    for number, shown in enumerate(pages, start=1):
        assert "Private" in shown
        assert f"Page {number} of {drawn.pages}" in shown


def test_report_shows_each_phase_with_its_question_and_the_plan_in_words():
    shown = inside.words(draw(content("The line rang twice")).pdf)
    for text in ("Work challenge", "What?", "So what?", "Now what?", "The line rang twice", "20 November 2026"):
        assert text in shown
    assert "When my last call ends, I will stand up" in shown


FIXED = {"/Title": "Reflection report", "li": "Reflection report", "lang": "x-default", "part": "1", "about": ""}
TELLING = """<html lang="en-GB"><head><title>Reflection report</title><meta name="author" content="badger"/>
<meta name="description" content="otter"/><meta name="keywords" content="heron"/><meta name="generator" content="x"/>
<meta name="dcterms.created" content="2026-11-23"/><meta name="dcterms.modified" content="2026-11-23"/>
<meta name="heron" content="x"/></head><body><p>x</p></body></html>"""


@pytest.mark.parametrize("html", [TELLING, markup(content("heron", label="otter", made_by="badger"))])
def test_report_metadata_holds_nothing_but_the_title_and_what_made_it(html):
    entries = inside.metadata(draw_markup(html).pdf)
    assert {entries.pop(name).split()[0] for name in ("/Producer", "Producer")} == {"WeasyPrint"}
    assert entries == FIXED


def test_report_holds_no_file_script_or_form():
    with inside.opened(draw(content("Calm")).pdf) as file:
        assert not {"/Names", "/AF", "/AcroForm", "/OpenAction", "/AA"} & set(file.Root.keys())
        assert "/ID" not in file.trailer


def test_report_links_to_the_paper_alone():
    written = 'See https://example.test/ and javascript:alert(1) and <a href="file:///etc/passwd">this</a>'
    assert inside.links(draw(content(written)).pdf) == ["https://doi.org/10.1017/S1352465823000334"]


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_report_in_any_script_shows_every_letter(text):
    pdf = draw(content(text)).pdf
    assert inside.pdf_ua_failures(pdf) == []
    assert inside.encodings(pdf) == {"/Identity-H"}
    assert letters(text) <= letters(inside.words(pdf))
    assert "�" not in inside.words(pdf)


def letters(text):
    """The characters that leave ink, composed: a font may have é where somebody typed e and an accent."""
    invisible = {"Cf", "Zs", "Cc", "Mn"}
    return {letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter) not in invisible}


def test_report_names_a_letter_that_no_font_has():
    pdf = draw(content("Felt \U0010fffc and \U0010fffd today")).pdf
    assert "Felt [U+10FFFC] and [U+10FFFD] today" in inside.words(pdf)
    assert inside.pdf_ua_failures(pdf) == []


def test_report_shows_a_sign_for_a_character_that_markup_cannot_hold():
    pdf = draw(content("a\x00b\x1fc\ud800d\ufffee")).pdf
    assert "a�b�c�d�e" in inside.words(pdf)


def test_report_in_a_script_from_the_right_starts_at_the_right_margin():
    pdf = draw(content(SCRIPTS["hebrew"])).pdf
    assert SCRIPTS["hebrew"][::-1] in inside.words(pdf)  # as it lies on paper, from left to right
    assert inside.RIGHT_MARGIN - 2 <= inside.rightmost_ink(pdf) <= inside.RIGHT_MARGIN


def test_report_draws_a_picture_for_each_emoji():
    without, with_three = (draw(content(text)).pdf for text in ("Fine", "Fine 😀 👩🏽‍⚕️ 😀"))
    assert (inside.pictures(without), inside.pictures(with_three)) == (0, 3)


@pytest.mark.parametrize("text", ["x" * 20_000, "W" * 2_000, "م" * 2_000, "a\u00a0" * 2_000, "-" * 2_000])
def test_report_keeps_every_word_within_the_margins(text):
    pdf = draw(content(text, label=text[:500])).pdf
    assert inside.words(pdf).count(text[0]) >= text.count(text[0])
    assert inside.rightmost_ink(pdf) <= inside.RIGHT_MARGIN


@pytest.mark.parametrize("text", ["\u200d" * 5_000, "e" + "\u0301" * 2_000, "\u202e" * 500, "\ufe0f", " ", "\t"])
def test_report_of_text_that_leaves_hardly_any_ink_is_made(text):
    assert inside.pdf_ua_failures(draw(content(text)).pdf) == []


def test_report_of_thousands_of_short_lines_is_made():
    drawn = draw(content(*["a"] * 1_000))
    assert inside.words(drawn.pdf).count("a") > 1_000


def test_report_without_the_authors_name_is_made():
    assert "Whoever wrote this made this report" in inside.words(draw(content("Calm", made_by="")).pdf)


def test_markup_shows_template_code_as_it_was_typed():
    typed = "{{ 7|add:7 }} {% debug %} {0.__class__} %(x)s ${x} &amp; <b>"
    assert typed in inside.words(draw(content(typed)).pdf)


def test_stylesheet_is_small_and_holds_nothing_slow():
    css = re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(), flags=re.DOTALL)
    assert css.count("{") <= RULES_AT_MOST
    assert [slow for slow in SLOW_IN_CSS if slow in css] == []


def test_markup_holds_nothing_slow():
    html = markup(content("Calm"))
    assert [slow for slow in SLOW_IN_HTML if slow in html] == []


def test_drawing_keeps_letters_out_of_every_log(caplog, capfd):
    draw(content("Felt \U0010fffd today"))
    assert (caplog.records, *capfd.readouterr()) == ([], "", "")
