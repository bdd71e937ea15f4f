"""Where the bars lie: for any counts."""

import itertools
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from apps.insights.plots import (
    BOTTOM,
    KEYED_TOP,
    LARGEST_DOT,
    LEFT,
    LETTERS,
    MOST_STEPS,
    RIGHT,
    TOP,
    WIDTH,
    Plot,
    Text,
    bar_plot,
    group_plot,
    lane_plot,
    level_plot,
)
from apps.insights.ranges import MOST_PERIODS

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


LANES = st.integers(1, MOST_PERIODS).flatmap(
    lambda periods: st.lists(st.lists(st.integers(0, 3000), min_size=periods, max_size=periods), min_size=1, max_size=3)
)


@given(LANES)
def test_lanes_are_on_one_scale_and_stay_apart(lanes):
    plot = lane_plot([("Lane", counts) for counts in lanes], title="Counts", first="first", last="last")
    counts = [count for lane in lanes for count in lane if count]
    assert len(plot.bars) == len(counts)
    assert all(bar.x > LEFT and bar.x + bar.width < RIGHT and bar.shade == 1 for bar in plot.bars)
    assert all(bar.y > 0 and bar.y + bar.height < plot.height for bar in plot.bars)
    most = max(max(counts, default=0), 1)
    assert {mark.number for mark in plot.marks} == {0, most}
    heights = {count: bar.height for count, bar in zip(counts, plot.bars, strict=True)}
    assert all(heights[one] <= heights[other] for one in heights for other in heights if one <= other)
    assert all(abs(heights[count] - heights[most] * count / most) < 0.11 for count in heights)
    bottoms = sorted({round(bar.y + bar.height, 1) for bar in plot.bars})
    names = [text.y for text in plot.texts if text.words == "Lane"]
    assert len(bottoms) <= len(lanes) == len(names)
    assert all(not bar.y < name < bar.y + bar.height for bar in plot.bars for name in names)


GROUPS = st.sampled_from([2, 3]).flatmap(
    lambda each: st.lists(
        st.lists(st.integers(0, 900), min_size=each, max_size=each), min_size=1, max_size=len(LETTERS)
    )
)


@given(GROUPS)
def test_groups_keep_their_order_and_each_kind_of_bar_has_a_shade_of_its_own(groups):
    key = ("Planned", "Done", "Helped")[: len(groups[0])]
    plot = group_plot(groups, title="Groups", key=key)
    signs, bars = plot.bars[: len(key)], plot.bars[len(key) :]
    shades = [sign.shade for sign in signs]
    assert len(set(shades)) == len(key)
    drawn = [(count, shades[number]) for group in groups for number, count in enumerate(group) if count]
    assert [bar.shade for bar in bars] == [shade for _, shade in drawn]
    assert all(one.x + one.width <= other.x + 0.01 for one, other in itertools.pairwise(bars))
    assert all(bar.x >= LEFT and bar.x + bar.width <= RIGHT and bar.y >= KEYED_TOP for bar in bars)
    assert [text.words for text in plot.texts] == [*key, *LETTERS[: len(groups)]]
    assert all(0 < text.x < WIDTH for text in plot.texts)


GRID = st.lists(st.lists(st.sampled_from([0, 0, 0, 1, 2, 500]), min_size=11, max_size=11), min_size=13, max_size=13)


def once(period, level):
    return [[int((number, at) == (period, level)) for at in range(11)] for number in range(13)]


@given(GRID, GRID)
def test_every_answer_has_a_dot_at_its_level_and_no_dot_covers_another(before, after):
    plot = level_plot({"Before": before, "After": after}, title="Strain", first="first", last="last")
    dots = plot.dots[2:]  # after those of the key
    assert all(dot.x - dot.radius >= LEFT and dot.x + dot.radius <= RIGHT for dot in dots)
    assert all(0 < dot.radius <= LARGEST_DOT and KEYED_TOP <= dot.y <= BOTTOM for dot in dots)
    levels = [level for grid in (before, after) for given in grid for level, times in enumerate(given) if times]
    assert [dot.y for dot in dots] == [round(BOTTOM - (BOTTOM - KEYED_TOP) * level / 10, 1) for level in levels]
    assert all(
        abs(one.x - other.x) >= one.radius + other.radius
        for one, other in itertools.combinations(dots, 2)
        if one.y == other.y
    )


@given(st.integers(0, 12), st.integers(0, 10), st.integers(0, 10))
def test_a_join_goes_from_the_one_answer_to_the_other(period, before, after):
    sides = {"Before": once(period, before), "After": once(period, after)}
    ends = {"first": "first", "last": "last"}
    plot = level_plot(sides, title="Strain", joins=[(period, before, after)], **ends)
    (join,), (one, other) = plot.joins, plot.dots[2:]
    assert (join.x, join.y, join.to_x, join.to_y) == (one.x, one.y, other.x, other.y)
    assert one.x < other.x
    assert (one.is_open, other.is_open) == (True, False)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]))


@given(WORDS, WORDS)
def test_a_drawing_is_sound_xml_that_holds_its_words_as_they_are(name, words):
    svg = ElementTree.fromstring(Plot(name, texts=(Text(words, 1, 2),)).svg)
    assert [element.text or "" for element in svg if element.tag.endswith(("title", "text"))] == [name, words]
