"""A supervisor's PDF of a summary: for its reader alone, a receipt for each download, and gone with the summary."""

from datetime import timedelta

import pytest
import time_machine
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.core.models import Act, AuditEvent
from apps.reports import tasks, views
from apps.reports.models import Report
from apps.supervision.actions_summaries import shorten_summary
from apps.supervision.models import Receipt, SharedSummary
from tests.factories import make_summary
from tests.reports import endings, inside
from tests.reports.pages import address, heading
from tests.supervision.pages import SHARED, answer_of, page_of, reading_of, signed_in, text_of

OTHERS = ["amina", "ben", "edie", "ada", "olu"]
PAGES = ["report_detail", "report_download"]
NOT_THERE = (302, 403, 404)  # the first two for whoever is signed out by then
ENDS = [*endings.ENDS, endings.forbid]


def making(summary):
    return reverse("reports:copy_make", args=[summary.pk])


def downloads():
    return Receipt.objects.filter(how="pdf").count(), AuditEvent.objects.filter(act=Act.SUMMARY_DOWNLOADED).count()


# --- Asking ---


def test_copy_make_asks_for_a_pdf_and_leaves_no_receipt(sam, summary, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = sam.post(making(summary))
    report = Report.objects.get()
    assert answer.url == address("report_detail", report)
    assert sent == [str(report.pk)]
    assert (report.author.name, report.kind, report.reflection) == ("Sam", "summary", None)
    tasks.make_report(str(report.pk))
    assert downloads() == (0, 0)


def test_copy_make_twice_makes_one_and_gives_again_what_is_kept(sam, summary, copy_asked):
    assert sam.post(making(summary)).url == address("report_detail", copy_asked)
    tasks.make_report(str(copy_asked.pk))
    assert sam.post(making(summary)).url == address("report_detail", copy_asked)
    sam.post(address("report_erase", copy_asked))
    assert sam.post(making(summary)).status_code == 302
    assert Report.objects.exclude(pk=copy_asked.pk).count() == 1


@pytest.mark.parametrize("person", OTHERS)
def test_copy_make_is_not_there_for_anybody_else(person, summary, sent, world):
    assert signed_in(Client(), world[person]).post(making(summary)).status_code in NOT_THERE
    assert not Report.objects.exists()


@pytest.mark.parametrize("changes", [{"may_print": False}, {"agreement_version": 1}])
def test_copy_make_is_not_there_where_the_author_did_not_agree_to_it(sam, summary, sent, changes):
    SharedSummary.objects.filter(pk=summary.pk).update(**changes)
    assert "Make a PDF" not in text_of(sam.get(reading_of(summary)))
    assert sam.post(making(summary)).status_code == 404
    assert not Report.objects.exists()


def test_copy_make_is_offered_in_the_list_with_what_it_means_and_where_no_answer_gets_lost(sam, summary):
    words = text_of(sam.get(SHARED))
    assert "Make a PDF" in words
    assert "They see each download." in words
    assert making(summary) not in sam.get(reading_of(summary)).content.decode()


# --- Reading ---


def test_report_pages_name_the_summary_and_hold_no_word_of_it(sam, copy_ready):
    for page in (sam.get(reverse("reports:report_list")), sam.get(address("report_detail", copy_ready))):
        words = text_of(page)
        assert "Summary from Amina" in words
        assert "They see each time you download it." in words
        assert "kingfisher" not in page.content.decode()
    assert not Receipt.objects.exists()


def test_report_list_costs_the_same_number_of_queries_with_summaries(sam, copy_ready, django_assert_num_queries):
    def queries():
        with django_assert_num_queries(4):  # session, person, reports, whose summaries they are of
            sam.get(reverse("reports:report_list"))

    queries()
    for _ in range(3):
        sam.post(making(make_summary(copy_ready.copy.summary.link, ask="kingfisher", may_print=True)))
    queries()


def test_report_download_of_a_summary_leaves_a_receipt_each_time_that_its_author_sees(sam, amina, summary, copy_ready):
    for number in (1, 2):
        answer = sam.get(address("report_download", copy_ready))
        assert answer.content == copy_ready.pdf
        assert answer["Content-Disposition"].startswith('attachment; filename="supervision-summary-2')
        assert downloads() == (number, number)
    words = text_of(amina.get(page_of(summary)))
    assert "Opened 2 times" in words
    assert words.count("as a PDF") >= 2


def test_report_download_of_a_summary_by_head_is_refused_and_no_opening(sam, copy_ready):
    assert sam.head(address("report_download", copy_ready)).status_code == 405
    assert downloads() == (0, 0)


@pytest.mark.parametrize("broken", ["apps.supervision.models.Receipt.save", "apps.core.audit.record"])
def test_report_download_gives_no_byte_if_the_receipt_or_its_event_cannot_be_kept(
    broken, world, copy_ready, monkeypatch
):
    def fails(*args, **kwargs):
        raise IntegrityError if "Receipt" in broken else DatabaseError

    monkeypatch.setattr(broken, fails)
    answer = signed_in(Client(raise_request_exception=False), world["sam"]).get(address("report_download", copy_ready))
    assert answer.status_code == 500
    assert b"%PDF" not in answer.content
    assert downloads() == (0, 0)


@pytest.mark.parametrize("person", OTHERS)
def test_report_of_a_summary_is_not_there_for_anybody_else(person, world, copy_ready):
    browser = signed_in(Client(), world[person])
    for name in PAGES:
        assert browser.get(address(name, copy_ready)).status_code in NOT_THERE
    for name in ("report_again", "report_erase"):
        assert browser.post(address(name, copy_ready)).status_code in NOT_THERE
    assert "Summary from" not in text_of(browser.get(reverse("reports:report_list"), follow=True))
    assert Report.objects.filter(pk=copy_ready.pk).exists()
    assert downloads() == (0, 0)


def test_report_of_a_reflection_stays_its_authors_whatever_becomes_of_the_summary(amina, summary, copy_ready, ready):
    endings.take_back(summary)
    assert amina.get(address("report_download", ready)).content == ready.pdf
    assert [report.pk for report in Report.objects.all()] == [ready.pk]


# --- The ends ---


@pytest.mark.parametrize("end", ENDS)
def test_report_of_a_summary_goes_with_the_summary_at_once(end, sam, summary, copy_ready):
    end(summary)
    assert not Report.objects.exists()
    for name in PAGES:
        assert sam.get(address(name, copy_ready)).status_code in NOT_THERE
    assert sam.post(making(summary)).status_code in NOT_THERE


@pytest.mark.parametrize("end", endings.ENDS)
def test_nothing_of_a_summary_opens_with_the_keys_once_it_is_over(end, sam, summary, copy_ready):
    sam.post(reading_of(summary, "answer"), answer_of(summary, answer="wagtail"))
    assert endings.opened_with_the_keys(summary, copy_ready) == {"words", "answer", "agreement", "pdf"}
    end(summary)
    assert endings.opened_with_the_keys(summary, copy_ready) <= {"agreement"}


def test_printing_forbidden_erases_the_pdf_and_leaves_the_page(sam, summary, copy_ready):
    endings.forbid(summary)
    assert endings.opened_with_the_keys(summary, copy_ready) == {"words", "agreement"}
    assert "kingfisher" in sam.get(reading_of(summary)).content.decode()


def test_an_earlier_last_day_erases_the_pdf_which_says_the_later_one(sam, summary, copy_ready):
    shorten_summary(by=summary.author, pk=summary.pk, days=0, now=timezone.now())
    assert not Report.objects.filter(pk=copy_ready.pk).exists()
    assert sam.get(reading_of(summary)).status_code == 200


def test_report_of_a_summary_ends_with_the_last_day_by_the_clock_before_any_sweep(world, sam, summary, settings):
    settings.REPORT_KEPT_HOURS = 24 * 60
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sam.post(making(summary))
        report = Report.objects.get()
        tasks.make_report(str(report.pk))
        clock.shift(timedelta(days=30))
        sam.force_login(world["sam"])  # a new session: the old one ran out
        assert sam.get(address("report_download", report)).status_code == 200
        clock.shift(timedelta(days=1))
        sam.force_login(world["sam"])
        assert [sam.get(address(name, report)).status_code for name in PAGES] == [404, 404]
        assert "Summary from" not in text_of(sam.get(reverse("reports:report_list")))
    assert Report.objects.filter(pk=report.pk).exists()
    assert downloads() == (1, 1)


@pytest.mark.parametrize("person", ["amina", "sam"])
def test_report_of_a_summary_is_not_there_while_either_is_deactivated(person, world, copy_ready):
    def readable():
        return Report.objects.readable_by(world["sam"], now=timezone.now()).exists()

    assert readable()
    type(world[person]).objects.filter(pk=world[person].pk).update(is_active=False)
    assert not readable()


def test_report_download_that_meets_the_end_of_the_summary_gives_no_byte(sam, summary, copy_ready, monkeypatch):
    def ended_meanwhile(**said):
        endings.take_back(summary)
        return receipt(**said)

    receipt = views.download_summary
    monkeypatch.setattr(views, "download_summary", ended_meanwhile)
    answer = sam.get(address("report_download", copy_ready))
    assert answer.status_code == 404
    assert b"%PDF" not in answer.content
    assert downloads() == (0, 0)


# --- Making ---


def test_make_report_of_a_summary_says_the_words_that_were_shared_and_not_the_reflections(world, copy_asked):
    reflection = world["reflection"]
    reflection.what_happened, reflection.version = "Changed since: badger", reflection.version + 1
    reflection.save()
    tasks.make_report(str(copy_asked.pk))
    words = inside.words(Report.objects.get().pdf)
    assert "kingfisher" in words
    assert "heron" not in words
    assert "badger" not in words


def test_make_report_claimed_after_the_last_day_draws_nothing_and_erases_it(copy_asked, monkeypatch):
    drawn = []
    monkeypatch.setattr(tasks, "draw", lambda content, _tell: drawn.append(content))
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        tasks.make_report(str(copy_asked.pk))
    assert drawn == []
    assert not Report.objects.exists()


@pytest.mark.parametrize("end", [*ENDS, "the clock"])
def test_make_report_whose_summary_ends_while_it_is_drawn_keeps_nothing(end, summary, copy_asked, monkeypatch):
    draw = tasks.draw
    with time_machine.travel(timezone.now(), tick=False) as clock:

        def ended_meanwhile(*given):
            drawn = draw(*given)
            clock.shift(timedelta(days=31)) if end == "the clock" else end(summary)
            return drawn

        monkeypatch.setattr(tasks, "draw", ended_meanwhile)
        tasks.make_report(str(copy_asked.pk))
    assert not Report.objects.exists()


def test_report_again_of_a_summary_that_failed_makes_it_after_all(sam, copy_asked, monkeypatch):
    def too_long(*_):
        raise SoftTimeLimitExceeded

    with monkeypatch.context() as patch:
        patch.setattr(tasks, "draw", too_long)
        tasks.make_report(str(copy_asked.pk))
    page = sam.get(address("report_detail", copy_asked))
    assert heading(page) == "Your report could not be made"
    assert "Your reflection is as you left it" not in text_of(page)
    sam.post(address("report_again", copy_asked))
    tasks.make_report(str(copy_asked.pk))
    assert Report.objects.get().is_ready


# --- The row ---


@pytest.mark.parametrize("wrong", [{"copy": None}, {"kind": "reflection"}])
def test_row_of_a_summary_without_its_copy_is_refused_by_the_database(copy_asked, wrong):
    with pytest.raises(IntegrityError, match=r"report_of_summary_names_its_copy|report_of_reflection_names_it"):
        Report.objects.filter(pk=copy_asked.pk).update(**wrong)


def test_second_unfinished_row_of_a_copy_is_refused_by_the_database(world, copy_asked):
    with pytest.raises(IntegrityError):
        Report.objects.create(author=world["sam"], kind="summary", copy=copy_asked.copy, version=1)
