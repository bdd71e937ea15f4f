"""Counts on paper say what the pages say, in the same words."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from apps.insights.gather import gather_evidence, gather_insights
from apps.insights.ranges import RANGES
from apps.insights.tables import EVIDENCE_SECTIONS, SECTIONS
from apps.reports.content import GATES
from apps.reports.figures import evidence_of, sections_of
from apps.reports.pdf import draw
from tests import factories
from tests.accounts.pages import text_of
from tests.reports import inside

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


def words_on_paper(sections):
    """Each heading, sentence, note, caption, head of a column and name of a row."""
    for section in sections:
        yield section.title
        for figure in section.figures:
            yield from filter(None, (*figure.said, figure.note))
            for table in figure.tables:
                yield from (table.caption, *table.heads, *(name.text for name, _ in table.rows))


def in_one_space(words):
    return " ".join(words.split())


@pytest.mark.parametrize("more", [0, 5])
def test_period_on_paper_says_each_word_that_the_insights_say_of_the_same_days(amina, world, more):
    for days in range(more):
        factories.make_reflection(world["amina"], created_at=NOW - timedelta(days=days))
    plans = world["reflection"].plans
    plans.create(number=2, when="the day ends", will="stand up")
    plans.create(number=3, when="the day ends", will="stand up", own_id=world["reflection"].pk)
    page = in_one_space(text_of(amina.get("/insights/")))
    insights = gather_insights(world["amina"], chosen=RANGES["quarter"], today=NOW.date())
    sections = sections_of(insights, SECTIONS)
    assert [section.title for section in sections] == list(SECTIONS.values())
    found = list(words_on_paper(sections))
    assert [words for words in found if in_one_space(words) not in page] == []
    parts = [getattr(insights, key) for key in SECTIONS]
    said = [words for part in parts for words in (f"{part.in_words} {part.few}".strip(), part.note) if words]
    captions = re.findall(r"<caption[^>]*>([^<]+)</caption>", page)
    assert [words for words in (*said, *captions) if words not in found] == []
    names = {words.partition(". ")[2] for words in found}
    assert {"Plans in your own words", "Your own strategies that you deleted"} <= names


@pytest.mark.parametrize("weeks", [4, 12])
@pytest.mark.parametrize("more", [0, 5])
def test_evidence_on_paper_says_each_word_that_its_page_says_and_no_column_twice(amina, world, weeks, more):
    for days in range(more):
        factories.make_reflection(world["amina"], created_at=NOW - timedelta(days=8 * days), examples=(("C4", ""),))
    page = in_one_space(text_of(amina.get("/insights/evidence/", {"weeks": weeks})))
    evidence = gather_evidence(world["amina"], today=NOW.date(), weeks=weeks)
    kinds, by_week = evidence_of(evidence, EVIDENCE_SECTIONS)
    for section in (kinds, by_week):
        [figure] = section.figures
        said = figure.said if section is by_week else ()  # the page has a card of its own for a pattern
        words = [section.title, *said, *(table.caption for table in figure.tables)]
        assert [one for one in words if in_one_space(one) not in page] == []
    assert by_week.figures[0].said == (f"{evidence.in_words} {evidence.few}".strip(),)
    [figure] = kinds.figures
    all_weeks = [] if weeks == 4 else [f"All {weeks} weeks"]
    assert list(figure.tables[0].heads) == ["What came up", "Last 4 weeks", *all_weeks]
    assert (f"All {weeks} weeks" in page) == bool(all_weeks)
    assert f"Reflections in each of {weeks} weeks. The most in one week was" in page


def test_evidence_names_the_service_by_its_name_on_the_page_and_on_paper(amina, world, settings):
    settings.SERVICE_NAME = "Stillwater"
    asked = {"weeks": 12, "last": str(NOW.date()), "sections": ["kinds"], "large": False}
    paper = inside.words(draw(GATES["evidence"].gather(world["amina"], asked)).pdf)
    for words in (text_of(amina.get("/insights/evidence/")), paper):
        assert "chose to reflect on in Stillwater" in in_one_space(words)
        assert "in Keel" not in words
