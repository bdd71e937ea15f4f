"""From a completed reflection to paper: a real worker makes it, and the page says when."""

import pytest

from apps.reports.models import Report
from tests.journeys.person import NOT_THERE
from tests.journeys.stage import AT_A_DESK
from tests.journeys.worker import running_worker
from tests.reports.inside import pdf_ua_failures, words

TOLD = ("Amina's planted words: heron", "Anybody would, with this diary", "stand up and look out of the window")


@pytest.fixture
def reading(amina, stage, world):
    """Amina at a reflection she has completed."""
    stage.words.append(TOLD[0])
    return amina.opens(f"/journal/{world['reflection'].pk}/", "Your reflection")


def asks(reading):
    """Go from the page of the reflection through what will be in the report to the report on its way."""
    reading.presses("Make the report")
    reading.sees("Make a report")
    reading.presses("Make the report")
    reading.sees("Making your report")


def test_amina_makes_a_report_watches_it_come_and_reads_it_on_paper(reading):
    reading.presses_twice("Make the report")
    reading.sees("Make a report")
    reading.reads("What will be in it", "Work challenge, ")
    assert not Report.objects.exists()
    reading.presses_twice("Make the report")
    reading.sees("Making your report")
    reading.reads("Waiting to be made.")
    assert Report.objects.count() == 1
    with running_worker():
        reading.sees("Your report is ready")
    pdf = reading.downloads("Download the report")
    assert pdf_ua_failures(pdf) == []
    on_paper = words(pdf).replace(" ", "")  # a line may end between two words
    assert all(text.replace(" ", "") in on_paper for text in TOLD)


@AT_A_DESK
def test_amina_cancels_her_report_before_it_is_made_and_it_is_gone_at_once(reading):
    asks(reading)
    address = reading.page.url
    reading.presses_first("Cancel the report")
    reading.sees("Your reports")
    reading.reads("The report has been cancelled.")
    reading.expects(NOT_THERE)
    reading.opens(address, "Page not found")
    assert not Report.objects.exists()


@AT_A_DESK
def test_amina_cancels_her_report_and_the_page_that_asks_for_it_does_not_get_in_the_way(reading):
    asks(reading)
    with reading.answers_to("/erase/") as answers:
        answers.come_late()
        reading.begins_to_press("Cancel the report")
        reading.waits_until(lambda: not Report.objects.exists(), "the report to be gone")
        reading.takes_a_moment()  # long enough for the page to ask how far the report is
    reading.sees("Your reports")
