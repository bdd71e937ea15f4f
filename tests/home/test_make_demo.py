import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.coping.models import Strategy
from apps.journal.completing import found_in, missing
from apps.journal.models import Plan, Reflection
from apps.journal.reading import read
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


def test_make_demo_writes_nothing_dated_in_the_future(robin):
    for reflection in Reflection.objects.owned_by(robin):
        assert reflection.created_at < reflection.saved_at <= timezone.now()


def test_make_demo_tells_of_no_client_and_of_nothing_that_identifies(robin):
    for reflection in Reflection.objects.owned_by(robin).whole():
        reading = read(reflection)
        assert found_in(reading) == []
        words = " ".join(row.words for phase in reading.phases for row in phase.rows).casefold()
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
    count = Reflection.objects.owned_by(robin).count()
    old, new = make_demo()["practitioner"], make_demo()["practitioner"]
    assert old != new
    sign_in(browser := Client(), *old)
    assert not is_signed_in(browser)
    reflection.refresh_from_db()
    assert (reflection.what_happened, Reflection.objects.owned_by(robin).count()) == ("My own words in it", count)


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
