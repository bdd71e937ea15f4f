import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.coping.models import Strategy
from apps.core.identifiers import find
from apps.journal.completing import found_in, missing
from apps.journal.models import FollowUp, Plan, Reflection
from apps.journal.reading import read
from apps.supervision.models import SharedSummary
from apps.values.compass import read_compass
from apps.values.models import Pick, Placing
from tests.accounts.pages import is_signed_in, sign_in, text_of

pytestmark = pytest.mark.django_db


def make_demo() -> dict[str, tuple[str, str]]:
    """Run it; the address and password of each role, as printed."""
    said = StringIO()
    call_command("make_demo", stdout=said)
    return {
        role: (email, password)
        for role, email, password in re.findall(r"^  (\w+) +(\S+) +(\S+)$", said.getvalue(), re.M)
    }


def rows_of(person) -> list[int]:
    """How many plans, answers, placings and values on the compass are there."""
    return [rows.objects.owned_by(person).count() for rows in (Plan, FollowUp, Placing, Pick)]


@pytest.fixture
def robin():
    """The demonstration practitioner."""
    make_demo()
    return User.objects.get(email="practitioner@keel.invalid")


def test_make_demo_prints_passwords_that_let_each_of_the_three_in():
    people = make_demo()
    assert set(people) == {"practitioner", "supervisor", "editor"}
    for email, password in people.values():
        browser = Client()
        sign_in(browser, email, password)
        assert is_signed_in(browser)


def test_make_demo_gives_staff_rights_to_the_editor_alone_and_makes_nobody_an_administrator():
    make_demo()
    assert [person.email for person in User.objects.filter(is_staff=True)] == ["editor@keel.invalid"]
    assert not User.objects.filter(is_superuser=True).exists()


def test_make_demo_writes_eight_weeks_through_all_phases_with_drafts_and_plans_due(robin):
    reflections = Reflection.objects.owned_by(robin).whole()
    span = reflections.newest_first().first().created_at - reflections.newest_first().last().created_at
    assert timedelta(weeks=7) < span < timedelta(weeks=8)
    assert reflections.completed().count() >= 16
    assert reflections.drafts().count() == 2
    assert {reflection.kind for reflection in reflections} == {"full", "quick"}
    assert all(missing(reflection) == [] for reflection in reflections.completed())
    assert 1 <= Plan.objects.owned_by(robin).to_look_back_on(today=timezone.localdate()).count() <= 6


def test_make_demo_has_plans_that_are_due_upcoming_without_a_day_done_and_changed(robin):
    plans, today = Plan.objects.owned_by(robin), timezone.localdate()
    lists = (plans.to_look_back_on(today=today), plans.upcoming(today=today), plans.without_a_day(), plans.done())
    assert all(found.count() >= least for found, least in zip(lists, (2, 2, 1, 10), strict=True))
    assert any((said.when, said.will) != (said.plan.when, said.plan.will) for said in FollowUp.objects.owned_by(robin))


def test_make_demo_looks_back_with_every_answer_and_has_an_own_record_to_show(robin):
    answers = FollowUp.objects.owned_by(robin)
    assert {said.did for said in answers} == {"yes", "partly", "no"}
    assert {said.then for said in answers} == {"keep", "change", "drop"}
    assert {None, 1, 2, 3, 4} <= {said.helped for said in answers}
    assert any(said.note for said in answers)
    assert max(record.tried for record in answers.records().values()) >= 5


def test_make_demo_places_a_compass_over_the_eight_weeks_that_moved(robin):
    compass = read_compass(robin)
    assert all(standing.last for standing in compass.standings)
    assert len(compass.standings) == 5
    assert any(movement.line.path for movement in compass.movements)
    assert len(compass.movements_before) == 1
    days = [placing.placed_at for placing in Placing.objects.owned_by(robin)]
    assert max(days) - min(days) > timedelta(weeks=7)


def test_make_demo_writes_nothing_dated_in_the_future(robin):
    for reflection in Reflection.objects.owned_by(robin):
        assert reflection.created_at < reflection.saved_at <= timezone.now()
    answers = FollowUp.objects.owned_by(robin).select_related("plan__reflection")
    assert all(said.plan.reflection.created_at < said.answered_at < timezone.now() for said in answers)
    assert all(placing.placed_at < timezone.now() for placing in Placing.objects.owned_by(robin))


def test_make_demo_tells_of_no_client_and_of_nothing_that_identifies(robin):
    for reflection in Reflection.objects.owned_by(robin).whole():
        reading = read(reflection)
        assert found_in(reading) == []
        answers = [said for plan in reflection.plans.all() for said in plan.follow_ups.all()]
        assert [find(f"{said.note}\n{said.when}\n{said.will}") for said in answers] == [()] * len(answers)
        written = [row.words for phase in reading.phases for row in phase.rows] + [said.note for said in answers]
        words = " ".join(written).casefold()
        assert not re.search(r"client|patient|caller|session with", words)


def test_make_demo_names_the_organisation_where_it_is_the_cause(robin):
    organisational = [
        r for r in Reflection.objects.owned_by(robin).whole().completed() if r.organisational_categories()
    ]
    plans = [plan for reflection in organisational for plan in reflection.plans.all()]
    assert any(plan.version.changes_the_system for plan in plans)


def test_make_demo_run_again_changes_the_passwords_and_keeps_what_is_there(robin):
    reflection = Reflection.objects.owned_by(robin).newest_first().first()
    reflection.what_happened = "My own words in it"
    reflection.save()
    count, before = Reflection.objects.owned_by(robin).count(), rows_of(robin)
    old, new = make_demo()["practitioner"], make_demo()["practitioner"]
    assert old != new
    sign_in(browser := Client(), *old)
    assert not is_signed_in(browser)
    reflection.refresh_from_db()
    assert (reflection.what_happened, Reflection.objects.owned_by(robin).count()) == ("My own words in it", count)
    assert rows_of(robin) == before


def test_make_demo_shows_on_home(robin, client):
    client.force_login(robin)
    words = text_of(client.get("/"))
    assert "Go on with a draft" in words
    assert "Plans to look back on" in words
    assert "This looks like a pattern, not you" in words


def test_make_demo_is_refused_at_a_service(settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="refused where KEEL_MODE is 'service'"):
        call_command("make_demo")
    assert not User.objects.exists()


def test_make_demo_without_the_library_says_what_to_run_and_makes_nobody():
    Strategy.objects.all().update(state="retired")
    with pytest.raises(CommandError, match="Run load_library first"):
        call_command("make_demo")
    assert not User.objects.exists()


def test_make_demo_makes_the_supervisor_one_who_can_read_an_agenda_and_nothing_more_the_second_time(robin):
    make_demo()
    sam = User.objects.get(email="supervisor@keel.invalid")
    (shared,) = SharedSummary.objects.readable_by(sam, now=timezone.now())
    assert shared.author == robin
    assert shared.is_agenda
    assert shared.snapshot.undecided() == []
    assert shared.sources.exists()
