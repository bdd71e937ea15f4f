"""The search of the timeline: in one's own words, all of them, and in nobody else's."""

import re

import pytest

from apps.journal.models import ReflectionValue
from apps.values.models import ValueCard
from tests import factories
from tests.journal.pages import page, text_of


def test_reflection_list_search_finds_every_kind_of_text_and_keeps_the_words_out_of_the_address(amina, world):
    for words in ("HERON", "anybody would", "look out of the window", "diary was full"):
        response = amina.post("/journal/", {"q": words})
        assert page(world["reflection"]) in response.content.decode()
        assert page(world["draft"]) not in response.content.decode()
    assert "No reflection matches" in text_of(amina.post("/journal/", {"q": "badger"}))


def test_reflection_list_search_goes_on_to_older_ones(amina, world):
    for number in range(25):
        factories.make_draft(world["amina"], what_happened=f"needle {number}")
    first = amina.post("/journal/", {"q": "needle"}).content.decode()
    before = re.search(r'name="before" value="([^"]+)"', first)[1]
    second = amina.post("/journal/", {"q": "needle", "before": before}).content.decode()
    assert len(re.findall(r"needle \d+", first)) == 20
    assert len(re.findall(r"needle \d+", second)) == 5


def test_reflection_list_search_finds_the_names_of_own_values(amina, world):
    for author in ("amina", "ben"):
        card = ValueCard.objects.own_card(world[author], f"Birdsong of {author}")
        reflection = factories.make_draft(world[author], what_happened=f"at {author}'s")
        ReflectionValue.objects.create(reflection=reflection, card=card)
    half_typed = factories.make_draft(world["amina"], what_happened="magpie", new_value="Birdsongs")
    found = amina.post("/journal/", {"q": "birdsong"}).content.decode()
    assert page(half_typed) in found
    assert re.findall(r"at \w+&#x27;s", found) == ["at amina&#x27;s"]


def test_reflection_list_search_asks_as_often_for_many_as_for_few(amina, world, django_assert_max_num_queries):
    card = ValueCard.objects.own_card(world["amina"], "Birdsong")
    for _ in range(15):
        reflection = factories.make_reflection(world["amina"])
        ReflectionValue.objects.create(reflection=reflection, card=card)
    with django_assert_max_num_queries(10):
        assert "Completed" in text_of(amina.post("/journal/", {"q": "birdsong"}))


def test_reflection_list_search_from_an_older_page_looks_at_newer_ones_too_and_keeps_the_filters(amina, world):
    before = f"2020-01-01T00:00:00Z_{world['reflection'].pk}"
    html = amina.get("/journal/", {"before": before, "state": "completed"}).content.decode()
    address = re.search(r'<form method="post" action="([^"]+)" role="search"', html)[1]
    found = text_of(amina.post(address, {"q": "planted words"}))
    assert "heron" in found
    assert "otter" not in found
    assert "Newest" in html


@pytest.mark.parametrize("query", ["", "?state=completed"])
@pytest.mark.parametrize(
    ("q", "said"), [("heron" * 41, "Search for fewer words"), ("heron\0", "Search without hidden characters")]
)
def test_reflection_list_search_that_cannot_be_done_says_so_and_lists_nothing(amina, query, q, said):
    response = amina.post(f"/journal/{query}", {"q": q})
    words = text_of(response)
    assert words.startswith("Error: Your reflections")
    assert f"There is a problem {said}" in words
    assert 'href="#id_q"' in response.content.decode()
    assert "planted words" not in words
    assert "No reflection matches" not in words
    assert "You have not started" not in words
