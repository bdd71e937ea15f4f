"""The calendar file: the days to look back on one's own plans, and not a word of theirs."""

import re
from datetime import date, timedelta

import pytest

from apps.journal.calendar import MOST, folded
from apps.journal.models import Plan
from tests import factories

FILE = "/coping/plans/calendar.ics"
SUNDAY = date(2027, 3, 28)  # the clock goes on by an hour


@pytest.fixture
def plan(world, time_machine):
    """Amina's plan, to look back on the day after the change to summer time."""
    time_machine.move_to("2027-03-28 00:30+00:00", tick=False)
    Plan.objects.owned_by(world["amina"]).update(look_back_on=SUNDAY + timedelta(days=1))
    return Plan.objects.owned_by(world["amina"]).get()


def days_in(response):
    """The days of the events, in the file's order."""
    return re.findall(r"DTSTART;VALUE=DATE:(\d{8})\r\n", response.content.decode())


def test_plan_calendar_holds_the_day_of_ones_own_plan_and_nothing_else(plan, amina, settings):
    settings.SERVICE_NAME, settings.BASE_URL = "Keel; here, now", "https://keel.example.nhs.uk:8443"
    response = amina.get(FILE)
    assert (response["Content-Type"], "attachment" in response["Content-Disposition"]) == ("text/calendar", True)
    assert response.content.decode() == "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Keel//Look back//EN",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            f"UID:{plan.pk}@keel.example.nhs.uk",
            "DTSTAMP:20270328T003000Z",
            "DTSTART;VALUE=DATE:20270329",
            "SUMMARY:Look back in Keel\\; here\\, now",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def test_plan_calendar_holds_no_plan_of_somebody_elses_and_is_offered_where_it_holds_something(client, world, plan):
    for person, days in (("amina", ["20270329"]), ("sam", [])):
        client.force_login(world[person])
        assert days_in(client.get(FILE)) == days
        assert (FILE in client.get("/coping/plans/reminders/").content.decode()) == bool(days)


def test_plan_calendar_keeps_an_event_where_the_plan_is_kept_and_moves_it(plan, amina):
    before = re.search(r"UID:.*", amina.get(FILE).content.decode())[0]
    plan.keep(look_back="next_week", today=SUNDAY)
    after = amina.get(FILE)
    assert before in after.content.decode()
    assert days_in(after) == ["20270404"]


def test_plan_calendar_leaves_out_what_is_done_what_has_gone_by_and_what_is_not_settled(plan, amina, world):
    for change in ({"look_back_on": SUNDAY - timedelta(days=1)}, {"looked_back_at": "2027-03-27T12:00Z"}):
        other = factories.make_reflection(world["amina"]).plans.get()
        Plan.objects.filter(pk=other.pk).update(**change)
    factories.make_reflection(world["amina"]).reopen()
    assert days_in(amina.get(FILE)) == ["20270329"]


def test_plan_calendar_holds_the_nearest_days_and_asks_the_database_as_often(
    plan, amina, world, django_assert_num_queries
):
    Plan.objects.bulk_create(
        Plan(
            reflection=factories.make_draft(world["amina"], completed_at="2027-03-01T12:00Z"),
            number=1,
            look_back_on=day,
        )
        for day in (SUNDAY + timedelta(days=days) for days in range(MOST + 2, 1, -1))
    )
    with django_assert_num_queries(3):  # session, person, days
        days = days_in(amina.get(FILE))
    assert (days[0], len(days)) == ("20270329", MOST)
    assert days == sorted(days)


def test_line_of_a_calendar_file_is_folded_at_75_octets_and_cuts_no_character():
    line = "SUMMARY:" + "Gwenllïan’s place 🪶 " * 12
    parts = list(folded(line))
    assert max(len(part) for part in parts) == 75
    assert all(part.decode().startswith(" ") for part in parts[1:])
    assert b"".join([parts[0], *(part[1:] for part in parts[1:])]).decode() == line
