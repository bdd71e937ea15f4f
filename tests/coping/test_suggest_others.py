"""Others than those shown first: the list goes on, begins again, and both rules hold throughout."""

from hypothesis import given
from hypothesis import strategies as st

from apps.coping.suggest import suggest
from apps.core.challenges import EXAMPLES, has_live, has_organisational, live
from tests.coping.test_suggest import (
    LIBRARY,
    OUTSIDE_THE_SYSTEM,
    categories,
    changes_the_system_among_the_first_three,
    examples,
    limits,
    minutes,
    names,
    ordinary,
    organisational,
    reasons,
    records,
)

others = st.integers(min_value=0, max_value=50)
ENOUGH = 45  # more than there are


def parts(limit, **asked):
    """Every part of the list, until it begins again."""
    first, found = names(suggest(LIBRARY, limit=limit, **asked)), []
    for number in range(ENOUGH):
        part = names(suggest(LIBRARY, limit=limit, others=number, **asked))
        if number and part == first:
            return found
        found.append(part)
    raise AssertionError("the list never begins again")


@given(categories, examples, organisational, minutes, limits, records, others)
def test_suggest_others_still_name_the_system_among_the_first_three(cats, keys, key, time, limit, held, number):
    asked = {"categories": cats, "examples": keys | {key}, "minutes": time, "limit": limit, "records": held}
    assert changes_the_system_among_the_first_three(suggest(LIBRARY, others=number, **asked))


@given(examples, organisational, limits, others)
def test_suggest_others_show_the_only_strategy_that_changes_the_system_again(keys, key, limit, number):
    only = next(s for s in LIBRARY if s.shown.changes_the_system)
    found = suggest([*OUTSIDE_THE_SYSTEM, only], categories=[], examples=keys | {key}, limit=limit, others=number)
    assert only in [suggestion.strategy for suggestion in found[:3]]


@given(categories, st.sampled_from([key for key, example in EXAMPLES.items() if example.live]), minutes, limits, others)
def test_suggest_others_are_led_by_safety_where_a_risk_may_be_live(cats, key, time, limit, number):
    first = suggest(LIBRARY, categories=cats, examples={key}, minutes=time, limit=limit, others=number)[0].strategy
    assert first.shown.urgent
    assert live({key}, cats) & {*first.shown.answers}


@given(categories, examples, minutes, limits)
def test_suggest_others_leave_out_nothing_that_fits(cats, keys, time, limit):
    asked = {"categories": cats, "examples": keys, "minutes": time}
    shown = [code for part in parts(limit, **asked) for code in part]
    assert set(shown) >= set(names(suggest(LIBRARY, limit=ENOUGH, **asked)))
    assert len(shown) == len(set(shown)) or has_live(keys, cats) or has_organisational(keys, cats)


@given(time=minutes, limit=limits, **ordinary)
def test_suggest_others_without_a_rule_at_work_go_on_where_the_list_ended(cats, keys, time, limit):
    asked = {"categories": cats, "examples": keys, "minutes": time}
    assert [code for part in parts(limit, **asked) for code in part] == names(suggest(LIBRARY, limit=ENOUGH, **asked))


def test_suggest_others_for_back_to_back_contacts_bring_another_way_to_change_the_system():
    asked = {"categories": ["C3"], "examples": ["back-to-back"]}
    first, then = (names(suggest(LIBRARY, others=number, **asked)) for number in (0, 1))
    assert first[:3] == ["S01", "S04", "S32"]
    assert not set(first) & set(then)
    assert then[2] == "S33"


@given(categories, examples, minutes, st.sets(st.sampled_from([s.slug for s in LIBRARY])), others)
def test_suggest_says_what_is_a_favourite_and_moves_nothing_for_it(cats, keys, time, marked, number):
    asked = {"categories": cats, "examples": keys, "minutes": time, "others": number}
    found = suggest(LIBRARY, favourites=marked, **asked)
    assert names(found) == names(suggest(LIBRARY, **asked))
    said = {code for code, why in reasons(found).items() if "one of your favourites" in why}
    assert said == {s.strategy.code for s in found if s.strategy.slug in marked}


def test_suggest_others_from_an_empty_library_are_none():
    assert suggest([], categories=["C3"], examples=["overtime"], others=3) == []
