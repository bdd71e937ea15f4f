"""What a person marks in the library: theirs alone, found again in the list and in phase 3, gone with the account."""

import pytest

from apps.coping.models import Favourite, Strategy
from apps.journal.models import ReflectionChallenge
from tests.journal.pages import page, text_of

ONLY_MINE = "/coping/?favourites=on"


def mark(client, slug="reset-minute", **sent):
    return client.post(f"/coping/{slug}/favourite/", {"favourite": "yes", **sent})


def shown(response):
    return [strategy.slug for _, shelf in response.context["shelves"] for strategy in shelf]


def test_strategy_favourite_is_marked_once_and_unmarked_however_often_it_is_pressed(amina, world):
    for _ in range(2):
        assert mark(amina).headers["Location"] == "/coping/reset-minute/#reset-minute"
    assert Favourite.objects.owned_by(world["amina"]).slugs() == {"reset-minute"}
    assert "Remove Reset minute from your favourites" in text_of(amina.get("/coping/reset-minute/"))
    for _ in range(2):
        mark(amina, favourite="no")
    assert not Favourite.objects.owned_by(world["amina"]).exists()


def test_strategy_favourite_of_mine_is_in_my_list_and_not_in_his(amina, world):
    mark(amina)
    assert shown(amina.get(ONLY_MINE)) == ["reset-minute"]
    amina.force_login(world["ben"])
    assert shown(amina.get(ONLY_MINE)) == []
    mark(amina, favourite="no")
    assert Favourite.objects.owned_by(world["amina"]).slugs() == {"reset-minute"}


def test_strategy_favourite_marked_in_a_narrowed_list_leads_back_to_its_place_there(amina):
    list_page = amina.get("/coping/", {"family": "recover"}).content.decode()
    assert 'name="back" value="/coping/?family=recover"' in list_page
    response = mark(amina, "move", back="/coping/?family=recover")
    assert (response.status_code, response.headers["Location"]) == (302, "/coping/?family=recover#move")


def test_strategy_favourite_marked_among_what_a_search_found_finds_it_again_and_keeps_the_words_out_of_the_address(
    amina,
):
    assert 'name="words" value="headset"' in amina.post("/coping/", {"words": "headset"}).content.decode()
    response = mark(amina, words="headset", back="/coping/")
    assert (response.status_code, response.headers["Location"]) == (307, "/coping/#reset-minute")
    again = amina.post(
        "/coping/", {"favourite": "yes", "words": "headset", "back": "/coping/"}
    )  # as browsers do on 307
    assert shown(again) == ["reset-minute"]


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/coping/", "//elsewhere.example", "/accounts/logout/"])
def test_strategy_favourite_leads_nowhere_but_into_the_library(amina, elsewhere):
    assert mark(amina, back=elsewhere).headers["Location"] == "/coping/reset-minute/#reset-minute"


def test_strategy_favourite_that_was_retired_is_not_shown_and_is_there_again_once_it_is_back(amina):
    mark(amina)
    strategy = Strategy.objects.get(slug="reset-minute")
    strategy.retire()
    assert shown(amina.get(ONLY_MINE)) == []
    assert mark(amina).status_code == 404
    strategy.bring_back()
    assert shown(amina.get(ONLY_MINE)) == ["reset-minute"]


def test_strategy_favourite_is_said_and_offered_in_the_coping_phase_to_its_owner_alone(amina, world):
    ReflectionChallenge.objects.create(reflection=world["draft"], category="C3", example="back-to-back")
    mark(amina)
    asked = amina.get(page(world["draft"], "coping"))
    assert "one of your favourites; takes 2 minutes" in text_of(asked)
    assert '<optgroup label="Your favourites">' in asked.content.decode()
    amina.force_login(world["ben"])
    bens = amina.get(page(world["bens_reflection"], "coping"), follow=True)
    assert "favourite" not in text_of(bens)


def test_strategy_favourite_goes_with_the_account(amina, world):
    mark(amina)
    amina.force_login(world["ben"])
    mark(amina)
    world["ben"].delete()
    assert [favourite.owner for favourite in Favourite.objects.all()] == [world["amina"]]
