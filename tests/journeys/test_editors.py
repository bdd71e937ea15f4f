"""A strategy changes hands: Edie writes it, Eli reads it beside the old one, and Amina finds it in the library."""

from tests.factories import make_editor
from tests.journeys.person import NOT_THERE, Person
from tests.journeys.stage import AT_A_DESK

SENTENCE = "Stand up, and let the last call go."


def opens_reset_minute(person: Person) -> None:
    """From the front page of the staff pages to the first strategy."""
    person.opens("/admin/", "Staff pages")
    person.follows("Strategies")
    person.sees("Strategies")
    person.page.locator("#result_list tbody th a").first.click()


@AT_A_DESK
def test_edie_writes_a_version_eli_publishes_it_and_amina_reads_it(amina, enters, world):
    edie, eli = enters(world["edie"]), enters(make_editor("eli@example.nhs.uk", name="Eli"))
    opens_reset_minute(edie)
    edie.sees("Reset minute")
    edie.follows("Write a new version")
    edie.sees("Write a version")
    edie.enters("Name:", "A minute to reset")
    edie.enters("One line:", "")
    edie.presses("Save and send for review")
    edie.reads("There is a problem. See below, and save again.", "Enter one line that says what it is")
    edie.sees("Write a version")
    edie.enters("One line:", SENTENCE)
    edie.presses("Save and send for review")
    edie.sees("A minute to reset")
    opens_reset_minute(eli)
    eli.sees("A minute to reset")
    eli.follows("Open version 2")
    eli.sees("A minute to reset, version 2")
    eli.reads("One line (changed)", SENTENCE, "A short break for your body before the next contact.")
    eli.presses("Publish it")
    eli.reads("Published version 2.")
    eli.sees("A minute to reset")
    amina.opens("/coping/reset-minute/", "A minute to reset")
    amina.reads(SENTENCE)
    amina.expects(NOT_THERE)
    amina.opens("/admin/", "Page not found")
