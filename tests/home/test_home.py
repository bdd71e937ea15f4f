import pytest
from django.urls import reverse

from tests.accounts.pages import heading_of, text_of
from tests.factories import make_draft, make_reflection


def test_home_signed_out_says_what_keel_is_for_whom_and_who_sees_what(client, db):
    page = client.get("/")
    words = text_of(page)
    assert "Psychological Wellbeing Practitioners" in words
    assert all(phase in words for phase in ("Work challenge", "Values connection", "Coping"))
    assert "No manager, supervisor or colleague can see it here" in words
    assert f'href="{reverse("account_signup")}"' in page.content.decode()
    assert f'href="{reverse("account_login")}"' in page.content.decode()


def test_home_signed_out_by_invitation_says_that_one_is_needed(client, db, settings):
    settings.SIGNUP = "invitation"
    assert "You need an invitation" in text_of(client.get("/"))


def test_home_signed_in_starts_a_reflection(amina):
    page = amina.get("/")
    assert heading_of(page) == "Home"
    assert f'href="{reverse("journal:reflection_start")}"' in page.content.decode()
    assert "Start a reflection" in text_of(page)


def test_home_shows_a_draft_with_how_far_it_is_and_goes_on_at_its_next_phase(amina, world):
    draft = make_draft(world["amina"], version=1, challenge_version=1)
    page = amina.get("/")
    assert reverse("journal:reflection_values", args=[draft.pk]) in page.content.decode()
    assert "Work challenge: saved Values connection: not started Coping: not started" in text_of(page)


def test_home_goes_on_with_a_quick_capture_on_its_page_and_with_a_whole_draft_at_the_check(amina, world):
    quick = make_draft(world["amina"], kind="quick")
    whole = make_draft(world["amina"], version=3, challenge_version=1, values_version=2, coping_version=3)
    page = amina.get("/").content.decode()
    assert reverse("journal:reflection_quick", args=[quick.pk]) in page
    assert reverse("journal:reflection_detail", args=[whole.pk]) in page


def test_home_shows_no_words_of_a_draft(amina):
    assert "otter" not in text_of(amina.get("/"))


def test_home_shows_five_drafts_and_the_way_to_the_rest(amina, world):
    for _ in range(5):
        make_draft(world["amina"])
    page = amina.get("/")
    assert page.content.decode().count("nhsuk-card--clickable") == 5
    assert "See all your drafts" in text_of(page)


def test_home_does_not_say_of_a_quick_capture_that_phases_are_saved(amina, world):
    world["draft"].delete()
    make_draft(world["amina"], kind="quick", version=1, challenge_version=1, values_version=1, coping_version=1)
    words = text_of(amina.get("/"))
    assert "Quick capture of" in words
    assert ": saved" not in words
    assert "not started" not in words


def test_home_counts_plans_whose_day_has_come_and_shows_none_of_their_words(client, world, time_machine):
    time_machine.move_to("2026-11-24 09:00+00:00")
    client.force_login(world["amina"])
    make_reflection(world["amina"])
    page = client.get("/")
    assert "The day has come to look back on 2 plans. Look back on your plans" in text_of(page)
    assert f'href="{reverse("journal:plan_list")}"' in page.content.decode()
    assert "look out of the window" not in text_of(page)


def test_home_says_nothing_of_a_plan_before_its_day(client, world, time_machine):
    time_machine.move_to("2026-11-23 23:59+00:00")
    client.force_login(world["amina"])
    assert "Plans to look back on" not in text_of(client.get("/"))


def test_home_of_another_person_shows_nothing_of_mine(client, world, time_machine):
    time_machine.move_to("2026-11-25 09:00+00:00")
    client.force_login(world["sam"])
    page = client.get("/")
    assert str(world["draft"].pk) not in page.content.decode()
    assert "Nothing waits for you" in text_of(page)


@pytest.mark.parametrize("more", [0, 20])
def test_home_asks_the_database_as_often_however_much_there_is(
    client, world, django_assert_num_queries, time_machine, more
):
    time_machine.move_to("2026-11-25 09:00+00:00")
    client.force_login(world["amina"])
    for _ in range(more):
        make_draft(world["amina"])
        make_reflection(world["amina"])
    with django_assert_num_queries(6):  # session, person, drafts, number of plans, patterns, compass
        client.get("/")


@pytest.mark.parametrize("address", ["/", "/support/", "/about/", "/privacy/", "/accessibility/", "/health/live/"])
def test_open_page_takes_no_post(client, db, address):
    assert client.post(address).status_code == 405
