"""Never lose a word: what the page does by itself while its author writes, and when the network fails her."""

import pytest
from django.utils import timezone

from apps.journal.models import Reflection
from tests.journeys.person import NO_CONNECTION, TROUBLE
from tests.journeys.reflecting import is_kept, waits_until_kept
from tests.journeys.stage import ON_A_PHONE

FIRST, MORE = "bunting words at noon", " yellowhammer words by evening"
ASKS = "What happened?"


@pytest.fixture
def draft(world):
    """Amina's draft, whose first page she opens."""
    return world["draft"]


@pytest.fixture
def writing(amina, draft):
    """Amina at the first page of her draft."""
    return amina.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")


@ON_A_PHONE
def test_amina_types_and_stops_and_it_is_saved_with_the_time(writing, draft):
    writing.writes(ASKS, FIRST)
    writing.ticks("Sad", to="Feelings")
    waits_until_kept(writing, draft, what_happened=FIRST, feelings="sad")
    hour = f"{timezone.localtime():%H}"
    writing.is_told(f"Saved {hour}:")
    writing.opens_again()
    writing.finds(FIRST, in_field=ASKS)


@ON_A_PHONE
def test_amina_leaves_the_tab_in_mid_sentence_and_it_is_saved_at_once(writing, draft):
    writing.stops_the_clock()  # so that no pause in her typing saves it
    writing.writes(ASKS, FIRST)
    writing.turns_to_another_tab()
    waits_until_kept(writing, draft, what_happened=FIRST)


@ON_A_PHONE
def test_amina_closes_the_tab_at_once_and_her_last_words_are_kept(writing, draft):
    other = writing.in_another_tab()
    writing.stops_the_clock()
    writing.types(FIRST, in_field=ASKS)
    writing.closes_the_tab(answering="leave")
    other.waits_until(writing.page.is_closed, "the tab to close")
    other.waits_until(lambda: FIRST in Reflection.objects.get(pk=draft.pk).what_happened, "the last words")


@ON_A_PHONE
def test_amina_leaves_with_unsaved_words_and_is_asked_first(writing):
    writing.expects(NO_CONNECTION)
    writing.loses_the_network()
    writing.types(FIRST, in_field=ASKS)
    assert writing.follows_and_is_asked("Privacy", answering="stay") == "beforeunload"
    writing.sees("Work challenge")
    writing.reads_in(ASKS, FIRST)


@ON_A_PHONE
def test_amina_leaves_with_everything_saved_and_is_not_asked(writing, draft):
    writing.writes(ASKS, FIRST)
    waits_until_kept(writing, draft, what_happened=FIRST)
    assert writing.follows_and_is_asked("Privacy", answering="leave") is None
    writing.sees("Privacy")


@ON_A_PHONE
def test_amina_writes_through_a_dead_network_and_all_is_saved_when_it_is_back(writing, draft):
    writing.expects(NO_CONNECTION)
    writing.loses_the_network()
    writing.writes(ASKS, FIRST)
    writing.is_told("No connection. Your words are still on this page. Trying again.")
    writing.looks_again()
    writing.types(MORE, in_field=ASKS)
    writing.has_the_network_back()
    waits_until_kept(writing, draft, what_happened=FIRST + MORE)


@ON_A_PHONE
def test_amina_presses_save_on_a_dead_network_and_stays_with_her_words(writing, draft):
    writing.expects(NO_CONNECTION)
    writing.loses_the_network()
    writing.writes(ASKS, FIRST)
    writing.presses("Save and continue")
    writing.is_told("No connection.")
    writing.sees("Work challenge")
    writing.finds(FIRST, in_field=ASKS)
    writing.has_the_network_back()
    waits_until_kept(writing, draft, what_happened=FIRST)
    writing.takes_a_moment()
    writing.presses("Save and continue")
    writing.sees("Values connection")


@ON_A_PHONE
def test_amina_meets_a_server_in_trouble_and_is_saved_once_it_is_well(writing, draft):
    writing.expects(TROUBLE)
    with writing.answers_to("/autosave/") as answers:
        answers.are(503)
        writing.writes(ASKS, FIRST)
        writing.is_told("Not saved. Your words are still on this page. Trying again.")
    waits_until_kept(writing, draft, what_happened=FIRST)


@ON_A_PHONE
def test_amina_presses_save_meets_an_error_and_finds_her_words_by_going_back(writing, draft):
    writing.expects(TROUBLE)
    writing.writes(ASKS, FIRST)
    with writing.answers_to("/challenge/") as answers:
        answers.are(503)
        writing.presses("Save and continue")
        writing.reads("trouble")
    writing.goes_back()
    writing.sees("Work challenge")
    writing.finds(FIRST, in_field=ASKS)
    assert is_kept(draft, what_happened=FIRST)


@ON_A_PHONE
def test_amina_whose_saves_answer_was_lost_is_asked_nothing(writing, draft):
    writing.expects(NO_CONNECTION)
    with writing.answers_to("/autosave/") as answers:
        answers.are_lost()
        writing.writes(ASKS, FIRST)
        writing.ticks("Sad", to="Feelings")
        writing.waits_until(
            lambda: is_kept(draft, what_happened=FIRST, feelings="sad"), "the save whose answer is lost"
        )
        writing.is_told("No connection.")
        writing.writes(ASKS, FIRST + MORE)
        writing.ticks("Tired", to="Feelings")
    waits_until_kept(writing, draft, what_happened=FIRST + MORE, feelings="sad tired")
    writing.does_not_read("This was also saved somewhere else")


@ON_A_PHONE
def test_amina_presses_save_while_an_autosave_is_under_way_and_nothing_clashes(writing, draft):
    with writing.answers_to("/autosave/") as answers:
        answers.wait()
        writing.writes(ASKS, FIRST)
        writing.waits_until(lambda: answers.waiting, "an autosave to be under way")
        writing.writes(ASKS, FIRST + MORE)
        writing.presses("Save and continue")
    writing.sees("Values connection")
    assert is_kept(draft, what_happened=FIRST + MORE)


@ON_A_PHONE
def test_amina_types_before_the_script_has_come_and_is_saved_all_the_same(amina, draft):
    with amina.answers_to("/autosave.js") as answers:
        answers.wait()
        amina.begins_to_open(f"/journal/{draft.pk}/challenge/")
        amina.writes(ASKS, FIRST)
        amina.waits_until(lambda: answers.waiting, "the script to be asked for")
    waits_until_kept(amina, draft, what_happened=FIRST)
    amina.sees("Work challenge")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
@ON_A_PHONE
def test_amina_presses_every_button_twice_and_makes_one_of_each(enters, world, has_scripts):
    amina = enters(world["amina"], java_script_enabled=has_scripts)
    before = Reflection.objects.owned_by(world["amina"]).count()
    amina.opens("/journal/new/", "Start a reflection")
    amina.chooses("Full reflection", to="How would you like to reflect?")
    amina.presses_twice("Start")
    amina.sees("Work challenge")
    amina.writes(ASKS, FIRST)
    amina.presses_twice("Save and continue")
    amina.sees("Values connection")
    assert Reflection.objects.owned_by(world["amina"]).count() == before + 1
    assert is_kept(Reflection.objects.owned_by(world["amina"]).newest_first()[0], what_happened=FIRST)
