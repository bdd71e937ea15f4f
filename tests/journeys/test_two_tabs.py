"""The same page open twice: nothing is overwritten, and the author decides."""

import re

import pytest

from apps.journal.models import Reflection
from tests.journeys.person import CLASHED
from tests.journeys.reflecting import STRAIN, is_kept, waits_until_kept
from tests.journeys.stage import AT_A_DESK

HERE, THERE = "written here about the siskin", "written there about the linnet"
NOT_SAVED = "Not saved: this page was also saved somewhere else."


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("Keep both, one after the other", f"{THERE}\n\n{HERE}"),
        ("Keep what is on this page", HERE),
        ("Keep what was saved somewhere else", THERE),
    ],
)
@AT_A_DESK
def test_amina_writes_in_two_tabs_sees_both_texts_and_keeps_what_she_chooses(amina, world, choice, kept):
    draft, there = world["draft"], amina.in_another_tab()
    amina.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    there.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    there.writes("What happened?", THERE)
    there.chooses("Longer ago", to="When was this?")
    waits_until_kept(there, draft, what_happened=THERE, happened="longer_ago")
    amina.expects(CLASHED)
    amina.writes("What happened?", HERE)
    amina.chooses("Today", to="When was this?")
    amina.is_told(NOT_SAVED)
    amina.reads("This was also saved somewhere else", HERE, THERE)
    amina.finds(HERE, in_field="What happened?")
    amina.looks_again()
    amina.chooses(choice, to="What happened?")
    amina.presses("Save and continue")
    amina.sees("Values connection")
    assert is_kept(draft, what_happened=kept, happened="today")


@AT_A_DESK
def test_amina_changes_one_answer_in_each_tab_and_as_proposed_both_are_kept(amina, world):
    draft, there = world["draft"], amina.in_another_tab()
    amina.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    there.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    there.chooses("Longer ago", to="When was this?")
    waits_until_kept(there, draft, happened="longer_ago")
    amina.expects(CLASHED)
    amina.rates(STRAIN, 5)
    amina.is_told(NOT_SAVED)
    amina.reads(re.compile("^Nothing$"), "Longer ago")
    amina.presses("Save and continue")
    amina.has_in_focus_the_part_that_says("This was also saved somewhere else")
    amina.takes_a_moment()
    amina.presses("Save and continue")
    amina.sees("Values connection")
    assert is_kept(draft, happened="longer_ago", strain_before=5)


def test_amina_presses_save_in_a_stale_tab_and_is_led_to_the_choice(amina, world):
    draft, there = world["draft"], amina.in_another_tab()
    amina.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    there.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    there.writes("What happened?", THERE)
    waits_until_kept(there, draft, what_happened=THERE)
    amina.expects(CLASHED)
    amina.writes("What happened?", HERE)
    amina.presses("Save and continue")
    amina.reads(THERE)
    amina.has_in_focus_the_part_that_says("This was also saved somewhere else")
    amina.takes_a_moment()
    amina.presses("Save and continue")
    amina.sees("Values connection")
    assert is_kept(draft, what_happened=f"{THERE}\n\n{HERE}")


@AT_A_DESK
def test_amina_answers_two_phases_in_two_tabs_and_nothing_is_asked(amina, world):
    draft, there = world["draft"], amina.in_another_tab()
    amina.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    there.opens(f"/journal/{draft.pk}/values/", "Values connection")
    there.writes("Why does that matter to you?", THERE)
    waits_until_kept(there, draft, why_it_matters=THERE)
    amina.writes("What happened?", HERE)
    waits_until_kept(amina, draft, what_happened=HERE)
    assert is_kept(draft, why_it_matters=THERE, version=2)


@AT_A_DESK
def test_amina_saves_in_two_tabs_without_scripts_and_keeps_both(enters, world):
    draft = world["draft"]
    amina = enters(world["amina"], java_script_enabled=False)
    there = amina.in_another_tab()
    for tab in (amina, there):
        tab.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    there.writes("What happened?", THERE)
    there.presses("Save and continue")
    there.sees("Values connection")
    amina.expects(CLASHED)
    amina.writes("What happened?", HERE)
    amina.presses("Save and continue")
    amina.reads("This was also saved somewhere else", HERE, THERE)
    amina.sees("Work challenge")
    amina.chooses("Keep both, one after the other", to="What happened?")
    amina.presses("Save and continue")
    amina.sees("Values connection")
    assert is_kept(draft, what_happened=f"{THERE}\n\n{HERE}")
    assert Reflection.objects.owned_by(world["amina"]).drafts().count() == 1
