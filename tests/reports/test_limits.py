"""Fairness among people: one report of each in the queue, and no more on the way than somebody could want."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from apps.reports import tasks
from apps.reports.actions import MOST_WAITING, TooMany, ask_again, ask_for_report, erase_report, send_in_turn
from apps.reports.models import Report
from apps.reports.states import failure
from tests import factories
from tests.reports import cpd
from tests.reports.pages import PHASES, address, page_of, text_of
from tests.reports.test_cpd_paper import ALL
from tests.reports.test_report_new import preview_of


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


def test_failed_reports_that_somebody_tries_again_are_made_in_turn_too(world, sent, committed):
    committed(*each_of(world["amina"], 3))
    Report.objects.update(attempts=1, **failure(Report.Reason.TROUBLE, now=timezone.now()))
    del sent[:]
    failed = list(Report.objects.all())
    committed(*[lambda one=one: ask_again(by=world["amina"], report=one) for one in failed])
    assert sent == [str(failed[0].pk)]
    for pk in sent:  # which grows
        tasks.make_report(pk)
    assert sent == [str(one.pk) for one in failed]
    assert {report.state for report in Report.objects.all()} == {"ready"}


def test_a_report_that_still_waits_takes_newer_words_and_keeps_its_place(world, sent, committed):
    first, second = (factories.make_reflection(world["amina"]) for _ in range(2))
    ask = [lambda one=one: ask_for_report(by=world["amina"], reflection=one) for one in (first, second)]
    committed(*ask)
    first.version += 1
    committed(ask[0])
    assert sent == [str(Report.objects.get(reflection=first, version=first.version).pk)]
    assert Report.objects.count() == 2


def test_a_report_cancelled_while_it_is_made_sends_the_next_once_it_stopped(world, sent, committed, monkeypatch):
    committed(*each_of(world["amina"], 2))
    keep = tasks.keep

    def cancelled_meanwhile(report, *made):
        committed(lambda: erase_report(by=world["amina"], pk=report.pk))
        assert len(sent) == 1, "the renderer of the first is still at it"
        keep(report, *made)

    monkeypatch.setattr(tasks, "keep", cancelled_meanwhile)
    tasks.make_report(sent[0])
    assert sent[1:] == [str(Report.objects.get().pk)]


def test_a_report_erased_before_it_was_made_lets_the_next_of_the_same_person_go(world, sent, committed):
    first, second = each_of(world["amina"], 2)
    committed(first, second)
    assert len(sent) == 1
    committed(lambda: erase_report(by=world["amina"], pk=sent[0]))
    assert sent[1:] == [str(Report.objects.get().pk)]


def test_of_two_reports_asked_for_at_the_same_moment_one_is_sent_whoever_looks_first(world, sent):
    row = {"author": world["amina"], "kind": Report.Kind.EVIDENCE}
    reports = [Report.objects.create(**row, fingerprint=one) for one in "ab"]
    for report in reversed(reports):  # both are there before either looks
        send_in_turn(report)
    assert sent == [str(reports[0].pk)]


@pytest.fixture
def as_many_as_may_be(world, sent):
    """Amina has as many on their way as she may; Ben has none."""
    fill(world["amina"], MOST_WAITING)


def fill(person, number):
    """So many reports of this person on their way."""
    kind = Report.Kind.EVIDENCE
    Report.objects.bulk_create(Report(author=person, kind=kind, fingerprint=str(one)) for one in range(number))


def test_one_more_than_may_be_on_their_way_is_refused_to_this_person_alone(world, as_many_as_may_be):
    with pytest.raises(TooMany):
        ask_for_report(by=world["amina"], reflection=world["reflection"])
    assert ask_for_report(by=world["ben"], reflection=world["bens_reflection"])


def test_one_more_is_made_once_another_ended(world, as_many_as_may_be):
    Report.objects.claim(Report.objects.first().pk, now=timezone.now()).fail(Report.Reason.TOO_LONG)
    assert ask_for_report(by=world["amina"], reflection=world["reflection"])


def presses(browser, world):
    """Each press of Amina's that makes a report: where it is sent, and what with."""
    statement, failed = cpd.write(world["amina"]), factories.make_reflection(world["amina"])
    failed = Report.objects.create(author=world["amina"], reflection=failed, version=failed.version)
    Report.objects.filter(pk=failed.pk).update(**failure(Report.Reason.TROUBLE, now=timezone.now()))
    chosen = {"time": "all", "sections": PHASES}
    seen = browser.post(page_of("portfolio"), chosen).context["seen"]
    return {
        "reflection": ("/reports/new/", preview_of(world["reflection"])),
        "choices": (page_of("portfolio"), chosen | {"checked": "yes", "seen": seen}),
        "statement": (cpd.address("detail", statement), ALL),
        "again": (address("report_again", failed), {}),
    }


@pytest.mark.parametrize("which", ["reflection", "choices", "statement", "again"])
def test_one_more_says_what_to_do_where_its_author_can_press_once_more(amina, world, as_many_as_may_be, which):
    page, said = presses(amina, world)[which]
    response = amina.post(page, said, follow=True)
    if which == "again":
        assert response.redirect_chain == [("/reports/", 302)]
    else:
        assert response.context["form"].data == QueryDict(urlencode(said, doseq=True))
        assert "Make the report" in text_of(response)
    assert "Wait for one, or cancel one at “Your reports”. Then ask again." in text_of(response)
    assert Report.objects.unfinished().count() == MOST_WAITING


def test_one_more_of_a_summary_that_somebody_may_keep_is_refused_too(sam, world, summary, sent):
    fill(world["sam"], MOST_WAITING)
    response = sam.post(reverse("reports:copy_make", args=[summary.pk]), follow=True)
    assert response.redirect_chain == [("/reports/", 302)]
    assert Report.objects.count() == MOST_WAITING


def test_one_more_of_the_same_is_the_one_on_its_way(amina, world, asked):
    fill(world["amina"], MOST_WAITING - 1)
    assert amina.post("/reports/new/", preview_of(world["reflection"])).url == address("report_detail", asked)
