"""Where the bars lie: for any counts."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from apps.insights.plots import BOTTOM, LEFT, MOST_STEPS, RIGHT, TOP, bar_plot

COUNTS = st.lists(st.integers(0, 3000), min_size=1, max_size=60)


def plot(counts):
    return bar_plot(counts, title="Counts", first="first", last="last")


@given(COUNTS)
def test_every_count_has_a_bar_from_left_to_right_within_the_drawing_and_none_touches_the_next(counts):
    bars = plot(counts).bars
    assert len(bars) == sum(count > 0 for count in counts)
    assert all(bar.x > LEFT and bar.x + bar.width < RIGHT for bar in bars)
    assert all(bar.y >= TOP and abs(bar.y + bar.height - BOTTOM) < 0.01 for bar in bars)
    assert all(one.x + one.width < other.x for one, other in itertools.pairwise(bars))


@given(COUNTS)
def test_the_side_counts_in_whole_even_steps_from_nothing_past_the_most(counts):
    numbers = [mark.number for mark in plot(counts).marks]
    assert numbers[0] == 0
    assert numbers[-1] >= max(*counts, 1)
    assert len({later - number for number, later in itertools.pairwise(numbers)}) == 1
    assert 2 <= len(numbers) <= MOST_STEPS + 1


def test_a_bar_ends_at_the_mark_of_its_number():
    drawn = plot([0, 2, 4])
    heights = {mark.number: mark.y for mark in drawn.marks}
    assert [bar.y for bar in drawn.bars] == [heights[2], heights[4]]
