"""The keyboard alone, text twice as large, colours of one's own: the same pages, and nothing lost."""

import pytest

from tests.journeys.reflecting import HAPPENED, STRAIN, is_kept
from tests.journeys.stage import AT_A_DESK

PAGES = {
    "challenge/": "Work challenge",
    "values/": "Values connection",
    "coping/": "Coping",
    "quick/": "Quick capture",
    "": "Check your reflection",
}
ENLARGED = {1280: 640, 375: 320}  # pixels left at a desk with text twice as large, and what WCAG asks for reflow


@pytest.fixture
def draft(world):
    """Amina's draft."""
    return world["draft"]


def test_amina_without_a_mouse_answers_the_first_phase_and_goes_on(amina, draft):
    amina.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    amina.tabs_to("Skip to main content")
    amina.presses_keys("Enter")
    amina.tabs_to("Today", within=3)  # the links above are skipped: a breadcrumb is all there is before
    amina.presses_keys("Space")
    amina.tabs_to("Volume, pace and targets")
    amina.presses_keys("Space")
    amina.tabs_to("My contacts were back to back")
    amina.presses_keys("Space")
    amina.tabs_to("What happened?")
    amina.presses_keys("Control+A")
    amina.types(HAPPENED)
    amina.tabs_to("Tired")
    amina.presses_keys("Space")
    amina.tabs_to("0, No strain")
    amina.presses_keys(*["ArrowRight"] * 7)
    amina.tabs_to("Save and continue")
    amina.presses_keys("Enter")
    amina.sees("Values connection")
    amina.reads("Volume, pace and targets: My contacts were back to back")
    assert is_kept(draft, happened="today", what_happened=HAPPENED, feelings="tired", strain_before=7)


def test_amina_with_enlarged_text_finds_everything_within_the_page(enters, world, width, draft):
    amina = enters(world["amina"], viewport={"width": ENLARGED[width], "height": 450}, device_scale_factor=2)
    for address, heading in PAGES.items():
        amina.opens(f"/journal/{draft.pk}/{address}", heading)  # a page too wide, or a word cut off, fails here


@AT_A_DESK
def test_amina_with_colours_of_her_own_sees_what_she_chose(enters, world, draft):
    amina = enters(world["amina"], forced_colors="active")
    for address, heading in PAGES.items():
        amina.opens(f"/journal/{draft.pk}/{address}", heading)
    amina.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    amina.rates(STRAIN, 7)
    amina.looks_again()
    assert amina.colour_behind("7") != amina.colour_behind("6") == amina.colour_behind("5")
