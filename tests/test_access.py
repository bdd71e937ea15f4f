"""Every address, for every person, by every method: what the access table says, and nothing of anybody else's words."""

import re
import uuid
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from apps.coping.models import OwnStrategy, Strategy, SuggestedStrategy
from apps.reports.models import Report
from apps.values.models import ValueCard
from tests import factories
from tests.access_table import OURS, TABLE

METHODS = ("GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE")
READING = ("GET", "HEAD", "OPTIONS", "TRACE")
PEOPLE = {
    "signed out": None,
    "the author": "amina",
    "another practitioner": "ben",
    "a supervisor": "sam",
    "an editor": "edie",
    "an administrator": "ada",
    "somebody deactivated": "olu",
}
SIGNED_IN = [name for name in PEOPLE.values() if name and name != "olu"]
PLANTED = {b"heron": ("amina",), b"otter": ("amina",), b"badger": ("ben",), b"kingfisher": ("amina", "sam")}  # whose
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|TRUNCATE)\b", re.IGNORECASE)
MAY_BE_WRITTEN = ('"django_session"',)  # who is signed in where; nothing of what anybody wrote
AN_OPENING = ('"supervision_receipt"', '"core_auditevent"', '"core_auditseal"')  # what reading a summary leaves
CSRF_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def addresses(resolver=None, namespaces=()):
    """Every address with its full name, those of allauth too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from addresses(pattern, inner)
        else:
            yield ":".join((*namespaces, pattern.name or f"(no name) {pattern.pattern}")), pattern


@pytest.fixture
def cast(world):
    """The world with what else the author has, a finished report among it, and a session for each person."""
    plan = world["reflection"].plans.get()
    link = factories.make_link(world["amina"], world["sam"])
    supervision = {
        "link": link,
        "summary": factories.make_summary(link, ask="kingfisher"),
        "summary_to_keep": factories.make_summary(link, ask="kingfisher", may_print=True),
        "summary_draft": factories.make_summary(link, ask="kingfisher", shared=False),
        "accepted": factories.make_link(world["amina"], world["edie"], confirmed=False),
        "invitation": factories.invite(world["ben"], "sam@example.nhs.uk"),
    }
    report = Report.objects.create(author=world["amina"], reflection=world["reflection"], version=1)
    claimed = Report.objects.claim(report.pk, now=timezone.now())
    claimed.complete(b"%PDF-1.7 amina's heron", pages=1, version=1)
    sessions = {name: session_of(world[name]) for name in PEOPLE.values() if name}
    own = {
        "plan": plan,
        "card": ValueCard.objects.own_card(world["amina"], "Her planted heron"),
        "own": OwnStrategy.objects.create(owner=world["amina"], page_key=uuid.uuid4(), name="heron", minutes=1),
        "suggested": SuggestedStrategy.objects.create(author=world["amina"], name="sent to editors", minutes=1),
        "report": report,
        "strategy": plan.version.strategy,
        "version": plan.version,
        "sessions": sessions,
    }
    return world | supervision | own


def session_of(person):
    """The session cookie of a browser in which this person is signed in."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def address(name, cast, pk=None):
    """The address by name, of the author's object or of `pk`."""
    line = TABLE[name]
    arguments = dict(line.arguments)
    if arguments.get("slug") == "published":
        arguments["slug"] = Strategy.objects.published()[0].slug
    if line.about:
        name_of_key = "token" if line.about == "invitation" else "pk"
        arguments[name_of_key] = pk or key_of(cast, line)
    if "object_id" in arguments:
        arguments["object_id"] = cast[arguments["object_id"]].pk
    return reverse(name, kwargs=arguments)


def key_of(cast, line):
    """What an address calls its object by: its id, or the token that was mailed."""
    return getattr(cast[line.about], "pk", cast[line.about])


def ask(cast, person, method, url, **options):
    """One request by one person, undone afterwards; nobody's sign-in limits count."""
    cache.clear()
    client = Client(**options)
    if person:
        client.cookies[settings.SESSION_COOKIE_NAME] = cast["sessions"][person]
    with transaction.atomic():
        response = client.generic(method, url, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return response


@contextmanager
def nothing_written(but: tuple[str, ...] = ()):
    """Fails on the first write to any table but the sessions, and `but` these."""
    written = []

    def refuse(execute, sql, params, many, context):
        if WRITES.match(sql) and not any(table in sql for table in MAY_BE_WRITTEN + but):
            written.append(sql[:60])
            raise AssertionError(f"this must not write: {sql[:60]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
    assert written == []


def seen(response, pk):
    """All that an answer shows, without the token and the id that was asked for."""
    body = CSRF_TOKEN.sub(b"", response.content)
    headers = sorted((name, value) for name, value in response.headers.items() if name != "Content-Length")
    whole = f"{response.status_code} {headers} {sorted(response.cookies)}".encode() + body
    return whole.replace(str(pk).encode(), b"(id)")


def test_every_address_has_a_line_in_the_access_table():
    assert {name for name, _ in addresses()} == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_every_person_gets_by_every_method_what_the_access_table_says(name, cast, monkeypatch):
    monkeypatch.setattr("apps.home.health.parts", lambda: {"database": True})
    url, line, wrong = address(name, cast), TABLE[name], []
    for title, person in PEOPLE.items():
        for method in METHODS:
            expected = line.expected(method, person, signed_in=person in SIGNED_IN)
            response = ask(cast, person, method, url)
            if response.status_code != expected:
                wrong.append(f"{title} {method}: {response.status_code}, not {expected}")
            assert "no-store" in response.headers["Cache-Control"]
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            for word, people in PLANTED.items():
                assert person in people or word not in response.content
    assert wrong == []


@pytest.mark.parametrize("name", TABLE)
def test_reading_never_writes(name, cast):
    with nothing_written(but=AN_OPENING if name == "supervision:shared_detail" else ()):
        for person in PEOPLE.values():
            for method in READING:
                ask(cast, person, method, address(name, cast))


CLOSED_TO_OTHERS = [name for name, line in TABLE.items() if line.about]
CLOSED_TO_VISITORS = [name for name, line in TABLE.items() if line.signed_out.get("*") == 403]


@pytest.mark.parametrize("name", CLOSED_TO_OTHERS)
def test_somebody_elses_object_looks_like_no_object_and_is_not_touched(name, cast):
    own, random = key_of(cast, TABLE[name]), uuid.uuid4()
    with nothing_written():
        for person in (who for who in PEOPLE.values() if who not in TABLE[name].people):
            for method in METHODS:
                there = ask(cast, person, method, address(name, cast, own))
                nowhere = ask(cast, person, method, address(name, cast, random))
                assert seen(there, own) == seen(nowhere, random), f"{person} {method}"


@pytest.mark.parametrize("name", CLOSED_TO_OTHERS)
def test_an_id_of_another_kind_looks_like_no_object_to_its_owner_too(name, cast):
    other_kind = cast["report" if TABLE[name].about != "report" else "draft"].pk
    random, owner = uuid.uuid4(), TABLE[name].people[0]
    for method in METHODS:
        of_other_kind = ask(cast, owner, method, address(name, cast, other_kind))
        nowhere = ask(cast, owner, method, address(name, cast, random))
        assert seen(of_other_kind, other_kind) == seen(nowhere, random), method


@pytest.mark.parametrize("name", CLOSED_TO_VISITORS)
def test_a_refused_visitor_changes_nothing(name, cast):
    with nothing_written():
        for person in (None, "olu"):
            for method in METHODS:
                ask(cast, person, method, address(name, cast))


@pytest.mark.parametrize("name", TABLE)
def test_a_form_without_its_token_is_refused(name, cast):
    """Whatever the address would answer, another site's form never gets as far as the view."""
    with nothing_written():
        for person in (None, "amina"):
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                response = ask(cast, person, method, address(name, cast), enforce_csrf_checks=True)
                assert response.status_code == 403, f"{person} {method}"


def test_no_view_is_exempt_from_the_token():
    assert [name for name, pattern in addresses() if getattr(pattern.callback, "csrf_exempt", False)] == []


def test_planted_words_are_found_where_they_belong(cast):
    """Otherwise looking for them elsewhere would prove nothing."""
    page = ask(cast, "amina", "GET", address("journal:reflection_detail", cast))
    assert b"otter" in page.content
    assert b"heron" in ask(cast, "amina", "GET", address("reports:report_download", cast)).content
    assert b"kingfisher" in ask(cast, "sam", "GET", address("supervision:shared_detail", cast)).content


def test_the_guard_against_writing_sees_a_write(cast):
    with pytest.raises(AssertionError, match="this must not write: DELETE"), nothing_written():
        ask(cast, "amina", "POST", address("reports:report_erase", cast))


def test_somebody_deactivated_while_signed_in_is_out_at_the_next_click(cast):
    cast["amina"].is_active = False
    cast["amina"].save()
    for name in CLOSED_TO_VISITORS:
        assert ask(cast, "amina", "GET", address(name, cast)).status_code == 302, name


PAGES = [name for name, line in OURS.items() if line.answers.get("GET") == 200]
NO_TEMPLATE = (
    "home:health_live",
    "home:health_ready",
    "reports:report_download",
    "journal:plan_calendar",
)  # JSON, a PDF, a calendar


@pytest.mark.parametrize("name", [name for name in PAGES if name not in NO_TEMPLATE])
def test_a_page_is_drawn_by_the_template_of_its_own_name(name, cast):
    response = ask(cast, TABLE[name].people[0], "GET", address(name, cast))
    assert response.templates[0].name == f"{name.replace(':', '/')}.html"
