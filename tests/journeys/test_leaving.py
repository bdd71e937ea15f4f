"""The pages that are not saved while somebody writes: leaving one with new words asks first, and only then."""

import uuid

import pytest
from django.utils import timezone

from apps.journal.models import Plan
from apps.reports.cpd.actions import write_statement
from tests.factories import make_link, make_summary
from tests.journeys.stage import AT_A_DESK

pytestmark = AT_A_DESK
WORDS = "dotterel words that are on no server yet"


@pytest.fixture
def link(world):
    """Sam supervises Amina."""
    return make_link(world["amina"], world["sam"])


def is_asked_only_with_new_words(person, *, at, heading, field, saves_by, then):
    """She looks and leaves, writes and is asked, stays, saves, and is asked nothing."""
    is_asked_with_new_words(person, at=at, heading=heading, field=field)
    person.presses(saves_by)
    person.sees(then)
    assert person.follows_and_is_asked("Privacy", answering="stay") is None
    person.sees("Privacy")


def is_asked_with_new_words(person, *, at, heading, field):
    """She looks and leaves, writes and is asked, and stays with her words."""
    person.opens(at, heading)
    assert person.follows_and_is_asked("Privacy", answering="stay") is None
    person.sees("Privacy")
    person.opens(at, heading)
    person.writes(field, WORDS)
    assert person.follows_and_is_asked("Privacy", answering="stay") == "beforeunload"
    person.sees(heading)
    person.finds(WORDS, in_field=field)


def test_amina_writes_for_her_supervisor_and_is_asked_before_she_leaves(amina, link):
    draft = make_summary(link, ask="How to say no", shared=False)
    is_asked_only_with_new_words(
        amina,
        at=f"/sharing/{draft.pk}/edit/",
        heading="Write it for your supervisor",
        field="What I would like from supervision",
        saves_by="Save and finish later",
        then="Sharing",
    )


def test_sam_answers_and_is_asked_before_he_leaves(enters, world, link):
    summary = make_summary(link, ask="How to say no")
    is_asked_only_with_new_words(
        enters(world["sam"]),
        at=f"/supervision/{summary.pk}/",
        heading="Summary from Amina",
        field="Your answer",
        saves_by="Save",
        then="Shared with you",
    )


def test_amina_writes_a_cpd_statement_and_is_asked_before_she_leaves(amina, world):
    is_asked_only_with_new_words(
        amina,
        at=f"/reports/cpd/new/?reflection={world['reflection'].pk}",
        heading="Write a CPD statement",
        field="Evidence",
        saves_by="Save this statement",
        then="Your CPD statement",
    )


def test_amina_changes_a_cpd_statement_and_is_asked_before_she_leaves(amina, world):
    says = {"done_on": timezone.localdate(), "activity": "A day on sleep"}
    statement = write_statement(by=world["amina"], page_key=uuid.uuid4(), says=says)
    is_asked_only_with_new_words(
        amina,
        at=f"/reports/cpd/{statement.pk}/change/",
        heading="Change your CPD statement",
        field="Next step",
        saves_by="Save this statement",
        then="Your CPD statement",
    )


def test_amina_writes_a_strategy_of_her_own_and_is_asked_before_she_leaves(amina):
    address, heading = "/coping/own/add/", "Write a strategy of your own"
    is_asked_with_new_words(amina, at=address, heading=heading, field="What to do")


def test_amina_looks_back_on_a_plan_and_is_asked_before_she_leaves(amina, world):
    plan = Plan.objects.owned_by(world["amina"]).get(reflection=world["reflection"])
    address, heading = f"/coping/plans/{plan.pk}/", "Look back on your plan"
    is_asked_with_new_words(amina, at=address, heading=heading, field="What did you notice?")


def test_what_could_not_be_saved_is_asked_about_too(amina):
    amina.opens("/reports/cpd/new/", "Write a CPD statement")
    amina.writes("Evidence", WORDS)
    amina.presses("Save this statement")
    amina.is_told_of_problems("Enter the day, the month and the year")
    assert amina.follows_and_is_asked("Privacy", answering="stay") == "beforeunload"
    amina.sees("Write a CPD statement")
