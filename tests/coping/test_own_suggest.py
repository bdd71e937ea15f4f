"""A copy for the editors: made only when its author asks, of exactly what was shown, and without a name."""

import pytest
from django.urls import reverse

from apps.coping import actions_own as actions
from apps.coping.models import OutOfDate, OwnStrategy, SuggestedStrategy, WrongState
from tests.coping.own import LARK, write
from tests.journal.pages import text_of

LIST = "/coping/own/"


@pytest.fixture
def lark(world):
    """Amina's own strategy; Ben has one too."""
    write(world["ben"], name="Bittern bath")
    return write(world["amina"])


@pytest.fixture
def copy(world, lark):
    """What Amina sent to the editors; Ben sent something too."""
    bens = OwnStrategy.objects.owned_by(world["ben"]).get()
    actions.suggest_own(by=world["ben"], pk=bens.pk, seen=1)
    return actions.suggest_own(by=world["amina"], pk=lark.pk, seen=1)


def page_of(own):
    return reverse("coping:own_suggest", args=[own.pk])


def take_back(copy):
    return reverse("coping:suggested_take_back", args=[copy.pk])


def waiting():
    return [copy.says for copy in SuggestedStrategy.objects.waiting()]


def test_own_suggest_shows_every_word_and_sends_nothing_before_it_is_pressed(amina, lark):
    words = text_of(amina.get(page_of(lark)))
    for written in ("Skylark walk", "Leave by the back door", "Walk round the skylark field once", "10 minutes"):
        assert written in words
    assert "They will not see your name" in words
    assert waiting() == []


def test_own_suggest_sends_a_copy_that_leads_to_nobody(amina, lark):
    words = text_of(amina.post(page_of(lark), {"version": 1}, follow=True))
    assert "Sent to the editors, without your name." in words
    assert "not answered yet" in words
    assert waiting() == [LARK]
    links = [field.name for field in SuggestedStrategy._meta.get_fields() if field.is_relation]
    assert links == ["author"]


def test_own_suggest_pressed_twice_sends_one(amina, lark):
    for _ in range(2):
        amina.post(page_of(lark), {"version": 1})
    assert waiting() == [LARK]


def test_own_suggest_of_what_changed_since_it_was_shown_sends_nothing_and_shows_it_again(amina, world, lark):
    actions.change_own(by=world["amina"], pk=lark.pk, against=1, says=LARK | {"name": "Skylark run"})
    words = text_of(amina.post(page_of(lark), {"version": 1}, follow=True))
    assert "Read it once more, then send it." in words
    assert "Skylark run" in words
    assert waiting() == []


def test_own_suggest_points_at_what_may_identify_somebody_and_asks_first(amina, world):
    own = write(world["amina"], what_to_do="Ring Mrs Rook\nWalk")
    page = amina.get(page_of(own))
    assert "a person’s name: Ring Mrs Rook" in text_of(page)
    refused = amina.post(page_of(own), {"version": 1})
    assert "Look at what may identify someone, then change it or tick that it does not" in text_of(refused)
    assert waiting() == []
    amina.post(page_of(own), {"version": 1, "looked": "on"})
    assert len(waiting()) == 1


def test_own_suggest_of_a_strategy_that_is_gone_or_somebody_elses_is_refused(world, lark):
    bens = OwnStrategy.objects.owned_by(world["ben"]).get()
    for pk in (bens.pk, world["amina"].pk):
        with pytest.raises(OutOfDate):
            actions.suggest_own(by=world["amina"], pk=pk, seen=1)


def test_own_list_shows_what_i_sent_and_not_what_they_sent(amina, copy):
    words = text_of(amina.get(LIST))
    assert "What you sent to the editors" in words
    assert "Skylark walk" in words
    assert "Bittern" not in words


def test_suggested_copy_outlives_the_strategy_and_not_the_account(world, lark, copy):
    lark.delete()
    assert LARK in waiting()
    world["amina"].delete()
    assert [says["name"] for says in waiting()] == ["Bittern bath"]


def test_suggested_take_back_erases_the_copy_alone(amina, copy):
    assert "The editors can no longer read it." in text_of(amina.post(take_back(copy), follow=True))
    assert [says["name"] for says in waiting()] == ["Bittern bath"]


@pytest.mark.parametrize(("act", "answer"), [("take_up", "taken up"), ("decline", "not taken up")])
def test_suggested_take_back_comes_too_late_once_an_editor_has_answered(amina, copy, act, answer):
    getattr(copy, act)()
    words = text_of(amina.post(take_back(copy), follow=True))
    assert "An editor has answered this already" in words
    assert f": {answer}" in words
    assert "Take it back" not in words
    with pytest.raises(WrongState):
        copy.decline()
