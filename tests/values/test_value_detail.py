"""One value's page: how it moved, and the ways to the reflections that touched it and back."""

import re

import pytest
from django.urls import reverse

from apps.journal.models import ReflectionValue
from apps.values.models import ValueCard
from tests import factories
from tests.accounts.pages import heading_of, text_of, title_of
from tests.values.pages import COMPASS, cards, choose, drawings, place, tables


def address(card: ValueCard) -> str:
    return reverse("values:value_detail", args=[card.pk])


def test_value_detail_says_how_it_moved_and_nothing_of_anybody_elses(client, world):
    (card,) = choose(world["amina"], "V04")
    place(world["amina"], card, 3, 9)
    place(world["ben"], card, 0, 0, 0)
    client.force_login(world["amina"])
    page = client.get(address(card))
    assert "Compassion" in text_of(page)
    assert tables(page) == [[3, 9]]
    assert len(drawings(page)) == 1


def test_value_detail_keeps_ones_own_words_out_of_the_title(amina, world):
    (card,) = choose(world["amina"], own=["<b>Herons"])
    page = amina.get(address(card))
    assert heading_of(page) == "One of your values"
    assert "Herons" not in title_of(page)
    assert b"&lt;b&gt;Herons" in page.content
    assert "You have not placed this value yet" in text_of(page)
    assert "None of your reflections has touched it yet" in text_of(page)


@pytest.mark.parametrize("retired", [False, True])
def test_value_detail_is_there_for_a_retired_card_too(amina, world, retired):
    ValueCard.objects.library().filter(code="V05").update(retired=retired)
    assert amina.get(address(cards("V05")[0])).status_code == 200


def test_a_reflection_leads_to_each_value_it_touched_and_the_value_back_to_it(client, world):
    own = ValueCard.objects.own_card(world["amina"], "Herons")
    ReflectionValue.objects.create(reflection=world["draft"], card=own, stepped_on=True)
    ReflectionValue.objects.create(reflection=world["bens_reflection"], card=cards("V05")[0])
    for name, card in (("reflection", cards("V04")[0]), ("draft", own)):
        client.force_login(world["amina"])
        there, back = f"/journal/{world[name].pk}/", address(card)
        assert f'<a href="{back}">{card.name}</a>' in client.get(there).content.decode()
        assert f'href="{there}"' in client.get(back).content.decode()
        client.force_login(world["ben"])
        assert there not in client.get(address(cards("V04")[0])).content.decode()


def test_value_detail_names_the_newest_five_and_leads_to_all_in_as_many_queries(
    amina, world, django_assert_num_queries
):
    factories.make_many(world["amina"], 30)
    (card,) = choose(world["amina"], "V04")
    place(world["amina"], card, *[5] * 60)
    with django_assert_num_queries(5):  # session, person, card, placings, reflections
        page = amina.get(address(card)).content.decode()
    assert len(re.findall(r'href="/journal/[0-9a-f-]{36}/"', page)) == 5
    assert f'href="/journal/?value={card.pk}"' in page


def test_compass_leads_from_each_value_to_its_page_and_from_each_placed_one_to_its_reflections(amina, world):
    placed, before, waiting = choose(world["amina"], "V04", "V05", "V06")
    for card in (placed, before):
        place(world["amina"], card, 5)
    choose(world["amina"], "V04", "V06")
    page = amina.get(COMPASS).content.decode()
    assert [address(card) in page for card in (placed, before, waiting)] == [True, False, True]
    assert [f"/journal/?value={card.pk}" in page for card in (placed, before, waiting)] == [True, True, False]
