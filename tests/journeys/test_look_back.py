"""The loop closes: a plan whose day has come is looked back on, and the next suggestion says so."""

from datetime import timedelta

from django.utils import timezone

from apps.journal.models import Plan, ReflectionChallenge
from tests.journeys import reflecting
from tests.journeys.stage import ON_A_PHONE

NOTE = "The wheatear on the sill was reason enough to stay"
NEW_ACT = "name three things outside, wheatear or not"
MAY_FIT = "Strategies that may fit"


def test_amina_looks_back_on_her_plan_and_finds_her_own_record_in_the_suggestions(amina, world):
    Plan.objects.owned_by(world["amina"]).update(look_back_on=timezone.localdate())
    ReflectionChallenge.objects.create(reflection=world["draft"], category="C3", example="back-to-back")
    amina.opens("/", "Home")
    amina.follows("Look back on your plans")
    amina.sees("Your coping plans")
    amina.follows_first("Look back on it")
    amina.sees("Look back on your plan")
    amina.presses("Save")
    amina.reads("There is a problem")
    amina.looks_again()
    amina.chooses("Yes", to="Did you do it?")
    amina.rates("Did it help?", 3)
    amina.writes("What did you notice?", f"{NOTE}, said Mrs Otterburn")
    amina.chooses("Change it", to="What now?")
    amina.finds("stand up and look out of the window", in_field="I will")
    amina.writes("I will", NEW_ACT)
    amina.chooses("Next week", to="When would you like to look back on it again?")
    amina.presses("Save")
    amina.reads("Could this identify someone?", "Mrs Otterburn")
    amina.looks_again()
    amina.writes("What did you notice?", NOTE)
    amina.presses("Save")
    amina.sees("Your coping plans")
    amina.reads("Your answer is saved.", NEW_ACT)
    plan = Plan.objects.owned_by(world["amina"]).get()
    assert plan.look_back_on == timezone.localdate() + timedelta(days=7)
    amina.opens(f"/journal/{world['draft'].pk}/coping/", "Coping")
    amina.reads("you tried it once, it helped once")
    amina.opens("/coping/reset-minute/", "Reset minute")
    amina.reads("You have tried this once. It helped once.", "So few tries cannot say much yet.")
    amina.opens(f"/journal/{world['reflection'].pk}/", "Your reflection")
    amina.reads("done, helped 3 out of 4", NOTE, "The plan was then: When my last call before lunch ends")


def ask_for_other_suggestions(amina):
    amina.finds_first("Reset minute", to=MAY_FIT)
    amina.writes("What do you take forward?", reflecting.FORWARD)
    amina.presses("10 minutes")
    amina.reads("takes 20 minutes, so plan it for later")
    amina.presses("Show me others")
    amina.finds_first("Protect note time", to=MAY_FIT)
    amina.sees("Coping")
    amina.presses("Show the first ones again")
    amina.finds_first("Reset minute", to=MAY_FIT)
    amina.finds(reflecting.FORWARD, in_field="What do you take forward?")


def plan_to_close_the_session(amina):
    amina.chooses("Close the session", to=MAY_FIT)
    amina.writes("When", reflecting.WHEN)
    amina.writes("I will", reflecting.WILL)
    amina.chooses("Tomorrow", to="When would you like to look back on it?")
    amina.presses("Save and continue")
    amina.sees("Check your reflection")
    amina.presses("Complete this reflection")
    amina.sees("Before you go")


def look_back_on_it(amina):
    amina.opens("/coping/plans/", "Your coping plans")
    amina.follows_first("Look back on it")
    amina.sees("Look back on your plan")
    amina.chooses("Yes", to="Did you do it?")
    amina.rates("Did it help?", 4)
    amina.chooses("I am done with it", to="What now?")
    amina.presses("Save")
    amina.sees("Your coping plans")


@ON_A_PHONE
def test_amina_goes_from_a_challenge_to_a_plan_to_a_look_back_to_a_changed_suggestion(amina, world):
    world["reflection"].delete()
    reflecting.start(amina)
    reflecting.answer_challenge(amina)
    amina.presses("Save and continue")
    reflecting.answer_values(amina)
    amina.presses("Save and continue")
    amina.sees("Coping")
    ask_for_other_suggestions(amina)
    plan_to_close_the_session(amina)
    Plan.objects.owned_by(world["amina"]).update(look_back_on=timezone.localdate())  # its day has come
    look_back_on_it(amina)
    amina.opens(f"/journal/{world['draft'].pk}/challenge/", "Work challenge")
    amina.ticks("Volume, pace and targets", "My contacts were back to back", to="What kind of challenge was it?")
    amina.presses("Save and continue")
    amina.sees("Values connection")
    amina.presses("Save and continue")
    amina.sees("Coping")
    amina.finds_first("Close the session", to=MAY_FIT)
    amina.reads("you tried it once, it helped once")
