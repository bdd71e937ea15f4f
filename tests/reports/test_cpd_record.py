"""The CPD record: one's own statements of a year, counted, and for those who want it against what a register asks."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from apps.reports.cpd.models import PAGE, CpdStatement
from tests.accounts.pages import heading_of
from tests.journal.pages import text_of
from tests.reports.cpd import RECORD, write


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-11-26 12:00:00+00:00", tick=False)


def fill(author, number, day=date(2026, 3, 2)):
    for _ in range(number):
        write(author, done_on=day)


def test_cpd_record_shows_mine_and_not_theirs(amina, world):
    write(world["amina"])
    write(world["ben"], activity="Ben's course: bullfinch")
    page = amina.get(RECORD)
    words = text_of(page)
    assert heading_of(page) == "Your CPD record"
    assert "wagtail" in words
    assert "2026: 1 activity, 1 linked to CBT." in words
    assert "bullfinch" not in words
    assert "dipper" not in words, "only the activity stands on the list"


def test_cpd_record_without_a_statement_says_how_to_begin_one(amina):
    words = text_of(amina.get(RECORD))
    assert "2026: 0 activities, 0 linked to CBT." in words
    assert "There is no statement of 2026 here." in words


def test_cpd_record_counts_against_what_the_chosen_register_asks_and_says_when_that_was_read(amina, world):
    write(world["amina"])
    write(world["amina"], linked_to_cbt=False)
    write(world["amina"])
    for register, counted in (
        ("", "2026: 3 activities, 2 linked to CBT."),
        ("babcp", "2026: 3 of 5 activities, 2 of 4 linked to CBT."),
        ("bps", "2026: 3 of 5 activities, 2 of 3 linked to CBT."),
        ("nobody", "2026: 3 activities, 2 linked to CBT."),
    ):
        words = text_of(amina.get(RECORD, {"for": register}))
        assert counted in words, register
        assert ("Check the current year’s requirements with them." in words) == (register in ("babcp", "bps"))
        assert ("26 November 2026" in words) == (register in ("babcp", "bps"))
        assert ("BPS Wider Psychological Workforce Register: at least 5" in words) == (register == "bps")


def test_cpd_record_offers_to_count_against_no_register_however_many_there_are(amina):
    assert 'aria-current="true">None</strong>' in amina.get(RECORD).content.decode()
    page = amina.get(RECORD, {"for": "babcp"}).content.decode()
    assert '<a href="?year=2026">None</a>' in page
    assert "6 hours of CBT skills too, which are not counted here." in page


def test_cpd_record_keeps_the_chosen_register_in_its_ways_to_other_years_and_pages(amina, world):
    fill(world["amina"], PAGE + 1)
    fill(world["amina"], 1, date(2024, 5, 6))
    page = amina.get(RECORD, {"for": "bps"}).content.decode()
    assert 'href="?year=2024&amp;for=bps"' in page
    assert 'href="?year=2026&amp;for=bps&amp;before=' in page


def test_cpd_record_says_more_than_was_asked_without_praise(amina, world):
    fill(world["amina"], 7)
    assert "7 (they ask for 5) activities, 7 (they ask for 4) linked" in text_of(amina.get(RECORD, {"for": "babcp"}))


def test_cpd_record_of_a_year_ends_with_its_last_day_and_leads_to_the_next_that_has_any(amina, world):
    fill(world["amina"], 1, date(2023, 12, 31))
    fill(world["amina"], 2, date(2024, 1, 1))
    fill(world["amina"], 3, date(2024, 12, 31))
    fill(world["amina"], 4, date(2025, 1, 1))
    fill(world["ben"], 1, date(2022, 1, 1))
    for year, counted, ways in (
        ("2024", "2024: 5 activities", {"2023", "2025"}),
        ("2023", "2023: 1 activity", {"2024"}),
        ("2025", "2025: 4 activities", {"2024", "2026"}),
        ("", "2026: 0 activities", {"2025"}),
    ):
        words = text_of(amina.get(RECORD, {"year": year}))
        assert counted in words
        assert {other for other in map(str, range(2019, 2030)) if f"See {other}" in words} == ways


def test_cpd_record_begins_the_new_year_at_local_midnight(amina, world, settings, time_machine):
    settings.TIME_ZONE = "Pacific/Auckland"
    timezone.get_default_timezone.cache_clear()
    try:
        time_machine.move_to("2026-12-31 10:59:59+00:00")  # a second to midnight there
        amina.force_login(world["amina"])
        assert "2026: 0" in text_of(amina.get(RECORD))
        time_machine.move_to("2026-12-31 11:00:00+00:00")
        assert "2027: 0" in text_of(amina.get(RECORD))
    finally:
        timezone.get_default_timezone.cache_clear()


@pytest.mark.parametrize("year", ["1999", "2027", "0000", "-203", "２０２６", "20261", "x", "2026 OR 1=1"])
def test_cpd_record_of_a_year_that_cannot_be_is_that_of_this_one(amina, year):
    assert "2026: 0 activities" in text_of(amina.get(RECORD, {"year": year}))


def test_cpd_record_in_pages_shows_each_statement_once_and_no_other_year(amina, world):
    rows = [write(world["amina"], done_on=date(2026, 1 + number % 9, 3)) for number in range(2 * PAGE + 3)]
    fill(world["amina"], 1, date(2025, 12, 31))
    found, before = [], ""
    for _ in range(3):
        page = amina.get(RECORD, {"year": "2026", "before": before})
        found += [row.pk for row in page.context["rows"]]
        before = page.context["older"].partition("before=")[2]
    assert before == ""
    assert found == [row.pk for row in sorted(rows, key=lambda row: (row.done_on, row.pk), reverse=True)]


@pytest.mark.parametrize("key", ["", "x", "2026-03-02_x", "2026-13-02_x", "_", "2026-03-02"])
def test_cpd_record_from_a_key_that_is_none_begins_at_the_top(amina, world, key):
    write(world["amina"])
    assert "wagtail" in text_of(amina.get(RECORD, {"before": key}))


@pytest.mark.parametrize("number", [1, PAGE * 3])
def test_cpd_record_costs_the_same_number_of_queries_however_long(amina, world, number, django_assert_num_queries):
    fill(world["amina"], number)
    with django_assert_num_queries(4):  # session, person, counts, a page of rows
        amina.get(RECORD, {"for": "babcp"})


def test_cpd_record_does_not_read_the_long_answers(world, django_assert_num_queries):
    fill(world["amina"], 2)
    with django_assert_num_queries(1):
        rows, key = CpdStatement.objects.owned_by(world["amina"]).page_after("")
        assert [row.activity for row in rows] == ["A day about pacing: wagtail"] * 2
    assert key == ""
    assert "learned" in rows[0].get_deferred_fields()


def test_cpd_record_is_found_from_the_reports_and_from_a_completed_reflection(amina, world):
    assert f'href="{RECORD}"' in amina.get("/reports/").content.decode()
    way_on = f'href="{RECORD}new/?reflection={world["reflection"].pk}"'
    for page in ("", "close/"):
        assert way_on in amina.get(f"/journal/{world['reflection'].pk}/{page}").content.decode()
    assert "Use it for CPD" not in text_of(amina.get(f"/journal/{world['draft'].pk}/"))


def test_cpd_record_of_a_deleted_account_is_gone_and_others_stay(world):
    write(world["amina"])
    kept = write(world["ben"])
    world["amina"].delete()
    assert CpdStatement.objects.get() == kept


def test_cpd_record_asks_whoever_is_signed_out_to_sign_in(db):
    assert Client().get(RECORD).url.startswith("/accounts/login/")
