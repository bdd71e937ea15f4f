"""The library's pages."""

import re

import pytest
from django.urls import reverse

from apps.coping.models import Strategy
from tests import factories
from tests.journal.pages import text_of

LIST = "/coping/"


@pytest.fixture
def reader(client, db):
    """A browser in which somebody is signed in."""
    client.force_login(factories.make_person("reader@example.nhs.uk"))
    return client


def codes(response):
    return [strategy.code for _, shelf in response.context["shelves"] for strategy in shelf]


def test_strategy_list_shows_every_published_strategy_by_family(reader):
    response = reader.get(LIST)
    assert codes(response) == [f"S{number:02}" for number in range(1, 41)]
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert page.index("Reset between sessions") < page.index("Change the system") < page.index("Help for me")
    assert 'href="/coping/reset-minute/"' in page
    assert "10 to 30 minutes" in page


def test_strategy_list_asks_the_database_as_often_for_forty_as_for_one(reader, django_assert_num_queries):
    with django_assert_num_queries(5):  # the session, the person, the library, one's own, one's favourites
        reader.get(LIST)
    Strategy.objects.exclude(code="S01").update(state=Strategy.State.RETIRED)
    with django_assert_num_queries(5):
        reader.get(LIST)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"family": "live-the-value"}, ["S10", "S11", "S12"]),
        ({"challenge": "C7", "family": "recover"}, ["S27", "S28"]),
        ({"challenge": "C9", "family": "make-sense"}, ["S08", "S09"]),
        ({"minutes": "2"}, ["S01"]),
        ({"locus": "C", "family": "reset-between-sessions"}, ["S02", "S03", "S04"]),
        ({"locus": "O", "family": "recover"}, ["S28"]),
    ],
)
def test_strategy_list_shows_what_meets_all_that_is_asked(reader, asked, found):
    response = reader.get(LIST, asked)
    assert codes(response) == found
    assert f"Showing {len(found)} of 40 strategies." in response.content.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("headset", ["S01"]),
        ("RISK assessment", ["S34"]),
        ("today's date", ["S03"]),
        ("nothing-says-this", []),
    ],
)
def test_strategy_list_search_finds_words_that_are_posted(reader, words, found):
    response = reader.post(LIST, {"words": words})
    assert codes(response) == found
    assert f"Showing {len(found)} of 40 strategies." in response.content.decode()


def test_strategy_list_search_keeps_the_filters_and_its_words_out_of_the_address(reader):
    page = reader.get(LIST, {"family": "live-the-value"}).content.decode()
    method, address = re.search(r'<form method="(\w+)" action="([^"]+)" role="search"', page).groups()
    assert method == "post"
    assert codes(reader.post(address, {"words": "the"})) == ["S10", "S11", "S12"]
    assert len(codes(reader.get(LIST, {"words": "headset"}))) == 40
    assert 'name="words"' not in page[page.index('<form method="get"') :]


def test_strategy_list_says_what_to_do_when_nothing_meets_it(reader):
    assert "Try fewer words" in reader.post(LIST, {"words": "zebra"}).content.decode()


def test_strategy_list_search_for_too_much_says_so(reader):
    page = reader.post(LIST, {"words": "x" * 101}).content.decode()
    assert "<title>Error: " in page
    assert "Search for fewer words" in page


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"challenge": "C99"}, "Select a kind of challenge from the list"),
        ({"family": "’;--"}, "Select a kind of strategy from the list"),
        ({"minutes": "soon"}, "Select a time from the list"),
        ({"locus": "X"}, "Select where the cause lies from the list"),
    ],
)
def test_strategy_list_says_what_makes_no_sense_and_still_shows_the_library(reader, asked, message):
    response = reader.get(LIST, asked)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert len(codes(response)) == 40


def test_strategy_list_keeps_what_makes_sense_beside_what_does_not(reader):
    assert codes(reader.get(LIST, {"challenge": "C99", "family": "live-the-value"})) == ["S10", "S11", "S12"]


def test_strategy_list_of_an_empty_library_says_so(reader, empty_library):
    assert "The library is empty" in reader.get(LIST).content.decode()


def test_strategy_detail_says_what_to_do_and_what_it_rests_on(reader):
    page = reader.get("/coping/reset-minute/").content.decode()
    for text in (
        "Take off your headset and stand up.",
        "Time: 2 minutes",
        "Holding distress",
        "Trial evidence.",
        "Across studies of short breaks",
        "We read the abstract.",
        'href="https://pmc.ncbi.nlm.nih.gov/articles/PMC9432722/"',
        "a minute may not be enough",
    ):
        assert text in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("what-worked", "Any kind of challenge."),
        ("get-support-for-yourself", "Any kind of challenge, above all these:"),
    ],
)
def test_strategy_detail_says_so_where_it_fits_any_challenge(reader, slug, sentence):
    assert sentence in reader.get(f"/coping/{slug}/").content.decode()


def test_strategy_detail_draws_every_strategy_in_five_queries(reader, django_assert_num_queries):
    for strategy in list(Strategy.objects.published()):
        with django_assert_num_queries(5):  # the session, the person, the strategy, the mark, one's own record
            assert reader.get(strategy.get_absolute_url()).status_code == 200


def test_strategy_detail_names_the_challenges_it_fits_and_the_examples_it_answers(reader):
    words = text_of(reader.get("/coping/reset-minute/"))
    good_for = words[words.index("What it is good for") : words.index("What it rests on")]
    assert "Volume, pace and targets “My contacts were back to back”" in good_for
    assert "Team, supervision and change" not in good_for


@pytest.mark.parametrize("state", [Strategy.State.DRAFT, Strategy.State.RETIRED])
def test_strategy_detail_is_not_there_unless_published(reader, state):
    Strategy.objects.filter(slug="move").update(state=state)
    assert reader.get("/coping/move/").status_code == 404
    assert "/coping/move/" not in reader.get(LIST).content.decode()


def test_strategy_detail_of_an_unknown_address_is_not_there(reader):
    assert reader.get("/coping/no-such-thing/").status_code == 404


def test_strategy_detail_is_only_read(reader):
    assert reader.post(reverse("coping:strategy_detail", args=["move"])).status_code == 405
