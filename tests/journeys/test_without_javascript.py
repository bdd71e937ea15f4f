"""The whole main job with JavaScript switched off: only autosave and live checks are lost."""

from tests.journeys import reflecting
from tests.journeys.reflecting import HAPPENED
from tests.journeys.stage import ON_A_PHONE
from tests.journeys.worker import running_worker
from tests.reports.inside import words


@ON_A_PHONE
def test_amina_without_scripts_does_the_whole_main_job(enters, world):
    amina = enters(world["amina"], java_script_enabled=False)
    reflecting.start(amina)
    reflecting.answer_challenge(amina)
    amina.presses("Save and continue")
    amina.sees("Values connection")
    amina.ticks("Compassion", to="Which of your values does this touch?")
    amina.presses("Ask me about these values")
    amina.reads("Compassion: how did it fare?")
    reflecting.answer_values(amina)
    amina.presses("Save and continue")
    reflecting.answer_coping(amina)
    amina.presses("Save and finish later")
    amina.sees("Home")
    amina.follows_first("Full reflection of")
    amina.sees("Check your reflection")
    amina.reads(HAPPENED, reflecting.MATTERS, reflecting.FORWARD)
    amina.presses("Complete this reflection")
    amina.sees("Before you go")
    amina.presses("Make the report")
    amina.sees("Make a report")
    amina.presses("Make the report")
    amina.sees("Making your report")
    with running_worker():
        amina.follows_until("Check again", "Your report is ready")
    amina.sees("Your report is ready")
    assert HAPPENED in words(amina.downloads("Download the report"))
