"""The insights in a browser: a year as plots, sentences and tables, from each count to what it counts, and back."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.insights.writing import Facts, write
from tests.journeys.stage import ON_A_PHONE

DAY = 24 * 60  # minutes
AT_WORK, WITH_CLIENTS, IN_ME = ("C3", "no-gap"), ("C1", "tearful-or-hopeless"), ("C1", "carried-home")


def moment(days, *challenges, strain, value, strategy, answers=()):
    """A reflection of so many days ago. `value`: its code, how it fared in words, and how close it felt."""
    code, fared, closeness = value
    said = {"strain": strain, "value": (code, "lived" in fared, "stepped on" in fared, closeness)}
    return Facts(days * DAY + 5, challenges=challenges, strategy=strategy, answers=answers, **said)


YEAR = [  # Amina's, the newest first; of one value there are answers enough to be joined over time
    moment(0, AT_WORK, strain=(8, 5), value=("V01", "lived", 6), strategy="S01", answers=[("yes", 3)]),
    moment(3, AT_WORK, IN_ME, strain=(7, 4), value=("V01", "stepped on", 3), strategy="S01", answers=[("partly", 2)]),
    moment(9, WITH_CLIENTS, strain=(6, 6), value=("V01", "lived, stepped on", 5), strategy="S05", answers=[("yes", 1)]),
    moment(20, AT_WORK, strain=(5, 7), value=("V01", "stepped on", 4), strategy="S01", answers=[("no", None)]),
    moment(40, IN_ME, strain=(9, 4), value=("V02", "lived", 7), strategy="S05", answers=[("yes", 3)]),
    moment(60, WITH_CLIENTS, strain=(4, 2), value=("V01", "lived", 7), strategy="S01", answers=[("yes", 4)]),
    moment(150, AT_WORK, strain=(8, 6), value=("V02", "stepped on", 2), strategy="S01"),
]
OTHERS = [  # that say the same: before that year, Ben's, and a draft
    Facts(500 * DAY, challenges={AT_WORK}, strategy="S01"),
    Facts(DAY, is_mine=False, challenges={AT_WORK}, strategy="S01"),
    Facts(DAY, is_complete=False, challenges={AT_WORK}, strategy="S01"),
]
IN_WORDS = (
    "Of 7 reflections, 4 named how the work is organised, 2 named work with clients and 2 named something in yourself.",
    "7 reflections have strain before and after. It was lower after in 5, the same in 1 and higher in 1.",
    "2 values came up.",
    "You said 7 times how close 2 values felt.",
    "You made 7 plans. You said 5 times that you did one, or part of it, and 4 times that it helped.",
)


@pytest.fixture
def written(world):
    """The facts of that year, each with its reflection."""
    world["reflection"].delete()
    now, people = timezone.now(), {"mine": world["amina"], "theirs": world["ben"]}
    for facts in OTHERS:
        write(facts, now=now, **people)
    return [(facts, write(facts, now=now, **people)) for facts in YEAR]


def test_amina_reads_her_year_opens_its_numbers_and_goes_from_counts_to_what_they_count_and_back(amina, written):
    amina.opens("/insights/", "Your insights")
    amina.reads("6 completed reflections")
    amina.follows("Year")
    amina.reads("7 completed reflections", *IN_WORDS)
    amina.sees("Your insights")
    expect(amina.page.locator(".app-plot")).to_have_count(len(IN_WORDS))
    opens_every_table_behind_a_plot(amina)
    of_pace = [one for facts, one in written if AT_WORK in facts.challenges]
    with_minute = [one for facts, one in written if facts.strategy == "S01"]
    for count, counted in (("Volume, pace and targets", of_pace), ("Reset minute", with_minute)):
        amina.follows(count)
        amina.sees("Your reflections")
        assert reflections_listed(amina) == [f"/journal/{one.pk}/" for one in counted]
        amina.goes_back()
        amina.sees("Your insights")
        amina.reads("7 completed reflections")


def opens_every_table_behind_a_plot(person):
    """Unfold them all, and look at the page as it is then."""
    behind = person.tab.locator("main details").filter(has_text="Show the numbers")
    expect(behind).not_to_have_count(0)
    for part in behind.all():
        numbers = part.locator("table")
        expect(numbers).to_be_hidden()
        part.locator("summary").click()
        expect(numbers).to_be_visible()
    person.looks_again()


def reflections_listed(person):
    """Where the cards of the list lead, in its order."""
    return [card.get_attribute("href") for card in person.tab.locator(".app-timeline .nhsuk-card__link").all()]


@ON_A_PHONE
def test_sam_who_has_written_nothing_is_told_how_to_begin_and_begins(enters, world):
    sam = enters(world["sam"])
    sam.opens("/insights/", "Your insights")
    sam.follows("Look at all of your time here")
    sam.reads("There is nothing to show here yet. A reflection counts once you complete it.")
    sam.sees("Your insights")
    sam.presses("Start a reflection")
    sam.sees("Start a reflection")
