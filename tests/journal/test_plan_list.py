"""One's own plans: those whose day has come, those to come, those that are done; by the clock on the wall."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from apps.journal.models import FollowUp, Plan
from tests import factories
from tests.journal.pages import text_of

LIST = "/coping/plans/"


def make_plan(author, **fields) -> Plan:
    """A plan of a completed reflection, with `fields`."""
    plan = factories.make_reflection(author).plans.get()
    Plan.objects.filter(pk=plan.pk).update(**fields)
    return plan


def answer(plan, number=1, **said) -> FollowUp:
    """An answer to `plan`: done, helped 3 and kept, but for `said`."""
    return plan.answer(**{"number": number, "did": "yes", "helped": 3, "note": "", "then": "keep"} | said)


def plans_under(response) -> dict[str, int]:
    """How many plans stand under each heading."""
    main = response.content.decode().partition("</main>")[0]
    parts = re.split(r"<h2[^>]*>(.*?)</h2>", main)
    return {title: body.count('<div class="nhsuk-card">') for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def test_plan_list_shows_a_plan_whose_day_has_come_to_its_author_alone(client, world):
    plan = Plan.objects.owned_by(world["amina"]).get()
    plan.will, plan.look_back_on = "count the swifts", timezone.localdate()
    plan.save()
    for person, shown in (("amina", True), ("ben", False)):
        client.force_login(world[person])
        words = text_of(client.get(LIST))
        assert ("count the swifts" in words) == shown


def test_plan_list_shows_what_waits_what_is_to_come_and_what_is_done(client, world, time_machine):
    time_machine.move_to("2026-11-24 08:00+00:00")
    Plan.objects.owned_by(world["ben"]).update(look_back_on=date(2026, 11, 24))
    make_plan(world["amina"], look_back_on=date(2026, 11, 25))
    make_plan(world["amina"], looked_back_at=timezone.now())
    make_plan(world["amina"], look_back_on=None)  # a quick capture asks for no day
    client.force_login(world["amina"])
    assert plans_under(client.get(LIST)) == {"Due": 1, "Upcoming": 1, "No day set": 1, "Done": 1}
    client.force_login(world["ben"])
    assert plans_under(client.get(LIST)) == {"Due": 1, "Upcoming": 0, "Done": 0}


def test_plan_list_leaves_out_the_plans_of_a_reflection_that_is_open_again(client, world, time_machine):
    time_machine.move_to("2026-11-24 08:00+00:00")
    world["reflection"].reopen()
    client.force_login(world["amina"])
    assert plans_under(client.get(LIST)) == {"Due": 0, "Upcoming": 0, "Done": 0}


def test_plan_list_says_of_a_plan_that_is_done_what_was_answered(client, world, time_machine):
    time_machine.move_to("2026-11-26 08:00+00:00")
    plan = make_plan(world["amina"], looked_back_at=timezone.now())
    answer(plan, did="no", helped=None)
    answer(plan, 2, then="drop")
    client.force_login(world["amina"])
    words = text_of(client.get(LIST))
    assert "26 November 2026: not done" in words
    assert "26 November 2026: done, helped 3 out of 4" in words


@pytest.mark.parametrize("hour", ["2027-03-28 00:30+00:00", "2027-03-28 12:00+01:00"])
@pytest.mark.parametrize(
    ("due_at", "due"),
    [
        ("2027-03-28 23:59+01:00", False),
        ("2027-03-28 23:30+00:00", True),  # half past midnight by the clock on the wall
        ("2027-03-29 00:00+01:00", True),
    ],
)
def test_a_plan_for_tomorrow_falls_due_at_local_midnight_across_the_change_to_summer_time(
    world, time_machine, hour, due_at, due
):
    time_machine.move_to(hour)
    plan = Plan.objects.owned_by(world["amina"]).get()
    plan.keep(look_back="tomorrow", today=timezone.localdate())
    assert plan.look_back_on == date(2027, 3, 29)
    time_machine.move_to(due_at)
    assert Plan.objects.owned_by(world["amina"]).to_look_back_on(today=timezone.localdate()).exists() == due


def test_plan_list_is_cut_into_pages_that_together_show_each_plan_that_is_done_once(client, world):
    client.force_login(world["amina"])
    moment = timezone.now()
    made = [make_plan(world["amina"], looked_back_at=moment - timedelta(days=n // 3)).pk for n in range(43)]
    found, where = [], LIST
    while where:
        page = client.get(where).content.decode()
        found += re.findall(r"/coping/plans/([0-9a-f-]{36})/", page[page.index(">Done<") :])
        older = re.search(r'href="(\?before=[^"]+)" rel="next"', page)
        where = older and LIST + older[1]
    assert len(found) == 43
    assert {str(pk) for pk in made} == set(found)


def test_plan_list_leads_to_every_plan_without_a_day_once(client, world):
    client.force_login(world["amina"])
    made = factories.make_many(world["amina"], 43, look_back_on=None)
    found, where = [], LIST
    while where:
        body = client.get(where).content.decode().partition(">No day set<")[2].partition("<h2")[0]
        found += re.findall(r"/coping/plans/([0-9a-f-]{36})/", body)
        older = re.search(r'href="(\?no_day=[^"]+)"', body)
        where = older and LIST + older[1]
    assert sorted(found) == sorted(str(plan.pk) for plan in made)
    assert ">Due<" not in client.get(LIST, {"no_day": "x"}).content.decode()


@pytest.mark.parametrize(
    "key", ["", "x", "_", "2026-11-26_x", "2026-11-26T08:00:00_00000000-0000-0000-0000-000000000000"]
)
def test_plan_list_from_a_key_that_makes_no_sense_starts_at_the_top(client, world, key):
    client.force_login(world["amina"])
    make_plan(world["amina"], looked_back_at=timezone.now())
    assert plans_under(client.get(LIST, {"before": key}))["Done"] == 1


@pytest.mark.parametrize("more", [0, 50])
def test_plan_list_asks_the_database_as_often_however_many_plans_there_are(
    client, world, time_machine, django_assert_num_queries, more
):
    time_machine.move_to(datetime(2026, 11, 24, 9))  # noqa: DTZ001  by the clock on the wall
    client.force_login(world["amina"])
    for number in range(1 + more):
        answer(make_plan(world["amina"], looked_back_at=timezone.now()))
        make_plan(world["amina"], look_back_on=date(2026, 11, 25 + number % 5))
    with django_assert_num_queries(7):  # session, person, due, to come, without a day, done and their answers
        page = client.get(LIST).content.decode()
    assert page.count('<div class="nhsuk-card">') == (41 if more else 3)


@pytest.mark.parametrize("more", [0, 30])
def test_plan_look_back_asks_the_database_as_often_however_often_it_was_answered(
    client, world, django_assert_num_queries, more
):
    client.force_login(world["amina"])
    plan = world["reflection"].plans.get()
    for number in range(1, 2 + more):
        answer(plan, number)
    with django_assert_num_queries(4):  # session, person, plan, its answers
        client.get(f"{LIST}{plan.pk}/")
