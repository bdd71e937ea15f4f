"""How long a report is kept is said as it is set, wherever it is said."""

import pytest
from django.urls import reverse

from apps.reports.pdf import markup
from tests.journal.pages import page
from tests.reports.readings import content


@pytest.fixture(autouse=True)
def kept_for_three_hours(settings):
    settings.REPORT_KEPT_HOURS = 3


@pytest.mark.parametrize("name", ["home:privacy", "reports:report_new", "reports:report_list"])
def test_page_says_how_long_a_report_is_kept(amina, name):
    words = amina.get(reverse(name)).content.decode()
    assert "3 hours" in words
    assert "24 hours" not in words


def test_list_with_a_report_says_how_long_it_is_kept(amina, ready):
    assert "erased 3 hours after it was made" in amina.get(reverse("reports:report_list")).content.decode()


def test_completed_reflection_says_how_long_its_report_is_kept(amina, world):
    assert "erased after 3 hours" in amina.get(page(world["reflection"])).content.decode()


def test_report_itself_says_how_long_it_is_kept(settings):
    assert "keeps this file for 3 hours only" in markup(content("Calm"))
    settings.REPORT_KEPT_HOURS = 1
    assert "keeps this file for 1 hour only" in markup(content("Calm"))
