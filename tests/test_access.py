"""The access table, cell by cell: each address, person, object and method gets what its line says, and no more."""

import logging
import re
import uuid
from contextlib import contextmanager, nullcontext

import pytest
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path, reverse

from apps.accounts.models import User
from apps.core.access import READ, Line, Shows, Who, addresses
from config.access import ACCESS, OURS
from tests.access_answers import ANSWERS, ARGUMENTS, expected
from tests.access_cast import PEOPLE, Thing, make_cast

METHODS = ("GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|TRUNCATE)\b", re.IGNORECASE)
MAY_BE_WRITTEN = ('"django_session"',)  # who is signed in where; nothing of what anybody wrote
AN_OPENING = ('"supervision_receipt"', '"core_auditevent"', '"core_auditseal"')  # what reading a summary leaves
LEFT_BY_READING = {
    "supervision:shared_detail": AN_OPENING,
    "supervision:summary_detail": ('"supervision_sharedsummary"',),  # that an answer was read (decision 0033)
}
CSRF_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')

PATTERNS = {name: pattern for name, _, pattern in addresses()}
HANDLER = BaseHandler()  # all of Keel; the test client would copy whatever each template was drawn with
HANDLER.load_middleware()


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The cast, made once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture
def cast(made, db, monkeypatch):
    """The cast as it was made, in a service that is well, and that does not log thousands of refusals."""
    monkeypatch.setattr("apps.home.health.parts", lambda: {"database": True})
    for name in ("django.request", "django.security.csrf"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", True)
    return made


def things_of(cast, name):
    """What the address is tried with: one's own and others', something of another kind, and nothing that is there."""
    of = ACCESS[name].of
    if not of or name in ARGUMENTS:
        return [Thing(None, "keel")]
    other_kind = cast.things["report" if of != "report" else "draft"][0]
    return [*cast.things[of], Thing(other_kind.key), Thing(uuid.uuid4())]


def address(name, thing):
    """The address by name, of the thing."""
    named = [*PATTERNS[name].pattern.converters]
    return reverse(name, kwargs=ARGUMENTS.get(name) or dict.fromkeys(named, thing.key))


def ask(cast, person, method, url, *, with_token=True):
    """One request by one person, undone afterwards."""
    request = RequestFactory(headers={"Cookie": cast.cookies.get(person, "")}).generic(
        method, url, content_type="application/x-www-form-urlencoded"
    )
    request._dont_enforce_csrf_checks = with_token
    with transaction.atomic():
        response = HANDLER.get_response(request)
        transaction.set_rollback(True)
    return response


@contextmanager
def nothing_written(but: tuple[str, ...] = ()):
    """Fails if any table but the sessions, and `but` these, is written to."""
    written = []

    def refuse(execute, sql, params, many, context):
        if WRITES.match(sql) and not any(table in sql for table in MAY_BE_WRITTEN + but):
            written.append(sql[:60])
            raise AssertionError("this must not write")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
    assert written == []


def watched(name, method, refused):
    """Nothing is written by reading, nor by what is refused."""
    if method == "POST" and not refused:
        return nullcontext()
    return nothing_written(but=() if refused or method == "HEAD" else LEFT_BY_READING.get(name, ()))


def seen(response, key=None):
    """All that an answer shows, without the token and the key that was asked for."""
    headers = sorted((name, value) for name, value in response.headers.items() if name != "Content-Length")
    whole = f"{response.status_code} {headers} {sorted(response.cookies)}".encode() + response.content
    return CSRF_TOKEN.sub(b"", whole).replace(str(key).encode(), b"(key)")


def words_in(response, cast, person=None):
    """The planted words in an answer, in its headers too, but for the person's own name: it stands on each page."""
    found = set(re.findall(b"|".join(map(re.escape, cast.words)), seen(response)))
    return found - {f"named-{person}".encode(), f"{person}@".encode()}


def leaks(words, cast, person, line):
    """Those words that the line does not let this person read; their own name stands on each page."""
    own = {f"named-{person}".encode(), f"{person}@".encode()}
    return [word for word in words - own if cast.words[word][0] not in line.shows or person not in cast.words[word][1]]


def test_every_address_has_a_line_in_the_access_table_and_every_line_an_address():
    assert set(PATTERNS) == set(ACCESS)


@pytest.mark.parametrize("name", ACCESS)
def test_every_person_gets_of_every_object_by_every_method_what_the_access_table_says(name, cast):
    line, things, shown, wrong = ACCESS[name], things_of(cast, name), Shows.NOTHING, []
    for thing in things:
        methods = METHODS if thing is things[0] else line.methods  # what is no method here is none of anything
        url = address(name, thing)
        for title, person in PEOPLE.items():
            cache.clear()  # nobody is counted against anybody else's sign-in limits
            for method in methods:
                status, refused = expected(name, thing, person, method)
                with watched(name, method, refused):
                    response = ask(cast, person, method, url)
                words = words_in(response, cast, person)
                cell = f"{title} {method} {line.of} of {thing.owner}"
                if response.status_code != status:
                    wrong.append(f"{cell}: {response.status_code}, not {status}")
                if leaked := leaks(words, cast, person, line):
                    wrong.append(f"{cell}: shows {leaked}")
                assert "no-store" in response.headers["Cache-Control"]
                assert "default-src 'none'" in response.headers["Content-Security-Policy"]
                for word in words:
                    shown |= cast.words[word][0]
    assert wrong == []
    assert shown == line.shows, "the line says that it shows what no answer shows"


CLOSED_TO_OTHERS = [name for name, line in ACCESS.items() if line.of and name not in ARGUMENTS and not line.is_open]


@pytest.mark.parametrize("name", CLOSED_TO_OTHERS)
def test_what_is_not_there_for_somebody_looks_like_what_is_not_there_at_all(name, cast):
    *things, nothing = things_of(cast, name)
    for title, person in PEOPLE.items():
        for method in ACCESS[name].methods:
            nowhere = seen(ask(cast, person, method, address(name, nothing)), nothing.key)
            for thing in things:
                if expected(name, thing, person, method)[1]:
                    there = seen(ask(cast, person, method, address(name, thing)), thing.key)
                    assert there == nowhere, f"{title} {method} of {thing.owner}"


@pytest.mark.parametrize("name", ACCESS)
def test_a_form_without_its_token_is_refused(name, cast):
    """Whatever the address would answer, another site's form never gets as far as the view."""
    with nothing_written():
        for person in (None, "amina"):
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                response = ask(cast, person, method, address(name, things_of(cast, name)[0]), with_token=False)
                assert response.status_code == 403, f"{person} {method}"


def test_no_view_is_exempt_from_the_token():
    assert [name for name, pattern in PATTERNS.items() if getattr(pattern.callback, "csrf_exempt", False)] == []


def test_planted_words_are_found_by_each_who_may_read_them(cast):
    """Otherwise looking for them elsewhere would prove nothing."""
    for name, person, word in (
        ("journal:reflection_detail", "amina", b"heron"),
        ("reports:report_download", "amina", b"merlin"),
        ("supervision:shared_detail", "sam", b"kingfisher"),
        ("supervision:summary_detail", "amina", b"answer-kingfisher"),
        ("supervision:link_list", "amina", b"named-una"),
    ):
        assert word in words_in(ask(cast, person, "GET", address(name, things_of(cast, name)[0])), cast), name


def test_planted_words_in_a_header_are_found_too(cast):
    assert words_in(HttpResponse(headers={"Location": "/heron/"}), cast) == {b"heron"}


def test_the_guard_against_leaks_sees_a_word_of_another_kind_and_of_another_person(cast):
    line = ACCESS["journal:reflection_detail"]
    assert leaks({b"heron"}, cast, "amina", line) == []
    assert leaks({b"heron"}, cast, "ben", line) == [b"heron"]
    assert leaks({b"merlin"}, cast, "amina", line) == [b"merlin"]
    assert leaks({b"named-sam"}, cast, "amina", line) == [b"named-sam"]


def test_the_guard_against_writing_sees_a_write(cast):
    name = "reports:report_erase"
    with pytest.raises(AssertionError, match="DELETE FROM"), nothing_written():
        ask(cast, "amina", "POST", address(name, cast.things["report"][0]))


def test_somebody_deactivated_while_signed_in_is_out_at_the_next_click(cast):
    User.objects.filter(pk=cast.people["amina"].pk).update(is_active=False)
    closed = [name for name, line in ACCESS.items() if not line.is_open]
    assert len(closed) > 50
    for name in closed:
        assert ask(cast, "amina", "GET", address(name, things_of(cast, name)[0])).status_code == 302, name


NO_TEMPLATE = (
    "home:health_live",
    "home:health_ready",
    "reports:report_download",
    "journal:plan_calendar",
)  # JSON, a PDF, a calendar
PAGES = [
    name
    for name, line in OURS.items()
    if "GET" in line.methods and name not in NO_TEMPLATE and ANSWERS.get(name, {}).get("GET", 200) == 200
]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_drawn_by_the_template_of_its_own_name(name, cast, client):
    thing = things_of(cast, name)[0]
    person = next(who for who in PEOPLE.values() if not expected(name, thing, who, "GET")[1] and who)
    client.force_login(cast.people[person])
    assert client.get(address(name, thing)).templates[0].name == f"{name.replace(':', '/')}.html"


# --- An address without a line ----------------------------------------------------------------------------------------


def forgotten(request):
    """A page that somebody forgot to give a line."""
    return HttpResponse("heron")


urlpatterns = [path("forgotten/", forgotten, name="forgotten"), path("", include("config.urls"))]
handler404 = "apps.home.errors.page_not_found"


@pytest.mark.urls(__name__)
def test_an_address_without_a_line_is_noticed():
    assert {name for name, _, _ in addresses()} - set(ACCESS) == {"forgotten"}


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("method", METHODS)
def test_an_address_without_a_line_is_closed_to_everybody_just_as_no_address(method, cast, caplog):
    for person in PEOPLE.values():
        there, nowhere = (ask(cast, person, method, url) for url in ("/forgotten/", "/no-such-page/"))
        assert (there.status_code, seen(there)) == (404, seen(nowhere)), person
    assert "No line in the access table for forgotten" in caplog.text


@pytest.mark.urls(__name__)
def test_an_address_with_a_line_is_as_open_as_that_says(cast, settings):
    settings.ACCESS = ACCESS | {"forgotten": Line(Who.SIGNED_IN, READ)}
    assert ask(cast, "ben", "GET", "/forgotten/").content == b"heron"
    assert ask(cast, "ben", "POST", "/forgotten/").status_code == 405
    signed_out = ask(cast, None, "GET", "/forgotten/")
    assert signed_out.headers.get("Location") == "/accounts/login/?next=/forgotten/"
