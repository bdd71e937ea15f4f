"""The pages on which a compass is made: what they ask, keep and refuse."""

import re
import uuid

import pytest

from apps.values.models import Compass, Pick, Placing, ValueCard
from tests.accounts.pages import heading_of, text_of, title_of
from tests.values.pages import CHOOSE, COMPASS, PLACE, SKIP, answers, cards, choose, picked, placings
from tests.values.test_cards import CARDS

# --- Choosing ---


def ticks(*codes, own=""):
    """What the page of choosing sends."""
    return {"values": [card.pk for card in cards(*codes)], "own_values": own}


def test_compass_choose_offers_every_card_with_what_it_means(amina):
    page = amina.get(CHOOSE)
    assert heading_of(page) == "Choose your values"
    assert all(f"{card.name} {card.summary}" in text_of(page) for card in CARDS)
    assert "checked" not in page.content.decode()


def test_compass_choose_has_what_is_on_the_compass_ticked_and_first(amina, world):
    choose(world["amina"], "V24", own=["Herons"])
    page = amina.get(CHOOSE).content.decode()
    ticked = [str(pick.card_id) for pick in Pick.objects.owned_by(world["amina"])]
    assert re.findall(r'name="values" value="([^"]+)"', page)[:2] == ticked
    assert re.findall(r'value="([^"]+)"[^>]*checked', page) == ticked


def test_compass_choose_leads_to_placing_with_the_values_kept_in_order(amina, world):
    response = amina.post(CHOOSE, ticks("V05", "V04", own="Patience\r\n\r\n  patience \nHerons"))
    assert response.url == PLACE
    assert picked(world["amina"]) == ["Patience", "Herons", "Compassion", "Improving lives"]
    assert [card.name for card in ValueCard.objects.owned_by(world["amina"])] == ["Patience", "Herons"]


def test_compass_choose_keeps_ones_own_names_sealed(amina, world):
    amina.post(CHOOSE, ticks(own="Heronlike patience"))
    stored = ValueCard.objects.owned_by(world["amina"]).extra(select={"raw": "name"}).get().raw
    assert b"Heronlike" not in bytes(stored)


def test_compass_choose_of_five_is_kept_and_of_six_is_refused_with_every_word_kept(amina, world):
    five = ("V01", "V02", "V03", "V04", "V05")
    assert amina.post(CHOOSE, ticks(*five)).status_code == 302
    page = amina.post(CHOOSE, ticks(*five, own="Patience"))
    assert "Choose up to 5 values. You have 6, so take some away" in text_of(page)
    assert title_of(page).startswith("Error: Choose your values")
    assert 'href="#id_values_0"' in page.content.decode()
    assert "Patience</textarea>" in page.content.decode()
    assert len(picked(world["amina"])) == 5
    assert not ValueCard.objects.owned_by(world["amina"]).exists()


def test_compass_choose_counts_a_value_once_that_is_ticked_and_written(amina, world):
    amina.post(CHOOSE, ticks("V01", "V02", "V03", "V04", "V05", own="compassion"))
    assert len(picked(world["amina"])) == 5


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("", "Choose at least one value, or add one of your own"),
        ("  \n ", "Choose at least one value, or add one of your own"),
        ("x" * 81, "can hold 80 characters. One has 81, so shorten it"),
        ("a\x00b", "hidden character that cannot be saved"),
        ("a\x07b", "hidden character"),
    ],
)
def test_compass_choose_of_nothing_or_of_what_cannot_be_kept_says_what_to_do(amina, world, own, says):
    assert says in text_of(amina.post(CHOOSE, {"own_values": own}))
    assert picked(world["amina"]) == []


def test_compass_choose_of_somebody_elses_card_is_refused_like_a_card_that_never_was(amina, world):
    theirs = ValueCard.objects.own_card(world["ben"], "Badgers").pk
    for forged in (theirs, uuid.uuid4(), "not-an-id"):
        page = amina.post(CHOOSE, {"values": [forged]})
        assert "Choose values from the list" in text_of(page)
        assert "Badgers" not in text_of(page)
    assert picked(world["amina"]) == []


def test_compass_choose_with_a_name_somebody_else_uses_makes_a_card_of_ones_own(amina, world):
    theirs = ValueCard.objects.own_card(world["ben"], "Badgers")
    amina.post(CHOOSE, ticks(own="Badgers"))
    assert Pick.objects.owned_by(world["amina"]).get().card != theirs


def test_compass_choose_ignores_an_owner_sent_by_the_browser(amina, world):
    amina.post(CHOOSE, ticks("V04") | {"owner": world["ben"].pk})
    assert (picked(world["amina"]), picked(world["ben"])) == (["Compassion"], [])


# --- Placing ---


def test_compass_place_asks_about_each_value_on_the_compass_and_no_other(amina, world):
    on_compass = choose(world["amina"], "V04", own=["Herons"])
    page = amina.get(PLACE)
    assert page.templates[0].name == "values/compass_place.html"
    assert heading_of(page) == "Place your values"
    assert set(re.findall(r'name="closeness-([^"]+)"', page.content.decode())) == {str(c.pk) for c in on_compass}
    assert "checked" not in page.content.decode()


def test_compass_place_before_choosing_leads_to_choosing(amina):
    assert amina.get(PLACE).url == amina.post(PLACE, {"page_key": uuid.uuid4()}).url == CHOOSE


def test_compass_place_keeps_what_is_answered_and_leads_to_the_compass(amina, world):
    one, _, three = choose(world["amina"], "V04", "V05", "V06")
    assert amina.post(PLACE, answers({one: 0, three: 10})).url == COMPASS
    assert sorted(placings(world["amina"])) == [("Compassion", 0), ("Everyone counts", 10)]
    assert "Your values are placed." in text_of(amina.get(COMPASS))


def test_compass_place_pressed_twice_is_one_placing_and_in_two_tabs_two(amina, world):
    (card,) = choose(world["amina"], "V04")
    pressed = answers({card: 4})
    for sent in (pressed, pressed, answers({card: 4})):
        amina.post(PLACE, sent)
    assert placings(world["amina"]) == [("Compassion", 4), ("Compassion", 4)]


def test_compass_place_without_an_answer_says_what_to_do(amina, world):
    (card,) = choose(world["amina"], "V04")
    page = amina.post(PLACE, answers({}))
    assert "Select a number for at least one value" in text_of(page)
    assert f'href="#id_closeness-{card.pk}_0"' in page.content.decode()
    assert title_of(page).startswith("Error: Place your values")


@pytest.mark.parametrize("closeness", ["11", "-1", "5.5", "ten"])
def test_compass_place_outside_0_to_10_is_refused_by_name(amina, world, closeness):
    one, two = choose(world["amina"], "V04", "V05")
    page = amina.post(PLACE, answers({one: closeness, two: 5}))
    assert "Compassion: select a number between 0 and 10" in text_of(page)
    assert placings(world["amina"]) == []


@pytest.mark.parametrize("key", ["", "forged"])
def test_compass_place_with_a_damaged_page_key_keeps_nothing_and_says_what_to_do(amina, world, key):
    (card,) = choose(world["amina"], "V04")
    page = amina.post(PLACE, answers({card: 5}) | {"page_key": key})
    assert "Open it again, then place your values" in text_of(page)
    assert placings(world["amina"]) == []


def test_compass_place_of_somebody_elses_card_is_ignored(amina, world):
    (mine,) = choose(world["amina"], "V04")
    (theirs,) = choose(world["ben"], own=["Badgers"])
    amina.post(PLACE, answers({mine: 5, theirs: 9}))
    assert placings(world["amina"]) == [("Compassion", 5)]
    assert Placing.objects.count() == 1


def test_compass_place_of_a_value_that_another_tab_took_off_is_kept(amina, world):
    gone, _ = choose(world["amina"], "V04", "V05")
    choose(world["amina"], "V05")
    amina.post(PLACE, answers({gone: 7}))
    assert placings(world["amina"]) == [("Compassion", 7)]


# --- Skipping ---


def test_compass_skip_is_for_good_and_for_oneself_alone(client, world):
    client.force_login(world["amina"])
    response = client.post(SKIP, follow=True)
    assert heading_of(response) == "Home"
    assert "You will not be asked again" in text_of(response)
    client.logout()
    client.force_login(world["amina"])
    assert "Place your values" not in text_of(client.get("/"))
    client.force_login(world["ben"])
    assert "Place your values" in text_of(client.get("/"))


def test_compass_skip_by_get_skips_nothing(amina, world):
    assert amina.get(SKIP).status_code == 405
    assert not Compass.objects.owned_by(world["amina"]).exists()


def test_compass_skip_leaves_the_compass_open_to_a_change_of_mind(amina, world):
    amina.post(SKIP)
    amina.post(CHOOSE, ticks("V04"))
    assert picked(world["amina"]) == ["Compassion"]
