"""The PDF of each kind that is made of choices: tagged, with its plots, tables, contents and bookmarks."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.reports.content import GATES, findings, fingerprint
from apps.reports.pdf import draw
from apps.supervision.models import SharedSummary
from tests import factories
from tests.reports import inside
from tests.reports.making import portfolio_of
from tests.reports.readings import content

COUNTS = ["challenges", "strain", "values", "closeness", "strategies"]


@pytest.fixture
def today(world):
    return timezone.localdate()


def period_of(world, today, **said):
    asked = {"first": str(today - timedelta(days=27)), "last": str(today), "sections": COUNTS, "reflections": []}
    return GATES["period"].gather(world["amina"], asked | {"large": False} | said)


def figures(pdf):
    """The words that stand for each drawing."""
    with inside.opened(pdf) as file:
        return [
            str(one.Alt)
            for one in file.objects
            if isinstance(one, inside.pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]


def test_period_pdf_has_a_drawn_and_titled_plot_and_a_table_for_each_section(world, today):
    pdf = draw(period_of(world, today)).pdf
    assert inside.pdf_ua_failures(pdf) == []
    assert inside.tags(pdf).count("Table") == 7  # places and kinds, strain, values, two of closeness, strategies
    assert [alt.partition(".")[0] for alt in figures(pdf)] == [
        "Reflections by where a challenge lies",
        "Strain before and after, 0 to 10, in one reflection",
        "Values A",
        "How close values felt, 0 to 10",
        "Strategies A",
    ]
    assert "Howtheworkisorganised:1" in inside.words(pdf)  # a plot is drawn, and sets its words one by one
    assert [title for depth, title in inside.outline(pdf) if depth == 2] == [
        "What came up",
        "Strain before and after",
        "Values lived and stepped on",
        "How close values felt",
        "Planned, done and found helpful",
        "About this report",
    ]
    with inside.opened(pdf) as file:
        assert (str(file.docinfo["/Title"]), str(file.Root.Lang)) == ("Period summary", "en-GB")


def test_period_pdf_below_five_says_so_of_each_part_as_the_page_does(world, today):
    said = period_of(world, today)
    words, insights = inside.words(draw(said).pdf), said.insights
    for part in (insights.challenges, insights.strain, insights.values, insights.strategies):
        assert part.few.startswith("Fewer than five")
        assert part.few.replace(" ", "") in words.replace(" ", "")


def test_period_says_before_it_is_made_what_each_section_counts_and_not_every_reflection(world, today):
    for _ in range(3):
        bare = factories.make_reflection(world["amina"], strain_after=None)
        bare.values.all().delete()
        bare.plans.all().delete()
    world["reflection"].plans.create(number=2, when="the day ends", will="stand up")
    assert {part.title: part.holds for part in period_of(world, today).parts()} == {
        "What came up": "counts from 4 reflections",
        "Strain before and after": "counts from 1 reflection",
        "Values lived and stepped on": "counts from 1 value",
        "How close values felt": "counts from 1 answer",
        "Planned, done and found helpful": "counts from 2 plans",
    }


def test_report_in_large_print_has_larger_letters_everywhere():
    usual, large = (draw(replace(content("Calm"), large=large)).pdf for large in (False, True))
    assert inside.pdf_ua_failures(large) == []
    assert min(sizes(usual)) == 8.5
    assert sorted(set(sizes(large)))[:2] == [14, 18]  # the heads and feet of pages, and all that is to be read


def sizes(pdf):
    """The sizes of letters in points, as they come; those of a plot as large as it is drawn."""
    found = []
    with inside.opened(pdf) as file:
        for page in file.pages:
            scales = [1.0]
            for operands, act in inside.pikepdf.parse_content_stream(page):
                match str(act):
                    case "q":
                        scales.append(scales[-1])
                    case "Q":
                        scales.pop()
                    case "cm":
                        scales[-1] *= abs(float(operands[0]))
                    case "Tf":
                        found.append(round(float(operands[1]) * scales[-1], 1))
    return found


@pytest.mark.parametrize("kind", ["period", "evidence", "supervision", "portfolio"])
def test_each_kind_in_large_print_says_the_same_in_larger_letters(world, today, three, summary, kind):
    asked = {
        "period": {"sections": COUNTS, "reflections": [], "first": str(today - timedelta(days=27)), "last": str(today)},
        "evidence": {"sections": ["kinds", "weeks"], "weeks": 12, "last": str(today)},
        "supervision": {"summaries": [str(summary.pk)]},
        "portfolio": {"sections": ["counts", "challenge"], "first": "", "last": ""},
    }[kind]
    usual, large = (draw(GATES[kind].gather(world["amina"], asked | {"large": large})).pdf for large in (False, True))
    assert inside.pdf_ua_failures(large) == []
    in_plots = [15.5] if inside.tags(large).count("Figure") else []  # whose numbers stand in tables of 18 points too
    assert sorted(set(sizes(large)))[: 2 + len(in_plots)] == [14, *in_plots, 18]
    assert inside.outline(large) == inside.outline(usual)


def test_evidence_pdf_holds_counts_and_not_a_word_of_anybodys(world, today):
    said = GATES["evidence"].gather(
        world["amina"], {"weeks": 12, "last": str(today), "sections": ["kinds", "weeks"], "large": False}
    )
    pdf = draw(said).pdf
    assert inside.pdf_ua_failures(pdf) == []
    shown = inside.words(pdf)
    assert "Volume, pace and targets" in shown
    assert "1 reflection that names something" in shown
    assert not [word for word in ("heron", "Amina", "diary", "badger") if word in shown]
    assert inside.outline(pdf)[0] == (1, "Evidence page")


def test_evidence_pdf_holds_the_chosen_counts_alone(world, today):
    asked = {"weeks": 12, "last": str(today), "sections": ["weeks"], "large": False}
    pdf = draw(GATES["evidence"].gather(world["amina"], asked)).pdf
    assert (2, "Week by week") in inside.outline(pdf)
    assert "Kinds of challenge" not in inside.words(pdf)
    assert len(figures(pdf)) == 1


def test_supervision_pdf_says_for_whom_it_is_and_holds_what_was_shared(world, summary):
    asked = {"summaries": [str(summary.pk)], "large": False}
    pdf = draw(GATES["supervision"].gather(world["amina"], asked)).pdf
    assert inside.pdf_ua_failures(pdf) == []
    shown = inside.words(pdf)
    assert "For Sam" in shown
    assert "Written by Amina" in shown
    assert "shows it to nobody else" not in shown, "it was shared, so that would not be true"
    assert "Contents" not in shown, "one summary needs no list"
    assert "How to say no: kingfisher" in shown
    assert "heron" not in shown


def test_supervision_pdf_of_several_has_contents_with_the_right_pages(world, summary):
    for _ in range(3):
        factories.make_summary(summary.link, ask="One more line.\n\n" * 30, may_print=True)
    asked = {"summaries": [str(row.pk) for row in SharedSummary.objects.all()], "large": False}
    drawn = draw(GATES["supervision"].gather(world["amina"], asked))
    assert inside.pdf_ua_failures(drawn.pdf) == []
    pages = inside.words_by_page(drawn.pdf)
    assert set(inside.links(drawn.pdf)) == {f"summary-{number}" for number in range(1, 5)}
    assert re.findall(r"Summary of a reflection, shared on [^,]+, page (\d+)", pages[0])[-1] == str(drawn.pages)
    assert all("Private" in page and f"Page {number} of" in page for number, page in enumerate(pages, 1))


def test_table_keeps_its_caption_on_its_page_and_what_a_report_is_never_stands_alone(world, today):
    said = period_of(world, today, large=True)
    captions = "a challenge lies|Kinds of challenge|Strain before and after|was lived and stepped on|in plans"
    for times in range(1, 9):  # a table of any length moves what follows over the page's foot
        longer = replace(said.insights.challenges, kinds=said.insights.challenges.kinds * times)
        pdf = draw(replace(said, insights=replace(said.insights, challenges=longer))).pdf
        pages = [page.replace("\u200b", "") for page in inside.words_by_page(pdf)]
        assert not [page for page in pages if re.search(f"({captions})(Period summary)?Private", page)]
        assert not [page for page in pages if page.startswith("About this report")]


def test_portfolio_pdf_has_contents_with_the_right_pages_and_bookmarks_within_bookmarks(world, three):
    drawn = draw(portfolio_of(world))
    assert inside.pdf_ua_failures(drawn.pdf) == []
    pages = [page.replace("\u200b", "") for page in inside.words_by_page(drawn.pdf)]
    titles = [title for depth, title in inside.outline(drawn.pdf) if depth == 2 and title.startswith("Reflection of")]
    assert len(titles) == 3
    for title in titles:
        [begins] = [number for number, page in enumerate(pages, 1) if number > 1 and page.startswith(title)] or [0]
        assert f"{title}, page {begins}" in pages[0], (title, begins)
    assert (3, "Work challenge") in inside.outline(drawn.pdf)
    assert set(inside.links(drawn.pdf)) == {"reflection-1", "reflection-2", "reflection-3"}
    assert f"Page 1 of {drawn.pages}" in pages[0]


@pytest.mark.parametrize("sections", [["counts"], ["counts", "challenge"]], ids=["counts alone", "with reflections"])
def test_portfolio_pdf_with_counts_has_all_that_its_bookmarks_name_in_its_contents(world, three, sections):
    drawn = draw(portfolio_of(world, sections=sections))
    first = inside.words_by_page(drawn.pdf)[0].replace("\u200b", "")
    headings = [title for depth, title in inside.outline(drawn.pdf) if depth == 2]
    named = [title for title in headings if title not in ("Contents", "About this report")]
    bookmarks = dict(inside.places(drawn.pdf)[0])
    assert named[:2] == ["What came up", "Strain before and after"]
    for title in named:
        assert f"{title}, page {bookmarks[title]}" in first


def test_portfolio_is_of_ones_own_completed_reflections_the_oldest_first(world, three):
    assert [one.pk for one in portfolio_of(world).reflections] == [one.pk for one in three]


@pytest.mark.parametrize(("number", "shown", "are_all"), [(60, 60, True), (200, 200, True), (201, 200, False)])
def test_findings_are_all_shown_unless_there_are_very_many(number, shown, are_all):
    found = findings([("What happened?", "Mrs Smithers. ")] * number)
    assert (len(found.shown), found.are_all) == (shown, are_all)


def test_fingerprint_is_the_same_for_the_same_words_and_another_for_others(world, today):
    first, same = (fingerprint(world["amina"], period_of(world, today)) for _ in range(2))
    assert first == same
    assert fingerprint(world["ben"], period_of(world, today)) != first
    assert fingerprint(world["amina"], period_of(world, today, sections=["strain"])) != first
