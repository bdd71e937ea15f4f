"""Strategies of one's own: written, changed and deleted by their author, and seen by nobody else."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from apps.coping.models import MOST_OWN, OwnStrategy, Strategy
from tests.coping.own import LARK, sent, write
from tests.journal.pages import text_of

ADD, LIST = "/coping/own/add/", "/coping/own/"


@pytest.fixture
def lark(world):
    """Amina's own strategy; Ben has one too."""
    write(world["ben"], name="Bittern bath")
    return write(world["amina"])


def hers(world):
    return [own.says for own in OwnStrategy.objects.owned_by(world["amina"])]


def test_own_list_shows_mine_by_name_and_not_theirs(amina, world, lark, django_assert_num_queries):
    write(world["amina"], name="avocet hour")
    with django_assert_num_queries(4):  # session, person, own, sent to the editors
        words = text_of(amina.get(LIST))
    assert words.index("avocet hour") < words.index("Skylark walk")
    assert "Bittern" not in words


def test_strategy_list_shows_and_searches_mine_and_not_theirs(amina, lark):
    assert "You have written 1 of your own." in text_of(amina.get("/coping/"))
    assert "Skylark walk" in text_of(amina.post("/coping/", {"words": "skylark FIELD"}))
    assert "Skylark walk" in text_of(amina.get("/coping/", {"challenge": "C4", "minutes": "10"}))
    for other in ({"challenge": "C1"}, {"minutes": "5"}, {"family": "change-the-system"}):
        assert "Skylark" not in text_of(amina.get("/coping/", other)), other
    assert "Bittern" not in text_of(amina.post("/coping/", {"words": "bittern"}))


def test_own_detail_says_what_was_written(amina, lark):
    words = text_of(amina.get(lark.get_absolute_url()))
    assert "Leave by the back door Walk round the skylark field once" in words
    assert "10 minutes" in words


def test_own_add_keeps_what_was_typed_and_no_owner_that_a_browser_names(amina, world):
    data = sent(page_key=str(uuid.uuid4()), owner=str(world["ben"].pk))
    page = amina.post(ADD, data, follow=True)
    assert "Your strategy is saved. Only you can see it." in text_of(page)
    assert hers(world) == [LARK]


def test_own_add_pressed_twice_makes_one_and_other_words_from_the_same_page_another(amina, world):
    data = sent(page_key=str(uuid.uuid4()))
    first, second = amina.post(ADD, data), amina.post(ADD, data)
    assert first.url == second.url
    amina.post(ADD, data | {"name": "Plover hour"})
    assert sorted(says["name"] for says in hers(world)) == ["Plover hour", "Skylark walk"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": " "}, "Enter a name for it"),
        ({"name": "x" * 81}, "“Name” can hold 80 characters. It has 81 now, so shorten it"),
        ({"what_to_do": ""}, "Write what to do, in one step or more"),
        ({"what_to_do": "a\x08b"}, "Line 1 holds a hidden character that cannot be saved"),
        ({"minutes": "0"}, "Enter how many minutes it takes, from 1 to 240"),
        ({"minutes": "a while"}, "Enter how many minutes it takes, from 1 to 240"),
        ({"categories": ["C99"]}, "Choose kinds of challenge from the list"),
        ({"family": "plans"}, "Select a kind of strategy from the list"),
        ({"page_key": "x"}, "This page was not sent whole"),
    ],
)
def test_own_add_says_what_to_mend_and_keeps_every_word(amina, world, wrong, message):
    page = amina.post(ADD, sent(page_key=str(uuid.uuid4())) | wrong).content.decode()
    assert "<title>Error: " in page
    assert page.count(message) >= 1
    assert "skylark field" in page or "what_to_do" in wrong
    assert hers(world) == []


def test_own_add_beyond_the_most_there_is_room_for_keeps_the_words_and_says_so(amina, world):
    OwnStrategy.objects.bulk_create(
        OwnStrategy(owner=world["amina"], page_key=uuid.uuid4(), name="x", minutes=1) for _ in range(MOST_OWN)
    )
    write(world["ben"])
    page = text_of(amina.post(ADD, sent(page_key=str(uuid.uuid4()))))
    assert "You have 100 strategies of your own, the most there is room for. Delete one" in page
    assert "skylark field" in page
    assert "To write another, delete one first." in text_of(amina.get(LIST))
    assert len(hers(world)) == MOST_OWN


def test_own_add_after_the_sign_in_ran_out_gives_the_words_back(client, world):
    page = client.post(ADD, sent(), headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 401
    assert "Walk round the skylark field once" in page.content.decode()


def test_own_change_keeps_the_new_words(amina, world, lark):
    address = f"{lark.get_absolute_url()}change/"
    assert 'value="Skylark walk"' in amina.get(address).content.decode()
    new = LARK | {"name": "Skylark run", "categories": ""}
    assert amina.post(address, sent(new, version=1)).url == lark.get_absolute_url()
    assert hers(world) == [new]
    assert amina.post(address, sent(new, version=1)).status_code == 302, "a second press is no clash"


def test_own_change_made_from_an_older_page_shows_both_and_loses_neither(amina, world, lark):
    address = f"{lark.get_absolute_url()}change/"
    amina.post(address, sent(name="Skylark run", version=1))
    page = amina.post(address, sent(name="Skylark sprint", version=1))
    assert page.status_code == 409
    assert "You changed this strategy in another tab." in text_of(page)
    assert "Skylark run" in text_of(page)
    assert 'value="Skylark sprint"' in page.content.decode()
    assert hers(world)[0]["name"] == "Skylark run"
    amina.post(address, page.context["form"].data)
    assert hers(world)[0]["name"] == "Skylark sprint"


def test_own_delete_asks_and_then_deletes_mine_alone(amina, world, lark):
    address = f"{lark.get_absolute_url()}delete/"
    assert "Plans that you made with it keep its name." in text_of(amina.get(address))
    assert len(hers(world)) == 1
    assert amina.post(address).url == LIST
    assert hers(world) == []
    assert OwnStrategy.objects.owned_by(world["ben"]).count() == 1


def test_own_strategies_go_with_the_account(world, lark):
    world["ben"].delete()
    assert OwnStrategy.objects.get() == lark


def test_no_strategy_of_the_library_can_take_the_address_of_ones_own(world):
    with pytest.raises(IntegrityError, match="strategy_slug_leaves_pages_free"), transaction.atomic():
        Strategy.objects.create(slug="own")
