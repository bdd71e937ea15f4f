"""The main job, end to end: one difficult moment taken through the three phases."""

from tests.journeys import reflecting
from tests.journeys.person import REFUSED
from tests.journeys.reflecting import HAPPENED
from tests.journeys.stage import AT_A_DESK, ON_A_PHONE

VALUES = "Which of your values does this touch?"


def test_amina_takes_a_moment_through_three_phases_and_ends_settled(amina):
    reflecting.start(amina)
    reflecting.answer_challenge(amina)
    amina.presses("Save and continue")
    reflecting.answer_values(amina)
    amina.presses("Save and continue")
    reflecting.answer_coping(amina)
    amina.presses("Save and continue")
    amina.sees("Check your reflection")
    amina.reads(HAPPENED, reflecting.SEE_IT_NOW, "7 out of 10", "closeness 6 out of 10")
    amina.presses("Complete this reflection")
    amina.sees("Before you go")
    amina.reads(f"When {reflecting.WHEN}, I will {reflecting.WILL}", "Who else owns this")
    amina.follows("Read your reflection")
    amina.sees("Your reflection")
    amina.reads(reflecting.FORWARD)
    amina.opens("/journal/", "Your reflections")
    amina.reads(HAPPENED)


def test_amina_completes_too_early_and_is_led_to_each_thing_missing(amina):
    reflecting.start(amina)
    for heading in ("Work challenge", "Values connection", "Coping"):
        amina.sees(heading)
        amina.presses("Save and continue")
    amina.sees("Check your reflection")
    amina.expects(REFUSED)
    amina.presses("Complete this reflection")
    amina.is_told_of_problems(
        "Choose at least one kind of challenge",
        "Write what happened, in a sentence or two",
        "Choose at least one value that this touches",
        "Plan one thing you will do",
    )
    amina.follows("Write what happened, in a sentence or two")
    amina.sees("Work challenge")
    amina.has_in_view("What happened?")


@AT_A_DESK
def test_amina_changes_an_answer_from_the_check_page_and_comes_back_to_it(amina, world):
    amina.opens(f"/journal/{world['draft'].pk}/", "Check your reflection")
    amina.follows("Change What happened?")
    amina.sees("Work challenge")
    amina.has_in_view("What happened?")
    amina.writes("What happened?", HAPPENED)
    amina.presses("Save and continue")
    amina.sees("Check your reflection")
    amina.reads(HAPPENED)


@ON_A_PHONE
def test_amina_writes_too_much_and_is_told_where_with_nothing_lost(amina, world):
    amina.opens(f"/journal/{world['draft'].pk}/values/", "Values connection")
    too_much = "avocet " * 150
    amina.expects(REFUSED)
    amina.writes("How do you see it now?", too_much)
    amina.presses("Save and continue")
    message = "“How do you see it now?” can hold 1,000 characters. It has 1050 now, so shorten it"
    amina.is_told_of_problems(message)
    amina.finds(too_much, in_field="How do you see it now?")
    amina.follows(message)
    amina.has_in_focus("How do you see it now?")
    amina.writes("How do you see it now?", reflecting.SEE_IT_NOW)
    amina.presses("Save and continue")
    amina.sees("Coping")


@ON_A_PHONE
def test_amina_ticks_four_values_and_is_asked_to_untick_one(amina, world):
    amina.opens(f"/journal/{world['draft'].pk}/values/", "Values connection")
    amina.expects(REFUSED)
    amina.ticks("Compassion", "Honesty", "Safety", "Balance", to=VALUES)
    amina.is_told("Not saved. Choose up to 3 values. You have chosen 4, so untick some.")
    amina.presses("Save and continue")
    amina.is_told_of_problems("Choose up to 3 values. You have chosen 4, so untick some")
    amina.unticks("Balance", to=VALUES)
    amina.presses("Save and continue")
    amina.sees("Coping")


@AT_A_DESK
def test_amina_adds_a_value_and_a_second_plan_of_her_own_and_both_are_kept(amina, world):
    amina.opens(f"/journal/{world['draft'].pk}/values/", "Values connection")
    amina.writes("Add a value of your own", "Redshank steadiness")
    amina.presses("Save and continue")
    amina.sees("Coping")
    amina.writes("When", reflecting.WHEN)
    amina.writes("I will", reflecting.WILL)
    amina.presses("Add another plan")
    amina.reads("Plan 2")
    amina.sees("Coping")
    amina.finds(reflecting.WILL, in_field="I will", under="One thing you will do")
    amina.writes("When", "the wagtail bell rings twice", under="Plan 2")
    amina.writes("I will", "walk past the bittern pond", under="Plan 2")
    amina.presses("Save and continue")
    amina.sees("Check your reflection")
    amina.reads("Redshank steadiness", "When the wagtail bell rings twice, I will walk past the bittern pond")


def test_amina_names_somebody_and_is_asked_before_it_is_complete(amina, world):
    told = "Mrs Fieldfare rang from 07700 900123 about her shrike"
    amina.opens(f"/journal/{world['reflection'].pk}/", "Your reflection")
    amina.presses("Reopen to change it")
    amina.sees("Check your reflection")
    amina.follows("Change What happened?")
    amina.sees("Work challenge")
    amina.writes("What happened?", told)
    amina.presses("Save and continue")
    amina.sees("Check your reflection")
    amina.reads("Could this identify someone?", "07700 900123")
    amina.expects(REFUSED)
    amina.presses("Complete this reflection")
    amina.is_told_of_problems("Look at what may identify someone, then change it or tick that it does not")
    amina.ticks("I have looked at these. They do not identify anybody.", to="Could this identify someone?")
    amina.presses("Complete this reflection")
    amina.sees("Before you go")


@ON_A_PHONE
def test_amina_says_that_she_is_not_safe_and_finds_support_on_the_page(amina, world):
    amina.opens(f"/journal/{world['draft'].pk}/challenge/", "Work challenge")
    amina.ticks("I am not OK, or not safe", to="Feelings")
    amina.presses("Save and continue")
    amina.sees("Values connection")
    amina.reads("You do not have to carry this alone", "Need support now")
