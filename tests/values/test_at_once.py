"""Two presses of one button at the same moment: one compass, one card, one placing."""

import uuid

import pytest

from apps.values import actions
from apps.values.models import Compass, ValueCard
from tests import factories
from tests.journal.test_at_once import at_once
from tests.values.pages import cards, choose, picked, placings


@pytest.fixture
def amina(transactional_db):
    return factories.make_person("amina@example.nhs.uk")


def test_choosing_four_times_at_once_makes_one_compass_and_one_card_of_ones_own(amina):
    chosen = cards("V04")
    choosing = [lambda: actions.choose_values(by=amina, cards=chosen, own=["Herons"])] * 4
    assert at_once(*choosing) == [None] * 4
    assert picked(amina) == ["Herons", "Compassion"]
    assert ValueCard.objects.owned_by(amina).count() == Compass.objects.owned_by(amina).count() == 1


def test_choosing_in_two_tabs_at_once_ends_as_one_of_them_chose(amina):
    one, other = cards("V04", "V05"), cards("V06")
    acts = [lambda chosen=chosen: actions.choose_values(by=amina, cards=chosen) for chosen in (one, other)]
    assert at_once(*acts) == [None, None]
    assert picked(amina) in (["Compassion", "Improving lives"], ["Everyone counts"])


def test_placing_four_times_at_once_from_one_page_is_one_placing(amina):
    (card,) = choose(amina, "V04")
    key = uuid.uuid4()
    placing = [lambda: actions.place_values(by=amina, page_key=key, closeness={card.pk: 6})] * 4
    assert at_once(*placing) == [None] * 4
    assert placings(amina) == [("Compassion", 6)]
