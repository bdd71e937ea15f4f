"""What a supervisor reads: what was shared with them, while it is, and never without a receipt."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.supervision import actions
from apps.supervision.models import Receipt, SharedSummary
from apps.supervision.tasks import sweep_supervision
from tests.accounts.pages import heading_of
from tests.factories import make_link, make_summary
from tests.supervision.pages import SHARED, answer_of, page_of, reading_of, said_in, signed_in, text_of

START = "2026-11-23 09:00+00:00"


def test_shared_list_shows_what_is_mine_to_read_without_a_word_of_it(sam, summary, world):
    make_summary(make_link(world["ben"], world["edie"]), ask="badger")
    words = text_of(sam.get(SHARED))
    assert "Amina" in words
    assert "They see each time you open it" in words
    assert "kingfisher" not in words
    assert "Ben" not in words
    assert not Receipt.objects.exists()


def test_shared_detail_shows_the_summary_and_leaves_one_receipt(sam, summary):
    page = sam.get(reading_of(summary))
    assert heading_of(page) == "Summary from Amina"
    assert "kingfisher" in said_in(page)
    assert summary.receipts.count() == 1


@pytest.mark.parametrize("person", ["amina", "ben", "edie", "ada", "olu"])
def test_shared_detail_is_not_there_for_anybody_else(person, summary, world):
    page = signed_in(Client(), world[person]).get(reading_of(summary))
    assert page.status_code in (302, 404)
    assert not Receipt.objects.exists()


def test_shared_detail_shows_nothing_if_the_receipt_cannot_be_written(summary, world, monkeypatch):
    def fails(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(Receipt.objects, "create", fails)
    page = signed_in(Client(raise_request_exception=False), world["sam"]).get(reading_of(summary))
    assert page.status_code == 500
    assert b"kingfisher" not in page.content


def test_shared_detail_leaves_no_receipt_if_the_page_cannot_be_drawn(summary, world, monkeypatch):
    class Broken:
        def __str__(self):
            raise ZeroDivisionError

    monkeypatch.setattr("apps.supervision.views_reading.AnswerForm", lambda **said: Broken())
    page = signed_in(Client(raise_request_exception=False), world["sam"]).get(reading_of(summary))
    assert page.status_code == 500
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("shared", "moment", "status"),
    [
        (START, "2026-12-23 23:59:59+00:00", 200),
        (START, "2026-12-24 00:00:00+00:00", 404),
        ("2026-06-01 09:00+00:00", "2026-07-01 22:59:59+00:00", 200),  # summer time: the day ends at 23:00 UTC
        ("2026-06-01 09:00+00:00", "2026-07-01 23:00:00+00:00", 404),
    ],
)
def test_shared_detail_ends_with_the_last_day_by_the_clock_before_any_sweep(
    shared, moment, status, sam, link, time_machine
):
    time_machine.move_to(shared)
    summary = make_summary(link, ask="kingfisher")
    time_machine.move_to(moment, tick=False)
    sam.force_login(link.supervisor)  # a new session: the old one ran out
    assert sam.get(reading_of(summary)).status_code == status
    assert (
        sam.post(reading_of(summary, "answer"), answer_of(summary, answer="late")).status_code
        == {200: 302, 404: 404}[status]
    )


def test_shared_list_says_for_ninety_days_that_a_summary_is_over(sam, amina, link, time_machine, world):
    time_machine.move_to(START)
    expires, taken_back = make_summary(link, ask="kingfisher"), make_summary(link, ask="kingfisher")
    amina.post(page_of(taken_back, "take_back"))
    sam.force_login(world["sam"])
    assert "Taken back on 23 November 2026" in text_of(sam.get(SHARED))
    time_machine.move_to("2026-12-24 09:00+00:00")
    sam.force_login(world["sam"])
    before_the_sweep = text_of(sam.get(SHARED))
    assert "Ended on 23 December 2026" in before_the_sweep
    sweep_supervision()
    assert text_of(sam.get(SHARED)) == before_the_sweep
    time_machine.move_to("2027-03-25 09:00+00:00")
    sam.force_login(world["sam"])
    assert "2026" not in text_of(sam.get(SHARED))
    expires.refresh_from_db()
    assert expires.words == ""


def test_shared_answer_is_read_by_the_author_and_dies_with_the_summary(sam, amina, summary):
    sam.post(reading_of(summary, "answer"), answer_of(summary, answer="Try it with me first: wagtail", discussed="on"))
    words = text_of(amina.get(page_of(summary)))
    assert "wagtail" in words
    assert "Discussed" in words
    assert "wagtail" in sam.get(reading_of(summary)).content.decode()
    assert b"wagtail" not in raw_answers()
    amina.post(page_of(summary, "take_back"))
    assert raw_answers() == b""


def test_shared_answer_sent_after_it_was_taken_back_comes_back_under_its_label(sam, amina, summary):
    amina.post(page_of(summary, "take_back"))
    sent = {"answer": "Try it with me first: wagtail"}
    page = sam.post(reading_of(summary, "answer"), sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 404
    assert "Your answer Try it with me first: wagtail" in text_of(page)


def test_shared_list_marks_as_new_what_was_never_opened(sam, link):
    first, _ = make_summary(link, ask="kingfisher"), make_summary(link, ask="kingfisher")
    assert text_of(sam.get(SHARED)).count(" New You can read it until") == 2
    sam.get(reading_of(first))
    assert text_of(sam.get(SHARED)).count(" New You can read it until") == 1


def test_shared_detail_leads_to_where_its_pdf_can_be_made(sam, link):
    summary = make_summary(link, ask="kingfisher", may_print=True)
    assert f'href="{SHARED}#keep-{summary.pk}"' in sam.get(reading_of(summary)).content.decode()
    assert f'id="keep-{summary.pk}"' in sam.get(SHARED).content.decode()


def raw_answers() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM supervision_sharedsummary")
        return b"".join(bytes(row[0]) for row in cursor.fetchall())


def test_shared_answer_that_is_too_long_comes_back_without_opening_anything(sam, summary):
    page = sam.post(reading_of(summary, "answer"), answer_of(summary, answer="wagtail " * 3000))
    assert page.status_code == 422
    assert "wagtail" in page.content.decode()
    assert "kingfisher" not in page.content.decode()
    assert not Receipt.objects.exists()


def test_shared_answer_from_a_page_that_is_older_than_the_answer_shows_both_and_loses_neither(sam, summary):
    old = answer_of(summary, answer="typed in the old tab", discussed="on")
    sam.post(reading_of(summary, "answer"), answer_of(summary, answer="A long answer: wagtail"))
    page = sam.post(reading_of(summary, "answer"), old)
    assert page.status_code == 409
    assert "A long answer: wagtail" in text_of(page)
    assert "typed in the old tab" in page.content.decode()
    assert "kingfisher" not in page.content.decode()
    assert not Receipt.objects.exists()
    summary.refresh_from_db()
    assert summary.answer == "A long answer: wagtail"
    again = {"version": page.context["form"]["version"].value(), "answer": "both in one"}
    assert sam.post(reading_of(summary, "answer"), again).status_code == 302
    summary.refresh_from_db()
    assert summary.answer == "both in one"


def test_print_is_the_words_only_where_it_was_allowed(sam, link):
    closed, opened = make_summary(link, ask="kingfisher"), make_summary(link, ask="kingfisher", may_print=True)
    assert '<div class="nhsuk-card app-no-print">' in sam.get(reading_of(closed)).content.decode()
    assert '<div class="nhsuk-card">' in sam.get(reading_of(opened)).content.decode()


# --- The ends ---


@pytest.mark.parametrize("side", ["amina", "sam"])
def test_ending_the_link_takes_back_everything_under_it(side, sam, link, world):
    summaries = [make_summary(link, ask="kingfisher") for _ in range(2)]
    draft = make_summary(link, ask="kingfisher", shared=False)
    actions.end_supervision(by=world[side], link=link, now=timezone.now())
    assert [sam.get(reading_of(summary)).status_code for summary in summaries] == [404, 404]
    assert {summary.words for summary in SharedSummary.objects.shared()} == {""}
    draft.refresh_from_db()
    assert "kingfisher" in draft.words  # never shown to anybody: it stays its author's
    make_link(world["amina"], world["sam"])
    assert [sam.get(reading_of(summary)).status_code for summary in summaries] == [404, 404]


@pytest.mark.parametrize("person", ["amina", "sam"])
def test_a_deactivated_person_ends_what_is_shared_for_good(person, sam, summary, world):
    world[person].is_active = False
    world[person].save()
    assert not SharedSummary.objects.readable_by(world["sam"], now=timezone.now()).exists()
    sweep_supervision()
    world[person].is_active = True
    world[person].save()
    sam.force_login(world["sam"])
    assert sam.get(reading_of(summary)).status_code == 404
    summary.refresh_from_db()
    assert summary.words == ""


@pytest.mark.parametrize("person", ["amina", "sam"])
def test_an_administrator_who_deactivates_somebody_ends_what_is_shared_in_the_same_act(person, sam, summary, world):
    page = reverse("admin:accounts_user_change", args=[world[person].pk])
    ada = signed_in(Client(), world["ada"])
    ada.post(page, {"is_staff": ""})
    ada.post(page, {"is_active": "on"})  # and back, before any sweep
    sam.force_login(world["sam"])
    assert sam.get(reading_of(summary)).status_code == 404
    assert SharedSummary.objects.get().words == ""


def test_a_supervisor_who_closes_their_account_leaves_the_receipts_and_no_words(amina, sam, summary, world):
    sam.get(reading_of(summary))
    world["sam"].delete()
    sweep_supervision()
    words = text_of(amina.get(page_of(summary)))
    assert "An account that is closed" in words
    assert "Opened 1 time" in words
    assert SharedSummary.objects.get().words == ""


# --- What a row may hold ---


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("summary_has_words_until_it_ends", {"words": ""}),
        ("summary_has_words_until_it_ends", {"ended_at": timezone.now(), "ending": "expired"}),
        ("summary_says_how_it_ended", {"ending": "expired"}),
        ("summary_says_how_it_ended", {"ended_at": timezone.now(), "words": ""}),
        ("summary_is_shared_with_an_agreement", {"agreement": ""}),
        ("summary_is_shared_with_an_agreement", {"shared_at": None}),
    ],
)
def test_row_that_contradicts_itself_is_refused_by_the_database(summary, constraint, wrong):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SharedSummary.objects.filter(pk=summary.pk).update(**wrong)
