"""What the database counts for the insights is what a reader would count by hand, for any reflections."""

import itertools
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from apps.core.challenges import BITS, CATEGORIES
from apps.insights.gather import gather_insights
from apps.insights.parts import Fared, Values
from apps.insights.plots import Plot
from apps.insights.ranges import MOST_PERIODS, RANGES, length_in_words, period_of, periods
from apps.journal.models import Reflection
from apps.values.models import ValueCard
from tests.insights.writing import FACTS, Facts, counted, write

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()
SUMMER_ENDS = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)  # 25 October by London's clock, an hour and a half before


def ago(moment):
    return int((NOW - moment).total_seconds() // 60)


def said(insights):
    """The counts of the insights, in the shape of the reader's."""
    codes = dict(ValueCard.objects.library().values_list("pk", "code"))
    part = {name: getattr(insights, name) for name in ("challenges", "strain", "values", "strategies")}
    rows = part["strategies"].rows if part["strategies"] else ()
    empty = {locus: [0] * len(insights.periods) for locus in "OCS"}
    return {
        "reflections": insights.reflections,
        "places": {place.locus.value: list(place.by_period) for place in part["challenges"].places}
        if part["challenges"]
        else empty,
        "kinds": {kind.id: kind.times for kind in part["challenges"].kinds} if part["challenges"] else {},
        "strain": [part["strain"].lower, part["strain"].same, part["strain"].higher] if part["strain"] else [0, 0, 0],
        "values": {codes[row.pk]: (row.lived, row.stepped_on) for row in part["values"].rows} if part["values"] else {},
        "closeness": {codes[row.pk]: row.answers for row in insights.closeness.rows} if insights.closeness else {},
        "planned": sum(row.planned for row in rows),
        "done": sum(row.done for row in rows),
        "helped": sum(row.helped for row in rows),
    }


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FACTS, max_size=8))
@example([Facts(minutes_ago=ago(SUMMER_ENDS), challenges=frozenset({("C3", ""), ("C3", "no-gap"), ("C1", "")}))])
@example([Facts(minutes_ago=0, is_mine=False, strain=(3, 4), strategy="S01", answers=(("yes", 4),))])
def test_insights_are_what_a_reader_counts_by_hand_in_ones_own_completed_reflections(world, facts):
    Reflection.objects.all().delete()
    for one in facts:
        write(one, mine=world["amina"], theirs=world["ben"], now=NOW)
    insights = gather_insights(world["amina"], chosen=RANGES["quarter"], today=TODAY)
    by_hand = counted(facts, NOW, insights.periods[0].first, TODAY)
    assert said(insights) == by_hand
    assert set(said(insights)["kinds"]) <= set(CATEGORIES)


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime(2026, 10, 20, 22, 59, tzinfo=UTC), 7),  # 20 October, the last day of its week, by London's clock
        (datetime(2026, 10, 20, 23, 0, tzinfo=UTC), 8),  # 21 October, while the clocks still show summer time
        (datetime(2026, 10, 27, 23, 59, tzinfo=UTC), 8),  # 27 October, once they show winter time
        (datetime(2026, 10, 28, 0, 0, tzinfo=UTC), 9),
    ],
)
def test_insights_count_by_the_local_day_on_both_sides_of_the_change_from_summer_time(world, moment, week):
    one = Facts(minutes_ago=ago(moment), challenges=frozenset({("C3", "no-gap")}), strain=(7, 4))
    write(one, mine=world["ben"], theirs=world["amina"], now=NOW)
    world["bens_reflection"].delete()
    insights = gather_insights(world["ben"], chosen=RANGES["quarter"], today=TODAY)
    assert insights.challenges.places[0].by_period.index(1) == week
    assert insights.strain.over[0][0] == insights.periods[week]


@pytest.mark.parametrize(("moment", "counts"), [("2026-08-25T22:59", 0), ("2026-08-25T23:00", 1)])
def test_insights_of_a_quarter_begin_at_midnight_91_local_days_ago(world, moment, counts):
    world["bens_reflection"].delete()
    at = datetime.fromisoformat(f"{moment}+00:00")
    write(Facts(minutes_ago=ago(at), strain=(1, 1)), mine=world["ben"], theirs=world["amina"], now=NOW)
    assert gather_insights(world["ben"], chosen=RANGES["quarter"], today=TODAY).reflections == counts


@given(st.sampled_from(list(RANGES.values())), st.integers(0, 365 * 60))
def test_every_day_of_a_range_is_in_one_period_and_all_periods_are_equally_long(chosen, days):
    first = TODAY - timedelta(days=days)
    found = periods(chosen, first=first, today=TODAY)
    assert len({(period.last - period.first).days for period in found}) == 1
    assert all(later.first - earlier.last == timedelta(days=1) for earlier, later in itertools.pairwise(found))
    assert found[-1].last == TODAY
    assert len(found) <= MOST_PERIODS
    assert chosen.weeks or found[0].first <= first


def test_a_period_of_one_day_names_it_once():
    assert period_of(TODAY, TODAY, with_year=False).days == "24\xa0Nov"
    assert period_of(TODAY - timedelta(days=1), TODAY, with_year=False).days == "23\xa0Nov to 24\xa0Nov"


def test_the_ranges_end_today_and_are_as_long_as_they_say():
    lengths = {one.id: periods(one, first=date(2025, 1, 1), today=TODAY) for one in RANGES.values()}
    assert {name: (len(over), over[0].first) for name, over in lengths.items()} == {
        "4-weeks": (4, date(2026, 10, 28)),
        "quarter": (13, date(2026, 8, 26)),
        "year": (13, date(2025, 11, 26)),
        "all": (25, date(2024, 12, 25)),
    }


def test_insights_pass_over_what_came_up_once_and_is_no_kind_any_more(world):
    Reflection.objects.filter(pk=world["bens_reflection"].pk).update(came_up=BITS["C3"] + (1 << 23))
    assert max(BITS.values()) < 1 << 20
    challenges = gather_insights(world["ben"], chosen=RANGES["quarter"], today=timezone.localdate()).challenges
    assert [kind.id for kind in challenges.kinds] == ["C3"]
    assert challenges.reflections == 1


def test_insights_with_more_rows_than_a_plot_has_room_for_say_which_it_shows(world):
    codes = [f"{number:02}" for number in range(1, 10)]
    for number, code in enumerate(codes):
        facts = Facts(minutes_ago=number, value=(f"V{code}", True, False, None), strategy=f"S{code}")
        write(facts, mine=world["amina"], theirs=world["ben"], now=timezone.now())
    found = gather_insights(world["amina"], chosen=RANGES["quarter"], today=timezone.localdate())
    for part, which in ((found.values, "that came up most often"), (found.strategies, "you planned most often")):
        assert len(part.rows) >= 9
        assert part.in_words.endswith(f"The plot shows the 8 {which}.")
        assert len([row for row in part.rows if row.letter]) == 8


def test_insights_of_plans_that_were_not_done_count_what_was_done_and_not_the_answers(world):
    not_done = Facts(minutes_ago=0, strategy="S01", answers=(("no", None),) * 5)
    write(not_done, mine=world["amina"], theirs=world["ben"], now=timezone.now())
    found = gather_insights(world["amina"], chosen=RANGES["quarter"], today=timezone.localdate()).strategies
    assert found.few == "Fewer than five times done: too few to say what helps you."


@pytest.mark.parametrize(
    ("lived", "stepped_on", "said"),
    [
        ([0], [0], "One value came up. It was never lived and never stepped on."),
        ([0], [1], "One value came up. It was never lived and stepped on once."),
        ([2], [0], "One value came up. It was lived twice and never stepped on."),
        ([1, 2], [0, 1], "2 values came up. In all, they were lived 3 times and stepped on once."),
    ],
)
def test_values_say_how_often_they_were_lived_and_stepped_on_also_never(lived, stepped_on, said):
    rows = tuple(Fared(uuid4(), "Calm", "A", 1, *fared) for fared in zip(lived, stepped_on, strict=True))
    assert Values(rows, Plot("Values")).in_words == said


@pytest.mark.parametrize(
    ("days", "said"),
    [([1], "one day"), ([7, 7], "a week"), ([3], "3 days"), ([8, 7, 8], "7 or 8 days"), ([260 * 7] * 2, "5 years")],
)
def test_the_length_of_periods_is_said_in_words_where_it_has_any(days, said):
    over = [period_of(TODAY - timedelta(days=length - 1), TODAY, with_year=True) for length in days]
    assert length_in_words(over) == said
