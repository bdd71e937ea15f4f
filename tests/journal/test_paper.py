"""The three phases as a blank on paper: the questions of the forms, and nothing of anybody's."""

import pytest

from apps.journal.paper import phases_on_paper
from apps.journal.questions import read_questions
from apps.values.appraisals import APPRAISALS
from tests.journal.pages import text_of

NOT_ON_PAPER = {  # what only the library, or one's own cards, can answer
    "Add a value of your own",
    "Strategies that may fit",
    "Or choose from the whole library",
}


@pytest.fixture
def blanks():
    """Every question on the paper."""
    return [blank for phase in phases_on_paper() for row in phase.rows for blank in row]


def test_paper_asks_each_question_of_the_three_phases(blanks):
    asked = {blank.label for blank in blanks}
    questions = {question.label for question in read_questions() if question.phase != "look back"} - NOT_ON_PAPER
    assert {label.replace("{value}", "Value 1") for label in questions} <= asked
    assert not asked & NOT_ON_PAPER


def test_paper_leaves_room_for_each_answer(blanks):
    without = [blank.label for blank in blanks if not (blank.lines or blank.boxes or blank.scale)]
    assert without == ["Which of your values does this touch?"]  # over the room for three


def test_paper_offers_no_reading_that_looks_away_from_an_open_risk(blanks):
    offered = next(blank.boxes for blank in blanks if blank.label == "Another way to read it")
    looking_away = [appraisal.label for appraisal in APPRAISALS.values() if appraisal.skip_when_live]
    assert looking_away
    assert not set(offered) & set(looking_away)
    assert len(offered) + len(looking_away) == len(APPRAISALS)


def test_paper_holds_nothing_of_anybodys_and_says_who_to_turn_to(amina, world):
    words = text_of(amina.get("/journal/paper/"))
    assert "The three phases on paper" in words
    assert "Call 116 123" in words
    assert not [word for word in ("heron", "otter", "badger") if word in words]


@pytest.mark.parametrize(("size", "large"), [("", False), ("?size=large", True), ("?size=huge", False)])
def test_paper_in_one_size_leads_to_the_other(amina, world, size, large):
    page = amina.get(f"/journal/paper/{size}").content.decode()
    assert ("app-paper--large" in page) == large
    assert ('href="/journal/paper/?size=large"' in page) != large


def test_reflection_start_leads_to_paper_for_those_who_write_by_hand(amina, world):
    assert 'href="/journal/paper/"' in amina.get("/journal/new/").content.decode()
