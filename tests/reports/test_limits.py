"""Fairness among people: one report of each in the queue, and no more on the way than somebody could want."""

import pytest
from django.utils import timezone

from apps.reports import tasks
from apps.reports.actions import MOST_WAITING, TooMany, ask_for_report
from apps.reports.models import Report
from tests import factories
from tests.reports import cpd
from tests.reports.pages import PHASES, address, page_of, text_of
from tests.reports.test_cpd_paper import ALL


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Asks within one transaction each, as requests do."""

    def ask(*acts):
        for act in acts:
            with django_capture_on_commit_callbacks(execute=True):
                act()

    return ask


def each_of(person, number):
    """Asks for reports of so many reflections of this person."""
    made = [factories.make_reflection(person) for _ in range(number)]
    return [lambda one=one: ask_for_report(by=person, reflection=one) for one in made]


def test_reports_of_two_people_are_made_in_turn_by_one_worker_however_many_one_of_them_asks_for(world, sent, committed):
    committed(*each_of(world["amina"], 3), *each_of(world["ben"], 2))
    order = []
    for pk in sent:  # which grows: whoever made one sends the next of the same person
        order.append(Report.objects.get(pk=pk).author.name)
        tasks.make_report(pk)
    assert order == ["Amina", "Ben", "Amina", "Ben", "Amina"]
    assert {report.state for report in Report.objects.all()} == {"ready"}


def test_a_report_is_sent_at_once_where_another_of_the_same_person_waits_after_trouble(world, sent, committed):
    committed(*each_of(world["amina"], 1))
    Report.objects.claim(sent[0], now=timezone.now()).let_go()
    committed(*each_of(world["amina"], 1))
    assert len(sent) == 2


@pytest.fixture
def as_many_as_may_be(world, sent):
    """Amina has as many on their way as she may; Ben has none."""
    rows = (
        Report(author=world["amina"], kind=Report.Kind.EVIDENCE, fingerprint=str(number))
        for number in range(MOST_WAITING)
    )
    Report.objects.bulk_create(rows)


def test_one_more_than_may_be_on_their_way_is_refused_to_this_person_alone(world, as_many_as_may_be):
    with pytest.raises(TooMany):
        ask_for_report(by=world["amina"], reflection=world["reflection"])
    assert ask_for_report(by=world["ben"], reflection=world["bens_reflection"])


def test_one_more_is_made_once_another_ended(world, as_many_as_may_be):
    Report.objects.claim(Report.objects.first().pk, now=timezone.now()).fail(Report.Reason.TOO_LONG)
    assert ask_for_report(by=world["amina"], reflection=world["reflection"])


def posts(world):
    """Each press that makes a report."""
    statement = cpd.write(world["amina"])
    reflection = {"reflection": world["reflection"].pk, "parts": "yes", "phases": PHASES}
    chosen = {"time": "all", "sections": PHASES, "checked": "yes"}
    return [
        ("/reports/new/", reflection),
        (page_of("portfolio"), chosen),
        (cpd.address("detail", statement), ALL),
    ]


@pytest.mark.parametrize("number", range(3), ids=["reflection", "choices", "statement"])
def test_one_more_leads_to_the_reports_there_are_and_says_what_to_do(amina, world, as_many_as_may_be, number):
    page, said = posts(world)[number]
    response = amina.post(page, said, follow=True)
    assert response.redirect_chain == [("/reports/", 302)]
    assert "You have 20 reports on their way. Wait for one of them, or cancel one, then ask again." in text_of(response)
    assert Report.objects.count() == MOST_WAITING


def test_one_more_of_the_same_is_the_one_on_its_way(amina, world, asked):
    rows = (Report(author=world["amina"], kind="evidence", fingerprint=str(n)) for n in range(MOST_WAITING - 1))
    Report.objects.bulk_create(rows)
    page, said = posts(world)[0]
    assert amina.post(page, said).url == address("report_detail", asked)
