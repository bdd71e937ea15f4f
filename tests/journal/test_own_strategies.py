"""Strategies of one's own in plans: chosen like any other, and kept as they were when they were used."""

import pytest
from django.utils import timezone

from apps.coping import actions_own as actions
from apps.coping.suggest import Record
from apps.journal.completing import found_in
from apps.journal.models import FollowUp, Plan, ReflectionChallenge
from apps.journal.reading import read
from apps.reports.content import gather
from tests.coping.own import LARK, write
from tests.journal.pages import page, text_of


@pytest.fixture
def lark(world):
    """Amina's own strategy, which fits the challenge of her draft; Ben has one that fits it too."""
    ReflectionChallenge.objects.create(reflection=world["draft"], category="C3")
    write(world["ben"], name="Bittern bath")
    return write(world["amina"])


@pytest.fixture
def used(world, lark):
    """A plan of Amina's completed reflection that rests on it."""
    plan = world["reflection"].plans.get()
    plan.save_if_changed(version=None, own_id=lark.pk, own_name=lark.name)
    return plan


def plans(reflection):
    return [(plan.version, plan.own_id, plan.own_name) for plan in Plan.objects.filter(reflection=reflection)]


def choose(browser, draft, slug, field="strategy-1"):
    draft.refresh_from_db()
    said = {"version": draft.version, field: slug, "when-1": "I hang up", "will-1": "walk"}
    return browser.post(page(draft, "coping"), said)


@pytest.mark.parametrize("phase", ["coping", "quick"])
def test_own_strategy_that_fits_is_suggested_with_its_reason_and_theirs_is_not(amina, world, lark, phase):
    words = text_of(amina.get(page(world["draft"], phase)))
    assert "Skylark walk Your own; fits Volume, pace and targets" in words
    assert "Bittern" not in words


@pytest.mark.parametrize("field", ["strategy-1", "library-1"])
def test_own_strategy_is_chosen_for_a_plan_and_stays_chosen(amina, world, lark, field):
    assert choose(amina, world["draft"], str(lark.pk), field).status_code == 302
    assert plans(world["draft"]) == [(None, lark.pk, "Skylark walk")]
    form = amina.get(page(world["draft"], "coping")).context["form"]
    assert form["strategy-1"].initial == str(lark.pk)
    choose(amina, world["draft"], "move")
    [(version, own_id, own_name)] = plans(world["draft"])
    assert (version.name, own_id, own_name) == ("Move", None, "")


def test_somebody_elses_own_strategy_cannot_be_chosen(amina, world, lark):
    bens = write(world["ben"])
    assert "Choose a strategy from the list" in text_of(choose(amina, world["draft"], str(bens.pk)))
    assert plans(world["draft"]) == []


def test_plan_keeps_the_name_it_was_made_with_when_the_strategy_is_changed_or_deleted(amina, world, lark):
    choose(amina, world["draft"], str(lark.pk))
    kept = plans(world["draft"])
    actions.change_own(by=world["amina"], pk=lark.pk, against=1, says=LARK | {"name": "Skylark run"})
    choose(amina, world["draft"], str(lark.pk))  # the page is saved again
    assert plans(world["draft"]) == kept
    slug = str(lark.pk)
    lark.delete()
    assert plans(world["draft"]) == kept
    assert choose(amina, world["draft"], slug).status_code == 302
    assert plans(world["draft"]) == kept


def test_reflection_its_report_its_plans_and_its_search_say_the_own_strategy(amina, world, used, lark):
    lark.delete()
    assert "Strategy: Skylark walk" in text_of(amina.get(page(world["reflection"])))
    assert "Strategy: Skylark walk" in str(gather(world["amina"], world["reflection"].pk))
    assert "Your own strategy: Skylark walk" in text_of(amina.get("/coping/plans/"))
    assert "Your own strategy: Skylark walk" in text_of(amina.get(f"/coping/plans/{used.pk}/"))
    found = amina.post("/journal/", {"q": "SKYLARK"}).content.decode()
    assert str(world["reflection"].pk) in found
    assert str(world["draft"].pk) not in found


def test_name_of_an_own_strategy_is_looked_over_before_completing(world, used):
    used.save_if_changed(own_name="Ring Mrs Rook")
    found = found_in(read(type(world["reflection"]).objects.whole().get(pk=world["reflection"].pk)))
    assert [finding.quote.words for finding in found] == ["Mrs Rook"]


def test_own_record_counts_an_own_strategy_and_theirs_is_their_own(amina, world, used, lark):
    used.answer(number=1, did="yes", helped=3, note="", then="keep")
    assert FollowUp.objects.owned_by(world["amina"]).records() == {str(lark.pk): Record(tried=1, helped=1)}
    assert FollowUp.objects.owned_by(world["ben"]).records() == {}
    assert "You have tried this once. It helped once." in text_of(amina.get(lark.get_absolute_url()))
    assert "you tried it once, it helped once" in text_of(amina.get(page(world["draft"], "coping")))
    used.drop(at=timezone.now())
    assert "Your own record" not in text_of(amina.get("/coping/move/"))
