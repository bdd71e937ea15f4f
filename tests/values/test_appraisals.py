"""Which appraisals are offered, and how a value's name stands in a prompt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.challenges import CATEGORIES, EXAMPLES, chosen_categories, has_live, has_organisational
from apps.core.reviewed import ContentError
from apps.values.appraisals import APPRAISALS, APPRAISALS_FILE, offer, read_appraisals

categories = st.sets(st.sampled_from(list(CATEGORIES)), max_size=12)
examples = st.sets(st.sampled_from(list(EXAMPLES)), max_size=8)
NAMES_THE_ORGANISATION = {"A2", "A3", "A11"}


def ids(offered):
    return [appraisal.id for appraisal in offered]


@given(categories, examples)
def test_offer_gives_two_or_three_that_fit(cats, keys):
    offered = offer(cats, keys)
    assert 2 <= len(offered) <= 3
    assert len(set(ids(offered))) == len(offered)
    chosen = chosen_categories(cats, keys)
    assert all(not chosen or chosen & set(appraisal.fits) for appraisal in offered)


@given(categories, examples)
def test_offer_gives_the_same_for_the_same_choice(cats, keys):
    assert offer(sorted(cats), sorted(keys)) == offer(sorted(cats, reverse=True), sorted(keys, reverse=True))


@given(categories, examples.filter(has_organisational))
def test_offer_for_an_organisational_cause_leads_with_one_that_names_it(cats, keys):
    assert ids(offer(cats, keys))[0] in NAMES_THE_ORGANISATION


@given(categories, examples.filter(has_live))
def test_offer_while_a_risk_may_be_live_leaves_out_the_wider_view(cats, keys):
    assert "A5" not in ids(offer(cats, keys))


@pytest.mark.parametrize("category", CATEGORIES)
def test_offer_for_each_category_has_three(category):
    assert len(offer([category], [])) == 3


def test_offer_reaches_every_appraisal_by_one_category_or_example():
    alone = [offer([category], []) for category in CATEGORIES] + [offer([], [key]) for key in EXAMPLES]
    assert {appraisal.id for offered in alone for appraisal in offered} == set(APPRAISALS)


def test_offer_with_nothing_chosen_starts_gently():
    assert ids(offer([], [])) == ["A1", "A6", "A8"]


def test_offer_after_a_death_asks_for_kindness_before_shares():
    assert ids(offer(["C2"], ["death-or-serious-incident"])) == ["A6", "A8", "A2"]


def test_every_prompt_has_one_place_for_the_value():
    for appraisal in APPRAISALS.values():
        assert appraisal.wording.count("{value}") == 1, appraisal.id


def test_prompt_holds_the_value_s_name_as_it_was_written():
    prompt = APPRAISALS["A9"].prompt("{value} & <b>co</b>")
    assert prompt == "You care about “{value} & <b>co</b>”. What would good care look like here, at step 2?"


def test_prompt_without_a_value_still_asks():
    assert APPRAISALS["A9"].prompt().startswith("You care about a value that matters to you.")


def test_read_appraisals_names_the_entry_and_the_key_that_is_wrong(tmp_path):
    path = tmp_path / "appraisals.toml"
    path.write_text(APPRAISALS_FILE.read_text(encoding="utf-8").replace("watch_out", "watchout", 1), encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("\nwatch_out", "\nwatchout", 1), encoding="utf-8")
    with pytest.raises(ContentError, match=r"appraisals.toml, appraisal 1: “watch_out” should be a text"):
        read_appraisals(path)
