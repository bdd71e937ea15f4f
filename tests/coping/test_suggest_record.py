"""One's own record moves what fits a little, says its counts, and never gets round the two rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.coping.suggest import Record, suggest
from apps.core.challenges import EXAMPLES, live
from tests.coping.test_suggest import (
    LIBRARY,
    categories,
    changes_the_system_among_the_first_three,
    examples,
    limits,
    minutes,
    names,
    organisational,
    reasons,
    records,
)

BY_CODE = {strategy.code: strategy.slug for strategy in LIBRARY}
COMMON_CAUSE_WORDS = ("because", "thanks to", "made you", "works", "caused", "improve")


@given(categories, examples, minutes, limits, st.sets(st.sampled_from(list(BY_CODE.values()))))
def test_suggest_with_no_tries_gives_the_list_it_gave_before(cats, keys, time, limit, slugs):
    asked = {"categories": cats, "examples": keys, "minutes": time, "limit": limit}
    untried = dict.fromkeys(slugs, Record())
    assert suggest(LIBRARY, records=untried, **asked) == suggest(LIBRARY, **asked)


@given(categories, examples, minutes, records, st.randoms())
def test_suggest_gives_the_same_list_for_the_same_record_in_any_order(cats, keys, time, held, random):
    asked = {"categories": cats, "examples": keys, "minutes": time}
    shuffled = dict(random.sample(sorted(held.items(), key=lambda item: item[0]), len(held)))
    other = suggest(random.sample(LIBRARY, len(LIBRARY)), records=shuffled, **asked)
    assert suggest(LIBRARY, records=held, **asked) == other


@given(categories, examples, organisational, minutes, limits, records)
def test_suggest_with_any_record_names_the_system_among_the_first_three(cats, keys, key, time, limit, held):
    found = suggest(LIBRARY, categories=cats, examples=keys | {key}, minutes=time, limit=limit, records=held)
    assert changes_the_system_among_the_first_three(found)


@given(categories, st.sampled_from([key for key, example in EXAMPLES.items() if example.live]), minutes, records)
def test_suggest_with_any_record_puts_safety_first(cats, key, time, held):
    first = suggest(LIBRARY, categories=cats, examples={key}, minutes=time, records=held)[0].strategy
    assert first.shown.urgent
    assert live({key}, cats) & {*first.shown.answers}


@given(categories, examples, minutes, records)
def test_suggest_with_any_record_brings_nothing_in_and_throws_nothing_out(cats, keys, time, held):
    asked = {"categories": cats, "examples": keys, "minutes": time, "limit": 45}
    assert set(names(suggest(LIBRARY, records=held, **asked))) == set(names(suggest(LIBRARY, **asked)))


@given(st.integers(min_value=0, max_value=1000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_record_counts_for_less_than_one_category_either_way(counts):
    tried, helped = counts
    points = Record(tried, helped).points
    assert -2 < points < 2
    assert Record(tried + 1, helped + 1).points > points > Record(tried + 1, helped).points or tried == helped == 0


def test_record_with_few_tries_stays_near_unknown():
    assert [round(Record(n, n).points, 2) for n in (0, 1, 4, 40)] == [0, 0.67, 1.33, 1.9]
    assert [round(Record(n, 0).points, 2) for n in (0, 1, 4, 40)] == [0, -0.67, -1.33, -1.9]


def test_suggest_puts_what_helped_before_its_equals_and_what_did_not_behind_them():
    asked = {"categories": [], "examples": ["back-to-back"]}
    assert names(suggest(LIBRARY, **asked))[:2] == ["S01", "S04"]
    for held in ({BY_CODE["S04"]: Record(1, 1)}, {BY_CODE["S01"]: Record(1, 0)}):
        assert names(suggest(LIBRARY, records=held, **asked))[0] == "S04"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (Record(1, 1), "you tried it once, it helped once"),
        (Record(4, 3), "you tried it 4 times, it helped 3 times"),
        (Record(2, 0), "you tried it 2 times, it did not help much"),
        (Record(9, 9), "you tried it 9 times, it helped 9 times"),
    ],
)
def test_suggest_says_the_record_as_counts_and_claims_no_cause(record, words):
    found = suggest(LIBRARY, categories=[], examples=["back-to-back"], records={BY_CODE["S01"]: record}, limit=45)
    assert words in reasons(found)["S01"]
    assert not any("you tried" in reason for code, why in reasons(found).items() if code != "S01" for reason in why)
    assert not any(cause in words for cause in (*COMMON_CAUSE_WORDS, "%"))
