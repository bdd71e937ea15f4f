"""The compass's page: what it shows and draws, and of whom."""

import pytest
from django.utils import timezone

from apps.values.compass import SHOWN
from apps.values.loading import load_values
from apps.values.models import ValueCard
from tests.accounts.pages import heading_of, sign_in, text_of
from tests.values.pages import COMPASS, SKIP, cards, choose, drawings, drawn_numbers, place, tables, title
from tests.values.test_cards import CARDS


def test_compass_before_anything_was_chosen_says_what_it_is_and_where_to_begin(amina):
    page = amina.get(COMPASS)
    assert heading_of(page) == "Your values compass"
    assert 'href="/values/choose/"' in page.content.decode()
    assert "There is no total and no right answer" in text_of(page)
    assert drawings(page) == []


def test_compass_with_values_not_placed_yet_lists_them_without_a_drawing(amina, world):
    choose(world["amina"], "V04", "V05")
    page = amina.get(COMPASS)
    assert "A. Compassion Not placed yet B. Improving lives Not placed yet" in text_of(page)
    assert drawings(page) == []


def test_compass_draws_the_numbers_of_its_table(amina, world):
    first, second, third = choose(world["amina"], "V04", "V05", own=["Herons"])
    place(world["amina"], first, 9, 0)
    place(world["amina"], third, 10)
    page = amina.get(COMPASS)
    compass = drawings(page)[0]
    assert drawn_numbers(compass) == tables(page)[0] == [0, 10]
    assert compass.get("role") == "img"
    said = "Your values compass. A, Herons: 0. B, Compassion: not placed yet. C, Improving lives: 10."
    assert title(compass) == said
    assert (first.name, second.name, third.name) == ("Herons", "Compassion", "Improving lives")


def test_compass_draws_each_line_with_the_numbers_of_its_table(amina, world):
    (card,) = choose(world["amina"], "V04")
    place(world["amina"], card, 3, 4, 4, 10, 0)
    page = amina.get(COMPASS)
    line = drawings(page)[1]
    heights = [float(dot.get("cy")) for dot in line.iter() if dot.get("class") == "app-plot__dot"]
    assert tables(page)[1] == [3, 4, 4, 10, 0]
    assert [(92 - height) / 8 for height in heights] == tables(page)[1]
    assert [len(part.get("points").split()) for part in line.iter() if part.get("points")] == [5]


@pytest.mark.parametrize(
    ("closenesses", "words"),
    [
        ([6], "Placed once, at 6, on 23 November 2026."),
        ([6, 6], "Placed twice, from 22 November 2026 to 23 November 2026. Each time at 6. Fewer than five placings"),
        ([5, 2, 7], "Placed 3 times, from 21 November 2026 to 23 November 2026. The lowest was 2, the highest 7."),
    ],
)
def test_compass_says_the_days_and_the_range_in_words(client, world, time_machine, closenesses, words):
    time_machine.move_to("2026-11-23 09:00+00:00")
    client.force_login(world["amina"])
    place(world["amina"], choose(world["amina"], "V04")[0], *closenesses)
    assert words in text_of(client.get(COMPASS))


def test_compass_says_the_day_of_the_clock_on_the_wall(client, world, time_machine):
    time_machine.move_to("2026-06-30 23:30+00:00")  # half past midnight in British summer time
    client.force_login(world["amina"])
    place(world["amina"], choose(world["amina"], "V04")[0], 6)
    page = text_of(client.get(COMPASS))
    assert "Placed once, at 6, on 1 July 2026" in page
    assert "A. Compassion 6 1 Jul 2026" in page


@pytest.mark.parametrize(("number", "says_so"), [(1, False), (2, True), (4, True), (5, False)])
def test_compass_of_fewer_than_five_placings_draws_no_line_and_says_so(amina, world, number, says_so):
    place(world["amina"], choose(world["amina"], "V04")[0], *range(number))
    page = amina.get(COMPASS)
    assert ("Fewer than five placings, so no line is drawn" in text_of(page)) == says_so
    assert (b"<polyline" in page.content) == (number >= 5)


def test_compass_of_very_many_placings_shows_the_newest_and_says_how_many_more_are_kept(amina, world):
    (card,) = choose(world["amina"], "V04")
    place(world["amina"], card, *([1] * 3 + [7] * SHOWN))
    page = amina.get(COMPASS)
    assert tables(page)[1] == [7] * SHOWN
    assert f"Your last {SHOWN} placings" in text_of(page)
    assert "3 earlier ones are kept and not shown here." in text_of(page)


def test_compass_shows_values_taken_off_after_those_on_it_the_latest_first(amina, world):
    now, *before = choose(world["amina"], "V04", "V05", "V06")
    for card, days in zip(before, ([8, 8, 8], [9]), strict=True):
        place(world["amina"], card, *days)
    place(world["amina"], now, 5)
    choose(world["amina"], "V04")
    words = text_of(amina.get(COMPASS))
    assert words.index("How it moved") < words.index("Placed once, at 5") < words.index("Values you placed before")
    assert words.index("Values you placed before") < words.index("Everyone counts") < words.index("Improving lives")


def test_compass_keeps_a_value_that_the_library_retired(amina, world):
    place(world["amina"], choose(world["amina"], "V24")[0], 5)
    load_values(CARDS[:-1])
    assert "A. Integrity 5" in text_of(amina.get(COMPASS))


def test_compass_shows_mine_and_nothing_of_theirs(client, world):
    place(world["ben"], choose(world["ben"], own=["Badgers"])[0], 2)
    place(world["amina"], choose(world["amina"], own=["Herons"])[0], 9)
    for person, own, others in (("amina", "Herons", "Badgers"), ("ben", "Badgers", "Herons")):
        client.force_login(world[person])
        words = text_of(client.get(COMPASS))
        assert own in words
        assert others not in words


def test_compass_shows_ones_own_words_as_words(amina, world):
    place(world["amina"], choose(world["amina"], own=["<b>Tea & </title>"])[0], 2, 3)
    page = amina.get(COMPASS)
    assert b"<b>Tea" not in page.content
    assert title(drawings(page)[0]) == "Your values compass. A, <b>Tea & </title>: 3."


@pytest.mark.parametrize("placings", [0, 200])
def test_compass_asks_the_database_as_often_however_often_it_was_placed(
    client, world, django_assert_num_queries, placings
):
    five = choose(world["amina"], "V01", "V02", "V03", "V04", own=["Herons"])
    for card in [*five, *cards("V10", "V11")]:
        place(world["amina"], card, *[5] * placings)
    client.force_login(world["amina"])
    with django_assert_num_queries(5):  # session, person, picks, placings, cards
        client.get(COMPASS)


@pytest.mark.parametrize("phase", ["values", "quick"])
def test_a_reflection_offers_the_values_of_the_compass_first_at_no_further_query(
    amina, world, django_assert_max_num_queries, phase
):
    address = f"/journal/{world['draft'].pk}/{phase}/"
    with django_assert_max_num_queries(20) as before:
        amina.get(address)
    ValueCard.objects.own_card(world["amina"], "Faith")
    choose(world["amina"], "V20", own=["Herons"])
    choose(world["ben"], "V09")
    with django_assert_max_num_queries(len(before)):
        words = text_of(amina.get(address)).partition("Which of your values does this touch?")[2]
    first = [cards("V20")[0].name, "Herons", "Faith", "Working together for patients"]
    assert sorted(first[:2], key=words.index) + sorted(first[2:], key=words.index) == sorted(first, key=words.index)


def test_home_offers_the_compass_until_values_are_chosen(amina, world):
    assert "Place your values" in text_of(amina.get("/"))
    choose(world["ben"], "V04")
    assert "Place your values" in text_of(amina.get("/"))
    choose(world["amina"], "V04")
    assert "Place your values" not in text_of(amina.get("/"))


def test_sign_in_leads_to_the_offer_of_a_compass_until_it_is_skipped_for_good(client, world):
    for offered in (True, False):
        assert sign_in(client, "ben@example.nhs.uk").url == "/"
        assert ("Place your values" in text_of(client.get("/"))) == offered
        client.post(SKIP)
        client.logout()


@pytest.mark.parametrize(("reflection", "leads"), [("reflection", True), ("draft", False)])
def test_a_completed_reflection_leads_to_the_compass(amina, world, reflection, leads):
    page = amina.get(f"/journal/{world[reflection].pk}/").content.decode().partition("<main")[2]
    assert (f'href="{COMPASS}"' in page) == leads


def test_compass_says_when_each_value_was_placed(amina, world):
    place(world["amina"], choose(world["amina"], "V04")[0], 6)
    assert f"Compassion 6 {timezone.localdate():%-d %b %Y}" in text_of(amina.get(COMPASS))
