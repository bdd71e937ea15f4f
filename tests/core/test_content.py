"""What the content files must hold, across challenges, values, appraisals and strategies."""

import pytest

from apps.coping.families import CHANGE_THE_SYSTEM, FAMILIES
from apps.coping.library import ALL, STRENGTHS, read_strategies
from apps.core.challenges import CATEGORIES, EXAMPLES, Locus, has_live, has_organisational
from apps.core.sources import SOURCES
from apps.reports.cpd.requirements import BODIES
from apps.values.appraisals import APPRAISALS
from apps.values.cards import read_values

STRATEGIES = read_strategies()
CARDS = read_values()
ORGANISATIONAL = [example for example in EXAMPLES.values() if example.locus is Locus.ORGANISATION]

# What a strategy that claims this strength must cite at least one of.
GROUND = {
    "trial": {"trial", "review"},
    "study": {"study", "interviews"},
    "survey": {"survey"},
    "guidance": {"guidance"},
    "practice": {"practice"},
    "our-judgement": {"ours"},
}


def system_strategies():
    return [strategy.content for strategy in STRATEGIES if strategy.content.family == CHANGE_THE_SYSTEM]


def test_content_is_complete():
    assert list(CATEGORIES) == [f"C{number}" for number in range(1, 13)]
    assert [card.code for card in CARDS] == [f"V{number:02}" for number in range(1, 25)]
    assert set(APPRAISALS) == {f"A{number}" for number in range(1, 12)}
    assert [strategy.code for strategy in STRATEGIES] == [f"S{number:02}" for number in range(1, 41)]
    assert len(FAMILIES) == 9


def test_content_names_categories_and_families_as_agreed():
    assert [category.name for category in CATEGORIES.values()] == [
        "Holding distress",
        "Risk and responsibility",
        "Volume, pace and targets",
        "Admin and systems",
        "Role limits and complexity",
        "Difficult moments in session",
        "Remote work and isolation",
        "Team, supervision and change",
        "Career, identity and recognition",
        "Training and being assessed",
        "Home and work overlap",
        "Values strain",
    ]
    assert FAMILIES[CHANGE_THE_SYSTEM].name == "Change the system"


def test_content_uses_each_source_it_lists():
    used = {citation["key"] for strategy in STRATEGIES for citation in strategy.content.sources}
    for things in (CATEGORIES.values(), CARDS, APPRAISALS.values()):
        used |= {key for thing in things for key in thing.sources}
    used |= {body.source.key for body in BODIES.values()}
    assert used == set(SOURCES)


def test_each_source_that_can_be_read_says_how_far_it_was_read():
    unsaid = [source.key for source in SOURCES.values() if not source.reading]
    assert unsaid == ["practice", "ours"]


@pytest.mark.parametrize("category", CATEGORIES.values(), ids=lambda category: category.id)
def test_each_category_has_examples_strategies_and_appraisals_of_its_own(category):
    assert len(category.examples) >= 4
    assert len([s for s in STRATEGIES if category.id in s.content.fits]) >= 4
    assert len([appraisal for appraisal in APPRAISALS.values() if category.id in appraisal.fits]) >= 3


@pytest.mark.parametrize("example", ORGANISATIONAL, ids=lambda example: example.key)
def test_each_organisational_example_is_answered_by_a_strategy_that_changes_the_system(example):
    assert any(example.key in content.answers for content in system_strategies())


@pytest.mark.parametrize("category", sorted({example.category for example in ORGANISATIONAL}))
def test_each_category_with_an_organisational_example_has_a_strategy_that_changes_the_system(category):
    assert any(category in content.fits for content in system_strategies())


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda strategy: strategy.code)
def test_each_strategy_can_be_done_and_says_what_it_rests_on(strategy):
    content = strategy.content
    assert 3 <= len(content.steps) <= 6
    assert 1 <= content.minutes <= content.minutes_max <= 60
    assert content.strength in STRENGTHS
    kinds = {SOURCES[citation["key"]].kind for citation in content.sources}
    assert kinds & GROUND[content.strength], f"cites only {kinds}"


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda strategy: strategy.code)
def test_each_strategy_answers_only_examples_of_categories_it_fits(strategy):
    fits = strategy.content.fits
    assert ALL in fits or {EXAMPLES[key].category for key in strategy.content.answers} <= set(fits)


def test_urgent_strategies_answer_every_example_that_may_be_a_live_risk():
    live = {key for key, example in EXAMPLES.items() if example.live}
    answered = {key for s in STRATEGIES if s.content.urgent for key in s.content.answers}
    assert live <= answered


def test_locus_of_an_example_is_where_its_cause_mostly_lies():
    assert EXAMPLES["back-to-back"].locus is Locus.ORGANISATION
    assert EXAMPLES["skipped-breaks"].locus is Locus.ORGANISATION
    assert EXAMPLES["impostor"].locus is Locus.SELF
    assert EXAMPLES["hostile-remark"].locus is Locus.CLIENT


def test_questions_about_examples_pass_over_keys_that_are_gone():
    assert has_organisational(["gone", "overtime"])
    assert not has_organisational(["gone", "impostor"])
    assert has_live(["gone", "call-dropped"])
    assert not has_live(["gone"])
