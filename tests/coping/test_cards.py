"""Cards to print."""

import pytest

from apps.coping.models import Favourite, Strategy
from tests.journal.pages import text_of

CARDS = "/coping/cards/"


def cards(response):
    return [strategy.slug for strategy in response.context["chosen"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"strategy": ["worry-time", "reset-minute", "no-such-thing"]}, ["reset-minute", "worry-time"]),
        ({"family": "live-the-value"}, ["one-small-step-for-a-value", "notice-impact", "name-the-values-clash"]),
        ({"minutes": "2"}, ["reset-minute"]),
        ({"family": "nonsense"}, []),
        ({}, []),
    ],
)
def test_card_list_shows_what_the_address_names(amina, asked, found):
    assert cards(amina.get(CARDS, asked)) == found


def test_card_list_without_a_choice_shows_my_favourites_and_not_his(amina, world):
    for person, slug in (("amina", "move"), ("ben", "worry-time")):
        Favourite.objects.create(owner=world[person], strategy=Strategy.objects.get(slug=slug))
    assert cards(amina.get(CARDS)) == ["move"]
    assert cards(amina.get(CARDS, {"strategy": "reset-minute"})) == ["reset-minute"]


def test_card_list_says_what_to_do_what_to_watch_for_and_what_it_rests_on(amina):
    response = amina.get(CARDS, {"strategy": "reset-minute"})
    for text in ("1 card.", "2 minutes", "Drink some water.", "a minute may not be enough", "Trial evidence."):
        assert text in text_of(response)
    assert response.content.decode().count(" checked") == 1


def test_card_list_asks_the_database_as_often_for_forty_as_for_one(amina, django_assert_num_queries):
    everything = {"strategy": [strategy.slug for strategy in Strategy.objects.published()]}
    for asked in (everything, {"strategy": "move"}):
        with django_assert_num_queries(4):  # the session, the person, the library, one's favourites
            amina.get(CARDS, asked)


def test_strategy_list_leads_to_the_cards_of_what_it_shows(amina):
    assert 'href="/coping/cards/?family=recover"' in amina.get("/coping/", {"family": "recover"}).content.decode()
    found = amina.post("/coping/", {"words": "headset"}).content.decode()
    assert 'href="/coping/cards/?strategy=reset-minute"' in found
