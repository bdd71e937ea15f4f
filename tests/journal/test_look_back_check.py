"""What may identify somebody in a look back: pointed at and asked about before it is kept, and never changed."""

import re

import pytest

from tests.journal.pages import text_of
from tests.journal.test_look_back import address, answers_to, fresh, said


@pytest.fixture
def plan(world):
    """Amina's plan."""
    return world["reflection"].plans.get()


def tick_on(response) -> str:
    """What the tick "They do not identify anybody" of a page sends; nothing where the page does not ask."""
    return "".join(re.findall(r'name="looked" type="checkbox" value="([^"]*)"', response.content.decode()))


@pytest.mark.parametrize(
    ("answers", "what"),
    [
        ({"note": "Rang 07700 900123 again"}, "a phone number in “What did you notice?”: Rang 07700 900123 again"),
        ({"then": "change", "will": "ask Mrs Otterburn"}, "a person’s name in “I will”"),
        ({"then": "change", "when": "the 3rd of May 2026 comes"}, "a date in “When”"),
    ],
)
def test_plan_look_back_asks_about_what_may_identify_somebody_before_it_keeps_it(amina, plan, answers, what):
    asked = amina.post(address(plan), said(plan, **answers))
    assert what in text_of(asked)
    assert "Look at what may identify someone" in text_of(asked)
    assert all(words in asked.content.decode() for words in answers.values())
    assert answers_to(plan) == []
    sent = said(plan, looked=tick_on(asked), **answers)
    for _ in range(2):  # pressed twice, it is still one answer
        assert amina.post(address(plan), sent).url == "/coping/plans/"
    [kept] = answers_to(plan)
    assert kept.note == answers.get("note", "")
    assert (fresh(plan).when, fresh(plan).will) == (answers.get("when", plan.when), answers.get("will", plan.will))


def test_plan_look_back_asks_again_about_words_written_after_the_tick(amina, plan):
    tick = tick_on(amina.post(address(plan), said(plan, note="Rang 07700 900123")))
    again = amina.post(address(plan), said(plan, note="Rang 07700 900123 and Mrs Otterburn", looked=tick))
    assert "Mrs Otterburn" in tick_on(again)
    assert answers_to(plan) == []
    amina.post(address(plan), said(plan, note="Rang, and that was good", looked=tick))
    assert len(answers_to(plan)) == 1


def test_plan_look_back_asks_nothing_about_words_of_the_plan_that_stay_as_they_are(amina, plan):
    plan.will = "ask Mrs Otterburn"  # which was asked about when the reflection was completed
    plan.save()
    assert amina.post(address(plan), said(plan)).url == "/coping/plans/"
    assert amina.post(address(plan), said(plan, number=2, then="change", when="I can")).url == "/coping/plans/"
