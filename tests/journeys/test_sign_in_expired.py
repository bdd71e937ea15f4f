"""The sign-in runs out in mid-sentence: the words stay, and are saved once she is back."""

import pytest
from django.contrib.sessions.models import Session

from tests.factories import PASSWORD
from tests.journeys.person import FORBIDDEN, NOT_THERE, SIGNED_OUT
from tests.journeys.reflecting import is_kept, waits_until_kept
from tests.journeys.stage import AT_A_DESK, ON_A_PHONE

FIRST, MORE = "goldcrest words before", " and goldcrest words after"
ASKS = "What happened?"
TOLD = "You have been signed out. Your words are still on this page, and are saved once you sign in again."


@pytest.fixture
def draft(world):
    """Amina's draft."""
    return world["draft"]


def runs_out():
    """Every sign-in ends, as after twelve hours."""
    Session.objects.all().delete()


def sign_in_there(person, address):
    """At the page of sign-in that a link opened, with an address and a password."""
    person.sees("Sign in")
    person.enters("Email address", address)
    person.enters("Password", PASSWORD)
    person.presses("Sign in")


@AT_A_DESK
def test_amina_writes_past_the_end_of_her_sign_in_and_goes_on_after_signing_in_in_another_tab(amina, draft):
    amina.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    amina.writes(ASKS, FIRST)
    waits_until_kept(amina, draft, what_happened=FIRST)
    runs_out()
    amina.expects(SIGNED_OUT)
    amina.types(MORE, in_field=ASKS)
    amina.is_told(TOLD)
    amina.finds(FIRST + MORE, in_field=ASKS)
    amina.looks_again()
    there = amina.follows_into_a_new_tab("Sign in (opens in a new tab)")
    sign_in_there(there, "amina@example.nhs.uk")
    there.sees("Work challenge")
    waits_until_kept(amina, draft, what_happened=FIRST + MORE)
    amina.presses("Save and continue")
    amina.sees("Values connection")


@AT_A_DESK
def test_amina_presses_save_after_her_sign_in_ran_out_and_stays_with_her_words(amina, draft):
    amina.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    runs_out()
    amina.expects(SIGNED_OUT)
    amina.writes(ASKS, FIRST)
    amina.presses("Save and continue")
    amina.is_told(TOLD)
    amina.sees("Work challenge")
    amina.finds(FIRST, in_field=ASKS)


@AT_A_DESK
def test_amina_presses_save_with_nothing_new_after_her_sign_in_ran_out_and_is_given_her_words(amina, draft):
    amina.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    runs_out()
    amina.expects(SIGNED_OUT)
    amina.presses("Save and continue")
    amina.sees("You have been signed out")
    amina.finds("Amina's planted words: otter", in_field="What happened?")
    there = amina.follows_into_a_new_tab("Sign in (opens in a new tab)")
    sign_in_there(there, "amina@example.nhs.uk")
    there.sees("Home")
    amina.presses("Save again")
    amina.sees("Values connection")
    assert is_kept(draft, what_happened="Amina's planted words: otter")


def test_amina_without_scripts_is_given_her_words_back_and_saves_them_again(enters, world, draft):
    amina = enters(world["amina"], java_script_enabled=False)
    amina.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    amina.writes(ASKS, FIRST)
    runs_out()
    amina.expects(SIGNED_OUT, FORBIDDEN)
    amina.presses("Save and continue")
    amina.sees("You have been signed out")
    amina.reads("Your words are still here")
    amina.finds(FIRST, in_field="What happened?")
    there = amina.follows_into_a_new_tab("Sign in (opens in a new tab)")
    sign_in_there(there, "amina@example.nhs.uk")
    there.sees("Home")
    amina.presses("Save again")
    amina.sees("Your words are still here")  # her page's token was older than her new sign-in
    amina.presses("Save again")
    amina.sees("Values connection")
    assert is_kept(draft, what_happened=FIRST)


@ON_A_PHONE
def test_ben_signs_in_at_aminas_browser_and_her_words_go_nowhere(amina, world, draft):
    amina.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    runs_out()
    amina.expects(SIGNED_OUT, NOT_THERE)
    amina.writes(ASKS, FIRST)
    amina.is_told(TOLD)
    ben = amina.in_another_tab()
    ben.opens("/accounts/login/", "Sign in")
    sign_in_there(ben, world["ben"].email)
    ben.sees("Home")
    amina.is_told("somebody else has signed in here. Your words are still on this page.")
    amina.finds(FIRST, in_field=ASKS)
    ben.opens("/journal/", "Your reflections")
    ben.does_not_read(FIRST, "otter")
    assert not is_kept(draft, what_happened=FIRST)
