"""Value cards: whose they are, and how the library's are loaded."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.core.reviewed import ContentError
from apps.values.cards import VALUES_FILE, read_values
from apps.values.loading import load_values
from apps.values.models import ValueCard
from tests import factories

CARDS = read_values()


@pytest.fixture
def empty_library(db):
    """A database into which no card was loaded yet."""
    ValueCard.objects.library().delete()


@pytest.fixture
def amina(db):
    return factories.make_person("amina@example.nhs.uk")


@pytest.fixture
def ben(db):
    return factories.make_person("ben@example.nhs.uk")


def names(cards):
    return [card.name for card in cards]


@pytest.mark.usefixtures("empty_library")
def test_load_values_makes_every_card_in_the_order_of_the_file():
    assert len(load_values().added) == 24
    assert names(ValueCard.objects.library()) == [card.name for card in CARDS]


@pytest.mark.django_db
def test_load_values_again_writes_nothing():
    load_values()
    with CaptureQueriesContext(connection) as queries:
        report = load_values()
    assert str(report) == "0 added, 0 updated, 24 unchanged, 0 differing"
    assert [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


@pytest.mark.django_db
def test_load_values_rewords_a_card_and_keeps_its_id():
    load_values()
    before = ValueCard.objects.library().get(code="V04").pk
    cards = [replace(card, summary="Being moved, and kind.") if card.code == "V04" else card for card in CARDS]
    assert load_values(cards).updated == ["V04 Compassion"]
    after = ValueCard.objects.library().get(code="V04")
    assert (after.pk, after.summary) == (before, "Being moved, and kind.")


def test_load_values_retires_a_card_that_is_gone_and_brings_it_back(amina):
    load_values()
    load_values(CARDS[:-1])
    assert "Integrity" not in names(ValueCard.objects.available_to(amina))
    assert ValueCard.objects.library().get(code="V24").retired
    load_values()
    assert "Integrity" in names(ValueCard.objects.available_to(amina))


def test_load_values_leaves_own_cards_alone(amina):
    own = ValueCard.objects.own_card(amina, "Faith")
    load_values()
    load_values(CARDS[:3])
    own.refresh_from_db()
    assert (own.name, own.retired) == ("Faith", False)


def test_available_to_gives_own_cards_first_and_nobody_else_s(amina, ben):
    load_values()
    ValueCard.objects.own_card(amina, "Faith")
    ValueCard.objects.own_card(amina, "Music")
    ValueCard.objects.own_card(ben, "Ben's own")
    assert names(ValueCard.objects.available_to(amina)) == ["Faith", "Music", *(card.name for card in CARDS)]
    assert names(ValueCard.objects.owned_by(amina)) == ["Faith", "Music"]


def test_own_card_is_made_once_whatever_its_capitals(amina):
    card = ValueCard.objects.own_card(amina, "  Faith ")
    assert card.is_own
    assert card.name == "Faith"
    assert ValueCard.objects.own_card(amina, "FAITH") == card


def test_own_card_called_like_a_library_card_is_that_card(amina):
    load_values()
    card = ValueCard.objects.own_card(amina, "compassion")
    assert (card.code, card.is_own) == ("V04", False)
    assert not ValueCard.objects.owned_by(amina).exists()


def test_own_card_never_finds_somebody_else_s(amina, ben):
    bens = ValueCard.objects.own_card(ben, "Faith")
    assert ValueCard.objects.own_card(amina, "Faith") != bens


def test_own_card_is_sealed_in_the_database(amina):
    card = ValueCard.objects.own_card(amina, "Heronlike patience")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM values_valuecard WHERE owner_id IS NOT NULL")
        (stored,) = cursor.fetchone()
    assert stored
    assert b"Heronlike" not in bytes(stored)
    assert ValueCard.objects.owned_by(amina).get(pk=card.pk).name == "Heronlike patience"


@pytest.mark.parametrize("mixed", [{"code": "V99", "owned": True}, {"code": None, "owned": False}])
def test_card_that_is_both_or_neither_the_library_s_and_a_person_s_is_refused(amina, mixed):
    with pytest.raises(IntegrityError, match="value_card_is_the_library_s_or_a_person_s"), transaction.atomic():
        ValueCard.objects.create(code=mixed["code"], owner=amina if mixed["owned"] else None, name="Mixed")


def test_read_values_refuses_the_same_id_twice(tmp_path):
    path = tmp_path / "values.toml"
    path.write_text(VALUES_FILE.read_text(encoding="utf-8").replace('"V02"', '"V01"'), encoding="utf-8")
    with pytest.raises(ContentError, match=r"values.toml: two cards have the same id"):
        read_values(path)
