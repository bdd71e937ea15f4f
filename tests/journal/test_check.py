"""The check page and what follows it: complete, close, reopen, delete."""

import re

import pytest

from apps.journal.models import Plan, Reflection
from tests import factories
from tests.journal.pages import page, text_of


def test_reflection_detail_of_a_draft_shows_everything_with_ways_to_change_it(amina, world):
    response = amina.get(page(world["draft"]))
    assert "Check your reflection" in text_of(response)
    assert f"{page(world['draft'], 'challenge')}?check=1#id_what_happened" in response.content.decode()


def test_reflection_detail_leads_each_change_link_to_something_on_its_page(amina, world):
    reflection = factories.make_reflection(world["amina"], examples=(("C3", "back-to-back"),), feelings="tense")
    for name in ("happened", "noticed", "why_it_matters", "already_helped", "take_forward", "raise_with"):
        setattr(reflection, name, {"happened": "today", "raise_with": "team"}.get(name, "words"))
    reflection.completed_at = None
    reflection.save()
    links = re.findall(r'href="(/journal/[^"#]+)#([^"]+)">Change', amina.get(page(reflection)).content.decode())
    assert len(links) >= 12
    for address, target in links:
        assert f'id="{target}"' in amina.get(address).content.decode(), target


def test_reflection_detail_names_the_feelings_chosen_and_passes_over_one_it_no_longer_knows(amina, world):
    reflection = factories.make_reflection(world["amina"], feelings="tense bored_once tired")
    words = text_of(amina.get(page(reflection)))
    assert "Feelings Tense Tired" in words
    assert "bored_once" not in words


def test_reflection_complete_leads_each_problem_to_something_on_its_page(amina, world):
    html = amina.post(page(world["draft"], "complete"), {"version": 0}).content.decode()
    links = re.findall(r'<li><a href="(/journal/[^"#]+)#([^"]+)">', html)
    assert links
    for address, target in links:
        assert f'id="{target}"' in amina.get(address).content.decode(), target


def test_reflection_complete_says_everything_that_is_still_to_do_at_once(amina, world):
    response = amina.post(page(world["draft"], "complete"), {"version": 0})
    for need in (
        "Choose at least one kind of challenge",
        "Choose at least one value that this touches",
        "Plan one thing you will do",
    ):
        assert need in text_of(response)
    assert Reflection.objects.owned_by(world["amina"]).get(pk=world["draft"].pk).is_draft


def test_reflection_complete_of_a_whole_draft_ends_on_the_settling_step(amina, world):
    world["reflection"].reopen()
    response = amina.post(page(world["reflection"], "complete"), {"version": 3}, follow=True)
    assert "Before you go" in text_of(response)
    assert "stand up and look out of the window" in text_of(response)


def test_reflection_complete_asks_about_what_may_identify_somebody_and_never_changes_it(amina, world):
    reflection = world["reflection"]
    reflection.reopen()
    reflection.noticed = "I rang 07700 900123 twice"
    reflection.save()
    response = amina.post(page(reflection, "complete"), {"version": 3})
    assert "Look at what may identify someone" in text_of(response)
    assert "a phone number in “What did you notice in yourself?”: I rang 07700 900123 twice" in text_of(response)
    amina.post(page(reflection, "complete"), {"version": 3, "looked": "1"})
    kept = Reflection.objects.owned_by(world["amina"]).get(pk=reflection.pk)
    assert (kept.is_draft, kept.noticed) == (False, "I rang 07700 900123 twice")


def test_reflection_complete_of_what_was_saved_in_another_tab_shows_it_again_first(amina, world):
    world["reflection"].reopen()
    response = amina.post(page(world["reflection"], "complete"), {"version": 2}, follow=True)
    assert "saved in another tab" in text_of(response)


def test_reflection_close_names_who_else_owns_an_organisational_problem(amina, world):
    ours = factories.make_reflection(world["amina"], examples=(("C3", "back-to-back"),))
    theirs = factories.make_reflection(world["amina"], examples=(("C1", "close-to-my-life"),))
    assert "Who else owns this" in text_of(amina.get(page(ours, "close")))
    assert "Who else owns this" not in text_of(amina.get(page(theirs, "close")))


def test_reflection_reopen_lets_a_completed_reflection_be_edited(amina, world):
    assert "Your reflection" in text_of(amina.get(page(world["reflection"])))
    assert amina.get(page(world["reflection"], "coping")).url == page(world["reflection"])
    amina.post(page(world["reflection"], "reopen"))
    assert amina.get(page(world["reflection"], "coping")).status_code == 200


def test_reflection_delete_asks_first_and_then_takes_everything(amina, world):
    assert "cannot be undone" in text_of(amina.get(page(world["reflection"], "delete")))
    amina.post(page(world["reflection"], "delete"))
    assert amina.get(page(world["reflection"])).status_code == 404
    assert not Plan.objects.owned_by(world["amina"]).exists()


@pytest.mark.parametrize("forged", ["9" * 5000, "-1", "x", "", "٣"])
def test_reflection_complete_with_a_forged_version_shows_it_again(amina, world, forged):
    world["reflection"].reopen()
    assert amina.post(page(world["reflection"], "complete"), {"version": forged}).url == page(world["reflection"])
