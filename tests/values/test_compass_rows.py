"""What the rows of a compass may hold, whose they are, and what choosing, placing and skipping do to them."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.values import actions
from apps.values.loading import load_values
from apps.values.models import Compass, Pick, Placing, ValueCard
from tests.values.pages import cards, choose, picked, place, placings
from tests.values.test_cards import CARDS

FIVE = ("V01", "V02", "V03", "V04", "V05")


@pytest.mark.parametrize("closeness", [-1, 11])
def test_placing_outside_0_to_10_is_refused_by_the_database(world, closeness):
    with pytest.raises(IntegrityError), transaction.atomic():
        Placing.objects.create(owner=world["amina"], card=cards("V04")[0], closeness=closeness)


@pytest.mark.parametrize("position", [0, 6])
def test_pick_beyond_the_fifth_is_refused_by_the_database(world, position):
    with pytest.raises(IntegrityError), transaction.atomic():
        Pick.objects.create(owner=world["amina"], card=cards("V04")[0], position=position)


@pytest.mark.parametrize(("code", "position"), [("V04", 2), ("V05", 1)])
def test_pick_of_a_value_or_a_place_taken_already_is_refused_by_the_database(world, code, position):
    choose(world["amina"], "V04")
    with pytest.raises(IntegrityError), transaction.atomic():
        Pick.objects.create(owner=world["amina"], card=cards(code)[0], position=position)


def test_choose_values_of_six_is_refused_and_leaves_the_compass_as_it_was(world):
    choose(world["amina"], "V04")
    with pytest.raises(IntegrityError), transaction.atomic():
        choose(world["amina"], *FIVE, "V06")
    assert picked(world["amina"]) == ["Compassion"]


def test_choose_values_keeps_the_order_of_those_that_stay(world):
    choose(world["amina"], "V04", "V05")
    choose(world["amina"], "V01", "V05", own=["Patience"])
    assert picked(world["amina"]) == ["Improving lives", "Patience", "Working together for patients"]


def test_choose_values_keeps_the_placings_of_a_value_taken_off(world):
    (card,) = choose(world["amina"], "V04")
    place(world["amina"], card, 3, 7)
    choose(world["amina"], "V05")
    assert placings(world["amina"]) == [("Compassion", 3), ("Compassion", 7)]


def test_choose_values_twice_makes_one_card_of_a_value_of_ones_own(world):
    for _ in range(2):
        choose(world["amina"], own=["Patience"])
    assert [card.name for card in ValueCard.objects.owned_by(world["amina"])] == ["Patience"]


def test_choose_values_touches_nobody_elses_compass(world):
    choose(world["ben"], "V04", own=["Badgers"])
    choose(world["amina"], "V05")
    assert picked(world["ben"]) == ["Badgers", "Compassion"]
    assert picked(world["amina"]) == ["Improving lives"]


def test_place_values_keeps_each_placing(world):
    (card,) = choose(world["amina"], "V04")
    for closeness in (3, 3, 8):
        actions.place_values(by=world["amina"], page_key=uuid.uuid4(), closeness={card.pk: closeness})
    assert placings(world["amina"]) == [("Compassion", 3), ("Compassion", 3), ("Compassion", 8)]
    assert placings(world["ben"]) == []


def test_place_values_sent_again_from_one_page_puts_its_own_placing_right(world):
    (card,) = choose(world["amina"], "V04")
    key = uuid.uuid4()
    for closeness in (3, 3, 8):
        actions.place_values(by=world["amina"], page_key=key, closeness={card.pk: closeness})
    assert placings(world["amina"]) == [("Compassion", 8)]


def test_place_values_with_somebody_elses_page_key_leaves_theirs_alone(world):
    (card,) = cards("V04")
    key = uuid.uuid4()
    for person, closeness in (("ben", 2), ("amina", 9)):
        actions.place_values(by=world[person], page_key=key, closeness={card.pk: closeness})
    assert placings(world["ben"]) == [("Compassion", 2)]
    assert placings(world["amina"]) == [("Compassion", 9)]


def test_skip_compass_twice_keeps_the_first_time(world):
    actions.skip_compass(by=world["amina"])
    first = Compass.objects.owned_by(world["amina"]).get().skipped_at
    actions.skip_compass(by=world["amina"])
    assert Compass.objects.owned_by(world["amina"]).get().skipped_at == first <= timezone.now()
    assert not Compass.objects.owned_by(world["ben"]).exists()


def test_skip_compass_after_choosing_takes_nothing_off(world):
    choose(world["amina"], "V04")
    actions.skip_compass(by=world["amina"])
    assert picked(world["amina"]) == ["Compassion"]
    assert Compass.objects.owned_by(world["amina"]).get().skipped_at is None


def test_choosing_after_skipping_is_no_longer_a_skip(world):
    actions.skip_compass(by=world["amina"])
    choose(world["amina"], "V04")
    assert Compass.objects.owned_by(world["amina"]).get().skipped_at is None


def test_available_to_gives_what_is_on_the_compass_first_then_own_cards_then_the_library(world):
    ValueCard.objects.own_card(world["amina"], "Faith")
    choose(world["ben"], "V09")
    choose(world["amina"], "V20", "V05")
    names = [card.name for card in ValueCard.objects.available_to(world["amina"])]
    on_compass = [card.name for card in cards("V05", "V20")]
    assert names[:3] == [*on_compass, "Faith"]
    assert names[3:] == [card.name for card in CARDS if card.name not in on_compass]


def test_placed_by_gives_cards_that_were_retired_too_and_nobody_elses(world):
    for person, code in (("amina", "V24"), ("ben", "V04")):
        place(world[person], cards(code)[0], 5)
    load_values(CARDS[:-1])
    assert [card.code for card in ValueCard.objects.placed_by(world["amina"])] == ["V24"]


def test_deleting_a_person_deletes_their_compass_and_own_values(world):
    choose(world["ben"], "V04", own=["Badgers"])
    place(world["ben"], ValueCard.objects.owned_by(world["ben"]).get(), 5)
    ben = world["ben"]
    world["bens_reflection"].delete()
    ben.delete()
    assert not Placing.objects.exists()
    assert not Pick.objects.exists()
    assert not Compass.objects.exists()
