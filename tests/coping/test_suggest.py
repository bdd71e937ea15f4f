"""Which strategies are suggested, and the two rules that no choice may get round."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.coping.families import CHANGE_THE_SYSTEM
from apps.coping.library import read_strategies
from apps.coping.models import Strategy, StrategyVersion
from apps.coping.suggest import Record, suggest
from apps.core.challenges import CATEGORIES, EXAMPLES, Locus, has_live, has_organisational, live


def shelve(file, **changes):
    """A published strategy as its file has it but for `changes`, without a database."""
    content = replace(file.content, **changes)
    current = StrategyVersion.saying(content, number=1, origin=StrategyVersion.Origin.FILE)
    return Strategy(code=file.code, slug=file.slug, state=Strategy.State.PUBLISHED, current=current)


LIBRARY = [shelve(file) for file in read_strategies()]
WITHOUT_URGENCY = [shelve(file, urgent=False) for file in read_strategies()]
OUTSIDE_THE_SYSTEM = [s for s in LIBRARY if s.shown.family != CHANGE_THE_SYSTEM]
categories = st.sets(st.sampled_from(list(CATEGORIES)), max_size=12)
examples = st.sets(st.sampled_from(list(EXAMPLES)), max_size=8)
CALM = [key for key in CATEGORIES if not has_live([], [key])], [key for key in EXAMPLES if not has_live([key])]
NOT_THE_SYSTEM = (
    [k for k in CALM[0] if not has_organisational([], [k])],
    [k for k in CALM[1] if not has_organisational([k])],
)


def chosen_from(cats, keys):
    return {"cats": st.sets(st.sampled_from(cats)), "keys": st.sets(st.sampled_from(keys), max_size=8)}


calm, ordinary = chosen_from(*CALM), chosen_from(*NOT_THE_SYSTEM)  # that set no rule of safety, or no rule, to work
organisational = st.sampled_from([key for key, example in EXAMPLES.items() if example.locus is Locus.ORGANISATION])
minutes = st.none() | st.integers(min_value=0, max_value=90)
limits = st.integers(min_value=3, max_value=45)
tries = st.integers(min_value=0, max_value=60).flatmap(
    lambda tried: st.builds(Record, st.just(tried), st.integers(min_value=0, max_value=tried))
)
records = st.dictionaries(st.sampled_from([s.slug for s in LIBRARY]), tries, max_size=40)


def names(suggestions):
    return [suggestion.strategy.code for suggestion in suggestions]


def reasons(suggestions):
    return {suggestion.strategy.code: suggestion.reasons for suggestion in suggestions}


def changes_the_system_among_the_first_three(suggestions):
    return any(suggestion.strategy.shown.changes_the_system for suggestion in suggestions[:3])


@given(categories, examples, organisational, minutes, limits)
def test_suggest_with_an_organisational_example_names_the_system_among_the_first_three(cats, keys, key, time, limit):
    found = suggest(LIBRARY, categories=cats, examples=keys | {key}, minutes=time, limit=limit)
    assert changes_the_system_among_the_first_three(found)


@pytest.mark.parametrize("category", ["C3", "C4", "C12"])
def test_suggest_for_a_category_that_is_all_the_organisation_s_names_the_system_without_an_example(category):
    assert changes_the_system_among_the_first_three(suggest(LIBRARY, categories=[category], examples=[], minutes=2))


@pytest.mark.parametrize("time", [None, 2])
def test_suggest_names_the_system_for_every_pair_with_an_organisational_example(time):
    pairs = [pair for pair in itertools.combinations_with_replacement(EXAMPLES, 2) if has_organisational(pair)]
    without = [
        pair
        for pair in pairs
        if not changes_the_system_among_the_first_three(
            suggest(LIBRARY, categories=[], examples=pair, minutes=time, limit=3)
        )
    ]
    assert without == []


@given(examples, organisational, st.sampled_from([s for s in LIBRARY if s not in OUTSIDE_THE_SYSTEM]))
def test_suggest_names_the_system_even_where_its_only_strategy_does_not_fit(keys, key, only):
    found = suggest([*OUTSIDE_THE_SYSTEM, only], categories=[], examples=keys | {key}, minutes=2)
    assert only in [suggestion.strategy for suggestion in found[:3]]


@given(categories, examples, minutes, limits, st.randoms())
def test_suggest_gives_the_same_list_for_the_same_input_in_any_order(cats, keys, time, limit, random):
    shuffled = random.sample(LIBRARY, len(LIBRARY))
    other = suggest(
        shuffled,
        categories=random.sample(sorted(cats), len(cats)),
        examples=random.sample(sorted(keys), len(keys)),
        minutes=time,
        limit=limit,
    )
    assert suggest(LIBRARY, categories=cats, examples=keys, minutes=time, limit=limit) == other


@given(categories, examples, minutes, limits)
def test_suggest_gives_reasons_and_no_strategy_twice(cats, keys, time, limit):
    found = suggest(LIBRARY, categories=cats, examples=keys, minutes=time, limit=limit)
    assert 3 <= len(found) <= limit
    assert len(set(names(found))) == len(found)
    for suggestion in found:
        assert suggestion.reasons
        assert all(reason == reason.strip() and reason for reason in suggestion.reasons)
        changes = "changes the system, not you" in suggestion.reasons
        assert changes == suggestion.strategy.shown.changes_the_system


@given(categories, examples, minutes)
def test_suggest_passes_over_keys_that_it_does_not_know(cats, keys, time):
    known = suggest(LIBRARY, categories=cats | {"C1"}, examples=keys, minutes=time)
    assert suggest(LIBRARY, categories=cats | {"C1", "C99"}, examples=keys | {"gone"}, minutes=time) == known


@given(categories, st.sampled_from([key for key, example in EXAMPLES.items() if example.live]), minutes)
def test_suggest_puts_safety_first_where_a_risk_may_be_live(cats, key, time):
    first = suggest(LIBRARY, categories=cats, examples={key}, minutes=time)[0].strategy
    assert first.shown.urgent
    assert live({key}, cats) & {*first.shown.answers}


@given(time=minutes, **calm)
def test_suggest_lets_no_urgency_jump_the_queue_where_no_risk_is_live(cats, keys, time):
    assert not has_live(keys, cats)
    with_urgent = suggest(LIBRARY, categories=cats, examples=keys, minutes=time)
    assert names(suggest(WITHOUT_URGENCY, categories=cats, examples=keys, minutes=time)) == names(with_urgent)


@given(time=minutes, **ordinary)
def test_suggest_without_a_rule_at_work_puts_what_fits_the_time_first(cats, keys, time):
    assert not has_live(keys, cats)
    assert not has_organisational(keys, cats)
    found = suggest(LIBRARY, categories=cats, examples=keys, minutes=time, limit=45)
    late = [time is not None and suggestion.strategy.shown.minutes > time for suggestion in found]
    assert late == sorted(late)


def test_suggest_for_risk_and_nothing_more_says_to_call_the_duty_senior_first():
    """Quick capture asks for no examples."""
    assert suggest(LIBRARY, categories=["C2"], examples=[])[0].strategy.code == "S14"
    for_a_debrief = suggest(LIBRARY, categories=["C2"], examples=["death-or-serious-incident"])
    assert for_a_debrief[0].strategy.code == "S21"


def test_suggest_for_suicidal_thoughts_says_to_call_the_duty_senior_even_with_two_minutes():
    found = suggest(LIBRARY, categories=["C2"], examples=["suicidal-thoughts"], minutes=2)
    assert found[0].strategy.code == "S14"
    assert found[0].reasons == (
        "fits “A client told me on the phone about suicidal thoughts”",
        "takes 10 minutes, so plan it for later",
    )


def test_suggest_for_a_death_says_to_ask_for_support():
    assert names(suggest(LIBRARY, categories=[], examples=["death-or-serious-incident"]))[0] == "S21"


def test_suggest_for_back_to_back_contacts_offers_a_reset_and_the_system():
    found = suggest(LIBRARY, categories=["C3"], examples=["back-to-back"])
    assert names(found)[:3] == ["S01", "S04", "S32"]
    assert reasons(found)["S32"] == (
        "fits “My contacts were back to back”",
        "changes the system, not you",
        "takes 20 minutes",
    )


def test_suggest_for_categories_alone_names_them_in_its_reasons():
    found = suggest(LIBRARY, categories=["C11", "C3"], examples=[])
    assert reasons(found)["S04"] == (
        "fits Volume, pace and targets",
        "fits Home and work overlap",
        "takes 3 minutes",
    )


def test_suggest_leaves_a_third_of_one_family_to_the_end():
    found = suggest(LIBRARY, categories=["C1"], examples=[], limit=40)
    resets = [number for number, s in enumerate(found) if s.strategy.shown.family == "reset-between-sessions"]
    assert resets[:2] == [0, 1]
    assert len(resets) == 4
    assert len({s.strategy.shown.family for s in found[: resets[2]]}) == 7


def test_suggest_offers_what_fits_everything_last_and_what_does_not_fit_never():
    found = suggest(LIBRARY, categories=["C9"], examples=[], limit=40)
    assert reasons(found)["S09"] == ("fits any challenge", "takes 5 minutes")
    assert {s.strategy.code for s in found} == {
        s.code for s in LIBRARY if "C9" in s.shown.fits or "all" in s.shown.fits
    }


def test_suggest_from_an_empty_library_is_empty():
    assert suggest([], categories=["C3"], examples=["overtime"]) == []


def test_suggest_refuses_a_limit_that_could_not_hold_the_rule():
    with pytest.raises(ValueError, match="at least 3"):
        suggest(LIBRARY, categories=[], examples=[], limit=2)
