"""Where things lie in the drawings: for any number of values, any closeness and any moments."""

from datetime import UTC, datetime, timedelta
from itertools import combinations
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.values import drawing
from apps.values.drawing import DOT, HEIGHT, MIDDLE, SIZE, WIDTH, line, radius, spokes

CLOSENESS = st.integers(0, 10)
VALUES = st.lists(st.none() | CLOSENESS, min_size=1, max_size=5)
DAYS = st.integers(0, 14_000)
MOMENTS = st.builds(lambda day: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=day), DAYS)
PLACINGS = st.lists(st.tuples(MOMENTS, CLOSENESS), min_size=1, max_size=60).map(sorted)


def place(point):
    return (point.x, point.y)


@given(VALUES)
def test_every_dot_lies_on_its_line_as_far_from_the_middle_as_its_number_says(values):
    for spoke, closeness in zip(spokes(values), values, strict=True):
        assert (spoke.dot is None) == (closeness is None)
        if spoke.dot:
            assert dist(place(spoke.dot), (MIDDLE, MIDDLE)) == pytest.approx(radius(closeness), abs=0.1)
            along = dist(place(spoke.inner), place(spoke.dot)) + dist(place(spoke.dot), place(spoke.outer))
            assert along == pytest.approx(dist(place(spoke.inner), place(spoke.outer)), abs=0.3)


@given(VALUES)
def test_no_dot_covers_another_and_none_leaves_the_drawing(values):
    dots = [place(spoke.dot) for spoke in spokes(values) if spoke.dot]
    assert all(dist(one, other) >= 2 * DOT - 0.2 for one, other in combinations(dots, 2))
    assert all(DOT <= part <= SIZE - DOT for dot in dots for part in dot)


@given(VALUES)
def test_every_letter_is_used_once_and_stands_outside_of_every_ring(values):
    drawn = spokes(values)
    assert [spoke.letter for spoke in drawn] == list("ABCDE"[: len(values)])
    assert all(dist(place(spoke.label), (MIDDLE, MIDDLE)) > radius(0) + 10 for spoke in drawn)
    assert all(12 <= part <= SIZE - 12 for spoke in drawn for part in place(spoke.label))


@given(CLOSENESS, CLOSENESS)
def test_the_closer_a_value_the_nearer_to_the_middle_and_the_higher_on_the_line(one, other):
    assert (radius(one) < radius(other)) == (one > other)
    assert (drawing.height(one) < drawing.height(other)) == (one > other)


@given(PLACINGS)
def test_a_line_goes_from_left_to_right_by_time_within_its_drawing(placings):
    dots = line(placings).dots
    assert [dot.x for dot in dots] == sorted(dot.x for dot in dots)
    assert all(0 < dot.x < WIDTH and 0 < dot.y < HEIGHT for dot in dots)
    assert [dot.y for dot in dots] == [drawing.height(closeness) for _, closeness in placings]


@pytest.mark.parametrize(("placings", "drawn"), [(1, False), (4, False), (5, True)])
def test_a_line_is_drawn_through_five_placings_or_more(placings, drawn):
    start = datetime(2026, 3, 1, tzinfo=UTC)
    over_time = line([(start + timedelta(days=day), day) for day in range(placings)])
    assert len(over_time.dots) == placings
    assert bool(over_time.path) == drawn


def test_placings_of_one_moment_stand_in_the_middle():
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    assert {dot.x for dot in line([(moment, 3), (moment, 9)]).dots} == {170.0}


@pytest.mark.parametrize("values", range(1, 6))
def test_the_numbers_of_the_rings_are_clear_of_every_dot(values):
    labels = [place(ring.label) for ring in drawing.rings(values)]
    for closeness in range(11):
        for spoke in spokes([closeness] * values):
            assert all(dist(place(spoke.dot), label) > DOT + 8 for label in labels)
