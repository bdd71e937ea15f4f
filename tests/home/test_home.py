import pytest
from django.urls import reverse
from django.utils import timezone

from apps.supervision.actions import confirm_supervisor, end_supervision
from tests.accounts.pages import heading_of, text_of
from tests.factories import answer, make_draft, make_link, make_reflection, make_summary


def test_home_signed_out_says_what_keel_is_for_whom_and_who_sees_what(client, db):
    page = client.get("/")
    words = text_of(page)
    assert "Psychological Wellbeing Practitioners" in words
    assert all(phase in words for phase in ("Work challenge", "Values connection", "Coping"))
    assert "No manager, supervisor or colleague can see it here unless you share it." in words
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


def test_home_says_in_a_line_what_there_is_to_read_to_whoever_it_is_shared_with_and_not_a_word_of_it(client, world):
    link = make_link(world["amina"], world["sam"])
    unread = [make_summary(link, ask="kingfisher"), make_summary(link, ask="kingfisher")]
    make_summary(link, ask="kingfisher", shared=False)
    client.force_login(world["sam"])
    page = client.get("/")
    assert "You can read 2 summaries. All are new. Shared with you" in text_of(page)
    assert f'href="{reverse("supervision:shared_list")}"' in page.content.decode().split("<main")[1]
    assert "Nothing waits for you" not in text_of(page)
    assert not {"kingfisher", "Amina"} & set(text_of(page).replace(":", " ").split())
    for said in ("You can read 2 summaries. 1 is new.", "You can read 2 summaries. Shared with you"):
        client.get(reverse("supervision:shared_detail", args=[unread.pop().pk]))
        assert said in text_of(client.get("/"))
    for person in ("amina", "ben"):
        client.force_login(world[person])
        assert "You can read" not in text_of(client.get("/"))


def test_home_says_to_its_author_that_there_is_an_answer_until_they_open_it_and_again_for_another(client, world):
    summary = make_summary(make_link(world["amina"], world["sam"]), ask="kingfisher")
    client.force_login(world["amina"])
    assert "There is an answer" not in text_of(client.get("/"))
    answer(summary, "wagtail")
    words = text_of(client.get("/"))
    assert "There is an answer to read, to a summary you shared. Read the answer" in words
    assert "wagtail" not in words
    client.force_login(world["ben"])
    assert "There is an answer" not in text_of(client.get("/"))
    client.force_login(world["amina"])
    page, cards = reverse("supervision:summary_detail", args=[summary.pk]), reverse("supervision:summary_list")
    client.head(page)
    assert "There is an answer to read." in text_of(client.get(cards))
    assert "wagtail" in text_of(client.get(page))
    assert "There is an answer" not in text_of(client.get("/"))
    assert "There is an answer. " in text_of(client.get(cards))
    answer(summary, "wagtail", discussed=True)  # the same words, and a tick
    assert "There is an answer" not in text_of(client.get("/"))
    answer(summary, "and a whimbrel", discussed=True)
    assert "There is an answer to read" in text_of(client.get("/"))


def test_home_asks_whoever_invited_to_check_who_accepted_and_says_nothing_of_it_afterwards(client, world):
    link = make_link(world["amina"], world["sam"], confirmed=False)
    for person, told in (("amina", True), ("sam", False), ("ben", False)):
        client.force_login(world[person])
        assert ("Somebody accepted your invitation. Check who accepted" in text_of(client.get("/"))) is told
    confirm_supervisor(by=world["amina"], link=link, now=timezone.now())
    client.force_login(world["amina"])
    assert "Check who accepted" not in text_of(client.get("/"))


def test_home_says_nothing_of_sharing_where_there_is_nothing_or_it_is_over(client, world):
    link = make_link(world["amina"], world["sam"])
    make_summary(link, ask="kingfisher")
    end_supervision(by=world["amina"], link=link, now=timezone.now())
    for person in ("amina", "sam"):
        client.force_login(world[person])
        main = client.get("/").content.decode().split("<main")[1].split("</main")[0]
        assert "Sharing" not in main
        assert "summar" not in main


@pytest.mark.parametrize("more", [0, 20])
def test_home_asks_the_database_as_often_however_much_there_is(
    client, world, django_assert_num_queries, time_machine, more
):
    time_machine.move_to("2026-11-25 09:00+00:00")
    client.force_login(world["amina"])
    link = make_link(world["amina"], world["sam"])
    for _ in range(more):
        make_draft(world["amina"])
        make_reflection(world["amina"])
        make_summary(link)
    with django_assert_num_queries(9):  # session, person, drafts, number of plans, patterns, compass, three of sharing
        client.get("/")


@pytest.mark.parametrize("address", ["/", "/support/", "/about/", "/privacy/", "/accessibility/", "/health/live/"])
def test_open_page_takes_no_post(client, db, address):
    assert client.post(address).status_code == 405
