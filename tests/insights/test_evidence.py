"""The evidence page: counts for its author, none of anybody's words, as few queries with 2,500 reflections."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from apps.insights.gather import gather_evidence
from apps.journal.models import Reflection, ReflectionChallenge
from tests.accounts.pages import heading_of, text_of
from tests.factories import make_reflection
from tests.values.pages import SVG, drawings

EVIDENCE = "/insights/evidence/"
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-11-24 12:00+00:00", tick=False)


def filled(page):
    """What is drawn in the drawings of a page, but for the lines."""
    return [path for drawing in drawings(page) for path in drawing.iter(f"{SVG}path") if path.get("fill-opacity")]


def write(author, days_ago=0, example="back-to-back", category="C3"):
    at = datetime(2026, 11, 24, 12, tzinfo=UTC) - timedelta(days=days_ago)
    return make_reflection(author, examples=((category, example),), created_at=at)


def test_evidence_counts_mine_and_not_theirs_and_shows_no_words(amina, world):
    for days_ago in (0, 8, 60):
        write(world["amina"], days_ago)
    write(world["ben"], example="no-admin-cover", category="C4")
    page = amina.get(EVIDENCE)
    words = text_of(page)
    assert heading_of(page) == "Evidence page"
    assert "4 reflections, chosen by me; counts only." in words  # with the one of conftest's, all of C3
    assert "from 2 September 2026 to 24 November 2026" in words
    assert "Volume, pace and targets 3 4" in words  # in the last four weeks, in all twelve
    assert [shape.get("d").count("M") for shape in filled(page)] == [3]  # a bar for each week with any
    assert "18 Nov to 24 Nov 2 Volume, pace and targets: 2" in words
    assert "4 Nov to 10 Nov" not in words  # a week with none is not in the table
    assert "Admin and systems" not in words
    assert not any(word in words for word in ("heron", "otter", "badger", "diary was full", "Amina"))


def test_evidence_of_a_pattern_says_so_and_leads_to_what_changes_the_system(amina, world):
    write(world["amina"])
    assert "This looks like a pattern, not you" not in text_of(amina.get(EVIDENCE))
    write(world["amina"])
    page = amina.get(EVIDENCE)
    assert "This looks like a pattern, not you" in text_of(page)
    assert "Volume, pace and targets: 3 reflections" in text_of(page)
    for slug in ("raise-a-pattern", "caseload-and-capacity-review"):
        assert f'href="{reverse("coping:strategy_detail", args=[slug])}"' in page.content.decode()
    assert "Reset minute" not in text_of(page)


def test_evidence_with_fewer_than_five_says_that_they_are_too_few(amina, world):
    for _ in range(3):
        write(world["amina"])
    assert "Fewer than five reflections" in text_of(amina.get(EVIDENCE))
    write(world["amina"])
    assert "Fewer than five reflections" not in text_of(amina.get(EVIDENCE))


def test_evidence_of_nothing_says_how_something_comes_to_count(client, world):
    client.force_login(world["sam"])
    page = client.get(EVIDENCE)
    assert "0 reflections, chosen by me" in text_of(page)
    assert "There is nothing to count in this time" in text_of(page)
    assert drawings(page) == []


@pytest.mark.parametrize(("asked", "weeks"), [("4", 4), ("12", 12), ("52", 52), ("", 12), ("9" * 5000, 12), ("-1", 12)])
def test_evidence_covers_the_weeks_that_were_asked_for(amina, world, asked, weeks):
    page = amina.get(EVIDENCE, {"weeks": asked})
    assert len(page.context["evidence"].weeks) == weeks
    assert page.content.decode().count('<strong aria-current="true">') == 1


def test_evidence_counts_every_day_in_one_week_and_the_last_week_ends_today(world):
    evidence = gather_evidence(world["ben"], today=TODAY, weeks=12)
    days = [week.first + timedelta(days=n) for week in evidence.weeks for n in range(7)]
    assert days == [date(2026, 9, 2) + timedelta(days=n) for n in range(84)]  # the clocks went back on 25 October


def test_evidence_of_the_last_four_weeks_agrees_with_the_pattern(world):
    for days_ago in (0, 6, 7, 27, 28, 83, 84):
        write(world["ben"], days_ago)
    world["bens_reflection"].delete()
    evidence = gather_evidence(world["ben"], today=TODAY, weeks=12)
    assert [week.reflections for week in evidence.weeks] == [1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 2]
    assert evidence.patterns[0].times == evidence.kinds[0].lately == 4
    assert evidence.reflections == evidence.kinds[0].times == 6


@pytest.mark.parametrize("many", [0, 2500])
def test_evidence_asks_the_database_as_often_however_much_there_is(amina, world, django_assert_num_queries, many):
    write_many(world["amina"], many)
    with django_assert_num_queries(4):  # session, person, challenges in these weeks, strategies
        page = amina.get(EVIDENCE, {"weeks": "52"})
    assert page.context["evidence"].reflections == min(many, 364 * 2) + 1
    with django_assert_num_queries(9):  # three of them about what is shared
        amina.get("/")


def write_many(author, many):
    """Completed reflections, two a day going back from today, without the parts that nothing here counts."""
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    rows = [
        Reflection(
            author=author,
            kind="full",
            start_key=f"00000000-0000-4000-8000-{n:012}",
            created_at=now - timedelta(days=n // 2),
            completed_at=now,
        )
        for n in range(many)
    ]
    Reflection.objects.bulk_create(rows)
    ReflectionChallenge.objects.bulk_create(
        ReflectionChallenge(reflection=row, category="C3", example=example)
        for row in rows
        for example in ("", "back-to-back")
    )
