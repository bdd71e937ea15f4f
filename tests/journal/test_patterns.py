"""The same organisational kind of challenge three times in four weeks: which reflections count, and when."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.journal.models import Reflection
from apps.journal.patterns import patterns_of
from tests.factories import make_draft, make_reflection
from tests.journal.pages import page, text_of

TODAY = date(2026, 11, 24)
AT_NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SENTENCE = "This looks like a pattern, not you"


@pytest.fixture
def clock(time_machine):
    """Noon of 24 November 2026; `clock.move_to` moves it."""
    time_machine.move_to(AT_NOON, tick=False)
    return time_machine


@pytest.fixture
def writer(world):
    """Ben with an empty journal."""
    world["bens_reflection"].delete()
    return world["ben"]


def write(author, times=1, *, example="back-to-back", category="C3", **fields):
    """So many reflections of `author`'s with one challenge; at the clock's time unless `created_at` says another."""
    return [make_reflection(author, examples=((category, example),), **fields) for _ in range(times)]


def found(author, today=TODAY):
    return [(pattern.category.id, pattern.times) for pattern in patterns_of(author, today=today)]


def test_two_times_are_silent_and_three_are_a_pattern(clock, writer):
    write(writer, 2)
    assert found(writer) == []
    write(writer)
    assert found(writer) == [("C3", 3)]


def test_the_most_frequent_comes_first_and_equals_stand_as_listed(clock, writer):
    write(writer, 3, example="no-admin-cover", category="C4")
    write(writer, 3)
    write(writer, 4, example="overtime", category="C11")
    assert found(writer) == [("C11", 4), ("C3", 3), ("C4", 3)]


def test_three_different_kinds_are_no_pattern(clock, writer):
    for category, example in (("C3", "back-to-back"), ("C4", "no-admin-cover"), ("C11", "overtime")):
        write(writer, category=category, example=example)
    assert found(writer) == []


def test_a_reflection_counts_once_however_many_examples_it_holds(clock, writer):
    many = (("C3", ""), ("C3", "back-to-back"), ("C3", "no-gap"), ("C3", "stayed-late"))
    make_reflection(writer, examples=many)
    assert found(writer) == []


@pytest.mark.parametrize(
    ("category", "example", "counts"),
    [
        ("C3", "", True),  # every example of it is the organisation's
        ("C8", "", False),  # a mixed one, and nobody said which part of it
        ("C8", "short-staffed", True),
        ("C5", "trauma-unclear", False),  # an example of a mixed one that lies with the client
        ("C3", "an-example-of-long-ago", True),  # the example has left the files, its category has not
        ("C8", "an-example-of-long-ago", False),
    ],
)
def test_a_category_counts_by_an_organisational_example_or_where_all_of_it_is(clock, writer, category, example, counts):
    write(writer, 3, category=category, example=example)
    assert found(writer) == ([(category, 3)] if counts else [])


def test_another_persons_reflections_do_not_count(clock, world, writer):
    write(writer, 2)
    write(world["amina"], 3)
    assert found(writer) == []


def test_drafts_and_what_happened_longer_ago_do_not_count(clock, writer):
    first, *_ = write(writer, 3)
    first.reopen()
    write(writer, happened=Reflection.Happened.LONGER_AGO)
    draft = make_draft(writer)
    draft.choose_challenges([("C3", "back-to-back")])
    assert found(writer) == []
    first.complete(seen=first.version)
    assert found(writer) == [("C3", 3)]


@pytest.mark.parametrize(
    ("now", "first_moment", "too_early"),
    [
        # no change of clocks within the four weeks: 28 October to 24 November
        ("2026-11-24T12:00Z", "2026-10-28T00:00Z", "2026-10-27T23:59Z"),
        # the clocks went forward on 28 March: 6 March to 2 April, which began at 23:00 UTC the day before
        ("2027-04-01T23:30Z", "2027-03-06T00:00Z", "2027-03-05T23:59Z"),
        # half an hour earlier it is still 1 April, and 5 March counts
        ("2027-04-01T22:30Z", "2027-03-05T00:00Z", "2027-03-04T23:59Z"),
        # the clocks went back on 25 October: 14 October, which began at 23:00 UTC the day before, to 10 November
        ("2026-11-10T23:30Z", "2026-10-13T23:00Z", "2026-10-13T22:59Z"),
    ],
)
def test_four_weeks_are_28_local_days_across_a_change_of_the_clocks(
    client, clock, writer, now, first_moment, too_early
):
    clock.move_to(now, tick=False)
    write(writer, 2)
    early = write(writer, created_at=datetime.fromisoformat(too_early))[0]
    client.force_login(writer)
    assert SENTENCE not in text_of(client.get("/"))
    early.created_at = datetime.fromisoformat(first_moment)
    early.save()
    assert SENTENCE in text_of(client.get("/"))


def test_a_pattern_goes_by_itself_when_its_oldest_day_leaves_the_four_weeks(client, clock, writer):
    clock.move_to("2027-03-20T09:00Z", tick=False)
    write(writer, 3)
    client.force_login(writer)
    for moment, shown in (("2027-04-16T22:59Z", True), ("2027-04-16T23:01Z", False)):  # midnight in London
        clock.move_to(moment, tick=False)
        client.force_login(writer)
        assert (SENTENCE in text_of(client.get("/"))) == shown


def test_changing_an_old_reflection_does_not_bring_it_into_the_four_weeks(clock, writer):
    write(writer, 2)
    old = write(writer, created_at=datetime(2026, 9, 1, 9, tzinfo=UTC))[0]
    old.reopen()
    old.complete(seen=old.version)
    assert found(writer) == []


def test_reflection_close_says_the_pattern_that_the_reflection_is_part_of(client, clock, writer):
    part = write(writer, 3)[0]
    other = write(writer, example="overtime", category="C11")[0]
    client.force_login(writer)
    words = text_of(client.get(page(part, "close")))
    assert f"{SENTENCE} In the last four weeks" in words
    assert "Volume, pace and targets: 3 reflections" in words
    assert SENTENCE not in text_of(client.get(page(other, "close")))


@pytest.mark.parametrize(("category", "example", "queries"), [("C1", "close-to-my-life", 8), ("C3", "back-to-back", 9)])
def test_reflection_close_counts_in_one_query_and_only_where_the_organisation_is_a_cause(
    client, clock, writer, django_assert_num_queries, category, example, queries
):
    reflection = write(writer, 3, category=category, example=example)[0]
    client.force_login(writer)
    with django_assert_num_queries(queries):  # session, person, the reflection and its parts, and the pattern
        client.get(page(reflection, "close"))


def test_counting_reads_four_weeks_by_index_and_opens_nothing_sealed(clock, writer):
    write(writer, 3)
    with CaptureQueriesContext(connection) as asked:
        found(writer)
    (query,) = asked.captured_queries
    assert "what_happened" not in query["sql"]
    if connection.vendor == "sqlite":  # PostgreSQL plans by how many rows there are: three are read whole
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "reflection_timeline (author_id=? AND created_at>? AND created_at<?)" in plan
        assert "SCAN" not in plan
