"""A strategy of one's own: written, found among the suggestions, planned with, and sent to the editors when asked."""

from apps.coping.models import OwnStrategy, SuggestedStrategy
from apps.journal.models import Plan, ReflectionChallenge

FIRST, SECOND = "Leave by the back door\nRing Mrs Rook from the field", "Leave by the back door\nWalk round the field"


def test_amina_writes_a_strategy_plans_with_it_and_sends_the_editors_a_copy(amina, world):
    ReflectionChallenge.objects.create(reflection=world["draft"], category="C3")
    writes_it(amina)
    own = OwnStrategy.objects.owned_by(world["amina"]).get()
    plans_with_it(amina, world["draft"])
    assert Plan.objects.owned_by(world["amina"]).get(reflection=world["draft"]).own_id == own.pk
    amina.opens(own.get_absolute_url(), "Skylark walk")
    sends_it_after_looking_at_what_may_identify_somebody(amina)
    assert SuggestedStrategy.objects.get().what_to_do == SECOND
    amina.presses_first("Take it back")
    amina.reads("Taken back. The editors can no longer read it.")


def writes_it(amina):
    amina.opens("/coping/", "Coping strategies")
    amina.follows_first("Your own strategies")
    amina.sees("Your own strategies")
    amina.presses("Write a strategy")
    amina.sees("Write a strategy of your own")
    amina.enters("Name", "Skylark walk")
    amina.writes("What to do", FIRST)
    amina.presses("Save this strategy")
    amina.is_told_of_problems("Enter how many minutes it takes, from 1 to 240")
    amina.enters("How many minutes does it take?", "10")
    amina.ticks("Volume, pace and targets", to="Which challenges does it fit?")
    amina.presses_twice("Save this strategy")
    amina.sees("Skylark walk")


def plans_with_it(amina, draft):
    amina.opens(f"/journal/{draft.pk}/coping/", "Coping")
    amina.reads("Your own; fits Volume, pace and targets")
    amina.chooses("Skylark walk", to="Strategies that may fit")
    amina.writes("I will", "walk round the field")
    amina.presses("Save and continue")
    amina.sees("Check your reflection")
    amina.reads("Strategy: Skylark walk")


def sends_it_after_looking_at_what_may_identify_somebody(amina):
    amina.follows("Suggest this to the editors")
    amina.sees("Suggest this to the editors")
    amina.reads("Ring Mrs Rook from the field", "a person’s name")
    amina.presses("Send to the editors")
    amina.is_told_of_problems("Look at what may identify someone, then change it or tick that it does not")
    assert not SuggestedStrategy.objects.exists()
    amina.follows("Change them yourself")
    amina.sees("Change your strategy")
    amina.writes("What to do", SECOND)
    amina.presses("Save this strategy")
    amina.follows("Suggest this to the editors")
    amina.presses("Send to the editors")
    amina.sees("Your own strategies")
    amina.reads("Sent to the editors, without your name.")
