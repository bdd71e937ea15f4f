"""The loop closes: a plan whose day has come is looked back on, and the next suggestion says so."""

from datetime import timedelta

from django.utils import timezone

from apps.journal.models import Plan, ReflectionChallenge

NOTE = "The wheatear on the sill was reason enough to stay"
NEW_ACT = "name three things outside, wheatear or not"


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
