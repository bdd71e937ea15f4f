"""The coping phase's suggestions: for the time there is, others, and why; whatever is asked for, no word is lost."""

import re

import pytest

from apps.journal.asked import Asked
from apps.journal.models import Reflection, ReflectionChallenge
from tests.journal.pages import page, text_of


@pytest.fixture
def coping(world):
    """The address of the coping phase of Amina's draft, after back-to-back contacts."""
    ReflectionChallenge.objects.create(reflection=world["draft"], category="C3", example="back-to-back")
    return page(world["draft"], "coping")


def offered(response):
    """The strategies of the last plan's radios, in order, but for an idea of one's own."""
    return [slug for slug, _ in response.context["form"].shelf.radios[:-1]]


def asks(response, button):
    """What the button of this name asks for."""
    markup = response.content.decode()
    return re.search(rf'name="show" value="([^"]*)"[^>]*>{button}<', markup)[1].replace("&amp;", "&")


def press(client, address, button, **words):
    """Press a button as a browser does, with words in the form; the page that follows."""
    shown = client.get(address)
    sent = {"version": shown.context["reflection"].version, "show": asks(shown, button), **words}
    return client.post(address, sent, follow=True)


def test_reflection_coping_with_two_minutes_offers_what_fits_them_first_and_still_the_system(amina, coping):
    assert offered(amina.get(coping))[:3] == ["reset-minute", "close-the-session", "caseload-and-capacity-review"]
    response = press(amina, coping, "2 minutes")
    assert response.redirect_chain[-1][0] == f"{coping}?plans=1&minutes=2#plan-1"
    shown = response.context["form"].shelf.suggestions
    assert shown[0].strategy.slug == "reset-minute"
    assert any(suggestion.strategy.shown.changes_the_system for suggestion in shown[:3])
    assert re.search(r'aria-pressed="true">2 minutes', response.content.decode())


def test_reflection_coping_others_are_others_and_the_first_come_again(amina, coping):
    first = offered(amina.get(coping))
    response = press(amina, coping, "Show me others")
    assert not set(offered(response)) & set(first)
    address = response.redirect_chain[-1][0].partition("#")[0]
    assert offered(amina.get(address)) == offered(response)  # the same address gives the same list
    assert offered(press(amina, address, "Show the first ones again")) == first


@pytest.mark.parametrize("button", ["2 minutes", "Show me others", "Add another plan"])
def test_reflection_coping_keeps_what_was_typed_whatever_is_asked_for(amina, world, coping, button):
    words = {"when-1": "the wren calls", "will-1": "breathe out", "take_forward": "a dipper", "strategy-1": "move"}
    response = press(amina, coping, button, **words)
    kept = Reflection.objects.get(pk=world["draft"].pk)
    assert (kept.plans.get().in_words(), kept.take_forward) == ("When the wren calls, I will breathe out", "a dipper")
    assert "move" in offered(response)  # what was chosen stays on offer
    assert "the wren calls" in response.content.decode()
    assert "wren" not in response.redirect_chain[-1][0]


def test_reflection_coping_out_of_date_shows_both_texts_and_still_what_was_asked_for(amina, world, coping):
    asked = f"{coping}?minutes=10&others=1"
    amina.post(coping, {"version": 0, "take_forward": "from the other tab"})
    response = amina.post(asked, {"version": 0, "take_forward": "from this one", "show": "minutes=2"})
    assert response.status_code == 409
    assert "from the other tab" in text_of(response)
    assert "from this one" in text_of(response)
    assert offered(response) == offered(amina.get(asked))


def test_reflection_coping_says_why_these(amina, coping):
    words = text_of(amina.get(f"{coping}?minutes=10"))
    why = words[words.index("Why these?") : words.index("Or choose from the whole library")]
    assert "what you chose as your challenge: Volume, pace and targets" in why
    assert "“My contacts were back to back”" in why
    assert "the 10 minutes you have" in why
    assert "no look back on a plan yet" in why
    assert "4 × ((helped + 1) ÷ (tried + 2) − ½)" in why


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ({"plans": "2", "minutes": "10", "others": "3"}, Asked(plans=2, minutes=10, others=3)),
        ({"plans": "4", "minutes": "11", "others": "-1"}, Asked()),
        ({"plans": "²", "minutes": "words", "others": "100"}, Asked()),
        ({}, Asked()),
    ],
)
def test_asked_takes_from_an_address_what_makes_sense(address, asked):
    assert Asked.read(address) == asked


def test_reflection_coping_asks_as_often_whatever_is_asked_for(amina, coping, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as plain:
        amina.get(coping)
    with django_assert_max_num_queries(len(plain)):
        amina.get(f"{coping}?minutes=10&others=4&plans=3")
