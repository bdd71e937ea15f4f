"""One's own record with a strategy: counted from one's own follow-ups, and from nobody else's."""

import re

import pytest

from apps.coping.suggest import Record
from apps.journal.models import FollowUp, ReflectionChallenge
from tests.factories import make_reflection
from tests.journal.pages import page, text_of

STRATEGY = "/coping/reset-minute/"


def look_back(person, *answers) -> None:
    """Answers to a plan of this person's: pairs of what was done and how much it helped."""
    plan = make_reflection(person).plans.get()
    for number, (did, helped) in enumerate(answers, 1):
        plan.answer(number=number, did=did, helped=helped, note="", then="keep")


def test_record_counts_what_was_done_or_partly_done_and_what_helped_two_or_more(world):
    look_back(world["amina"], ("yes", 4), ("partly", 2), ("yes", 1), ("no", None))
    look_back(world["amina"], ("partly", 0))
    look_back(world["ben"], ("yes", 4))
    own = FollowUp.objects.owned_by(world["amina"])
    assert own.records() == {"reset-minute": Record(tried=4, helped=2)}
    assert FollowUp.objects.owned_by(world["sam"]).records() == {}


def test_record_of_an_idea_of_ones_own_is_counted_for_no_strategy(world):
    plan = world["reflection"].plans.get()
    plan.save_if_changed(version=None)
    plan.answer(number=1, did="yes", helped=4, note="", then="keep")
    assert FollowUp.objects.owned_by(world["amina"]).records() == {}


def test_record_stays_with_the_strategy_that_was_tried_when_the_plan_rests_on_another(world):
    look_back(world["amina"], ("yes", 4))
    FollowUp.objects.get().plan.save_if_changed(version=None)
    assert FollowUp.objects.owned_by(world["amina"]).records() == {"reset-minute": Record(tried=1, helped=1)}


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([("yes", 3)], "You have tried this once. It helped once."),
        ([("yes", 3), ("partly", 2), ("yes", 4), ("yes", 0)], "You have tried this 4 times. It helped 3 times."),
        ([("yes", 1), ("yes", 0)], "You have tried this 2 times. It did not help much."),
    ],
)
def test_strategy_page_says_ones_own_counts_and_that_few_say_little(client, world, answers, sentence):
    look_back(world["amina"], *answers)
    client.force_login(world["amina"])
    words = text_of(client.get(STRATEGY))
    assert sentence in words
    assert "So few tries cannot say much yet." in words
    assert "%" not in words


def test_strategy_page_leads_from_ones_own_record_to_the_reflections_behind_it(client, world):
    look_back(world["amina"], ("yes", 4))
    client.force_login(world["amina"])
    [way] = re.findall(r'href="([^"]+)">Reflections in which you planned this', client.get(STRATEGY).content.decode())
    found = client.get(way.replace("&amp;", "&")).context["page"].reflections
    assert found == [FollowUp.objects.get().plan.reflection, world["reflection"]]


def test_strategy_page_with_five_tries_still_gives_counts_alone(client, world):
    look_back(world["amina"], *[("yes", 4)] * 5)
    client.force_login(world["amina"])
    words = text_of(client.get(STRATEGY))
    assert "You have tried this 5 times. It helped 5 times." in words
    assert "So few tries" not in words


@pytest.mark.parametrize("person", ["ben", "sam", "ada"])
def test_strategy_page_shows_nobody_elses_record(client, world, person):
    look_back(world["amina"], ("yes", 4))
    client.force_login(world[person])
    assert "Your own record" not in text_of(client.get(STRATEGY))


def test_strategy_page_says_nothing_of_what_was_planned_but_not_done(client, world):
    look_back(world["amina"], ("no", None))
    client.force_login(world["amina"])
    assert "Your own record" not in text_of(client.get(STRATEGY))


@pytest.mark.parametrize("phase", ["coping", "quick"])
def test_suggestions_in_a_reflection_say_ones_own_record_and_nobody_elses(client, world, phase):
    ReflectionChallenge.objects.create(reflection=world["draft"], category="C3", example="back-to-back")
    look_back(world["ben"], ("yes", 4))
    client.force_login(world["amina"])
    assert "you tried it" not in text_of(client.get(page(world["draft"], phase)))
    look_back(world["amina"], ("yes", 4), ("yes", 0))
    assert "you tried it 2 times, it helped once" in text_of(client.get(page(world["draft"], phase)))
