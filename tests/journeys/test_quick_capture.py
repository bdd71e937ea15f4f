"""A minute between two calls: quick capture, left and finished later."""

from apps.journal.models import Reflection
from tests.journeys import reflecting
from tests.journeys.reflecting import HAPPENED


def test_amina_captures_in_a_minute_and_finishes_later_from_home(amina, world):
    reflecting.start(amina, "Quick capture")
    amina.sees("Quick capture")
    amina.chooses("Volume, pace and targets", to="What kind of challenge was it?")
    amina.writes("What happened?", HAPPENED)
    amina.rates(reflecting.STRAIN, 8)
    amina.presses("Save and finish later")
    amina.sees("Home")
    amina.reads("Saved. You can finish this reflection whenever you like.")
    amina.does_not_read(HAPPENED)  # others look over shoulders
    newest = Reflection.objects.owned_by(world["amina"]).newest_first()[0]
    amina.follows_first("Quick capture of")
    amina.sees("Check your reflection")
    amina.follows("Go to Values connection")
    amina.sees("Values connection")
    amina.reads(HAPPENED)
    amina.ticks("Compassion", to="Which of your values does this touch?")
    amina.presses("Save and continue")
    amina.sees("Coping")
    amina.writes("When", reflecting.WHEN)
    amina.writes("I will", reflecting.WILL)
    amina.presses("Save and continue")
    amina.sees("Check your reflection")
    amina.presses("Complete this reflection")
    amina.sees("Before you go")
    newest.refresh_from_db()
    assert not newest.is_draft


def test_amina_captures_everything_on_one_page_and_completes_it(amina):
    reflecting.start(amina, "Quick capture")
    amina.sees("Quick capture")
    amina.chooses("Volume, pace and targets", to="What kind of challenge was it?")
    amina.writes("What happened?", HAPPENED)
    amina.picks("Compassion", in_list="Which of your values does this touch?")
    amina.writes("How do you see it now?", reflecting.SEE_IT_NOW)
    amina.chooses("Reset minute", to="Strategies that may fit")
    amina.writes("When", reflecting.WHEN)
    amina.writes("I will", reflecting.WILL)
    amina.presses("Save and continue")
    amina.sees("Check your reflection")
    amina.reads(HAPPENED, reflecting.SEE_IT_NOW)
    amina.presses("Complete this reflection")
    amina.sees("Before you go")
