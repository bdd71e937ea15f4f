"""A year's CPD record on paper: seen before it is made, of one's own statements alone, counted, PDF/UA clean."""

from datetime import date

import pytest
from django.utils import timezone

from apps.reports.content import GATES, NotThere
from apps.reports.cpd.statement import WORDS
from apps.reports.models import Report
from apps.reports.pdf import draw
from tests.journal.pages import text_of
from tests.reports import inside
from tests.reports.cpd import RECORD, SAYS, write
from tests.reports.making import made
from tests.reports.pages import address, checked, heading, page_of
from tests.reports.test_kinds_pdf import sizes

LABELS = list(WORDS)
YEAR = {"year": "2026", "register": "babcp", "sections": LABELS}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-11-26 12:00:00+00:00")


@pytest.fixture
def written(world, sent):
    """Two of Amina's in 2026 and one in 2025; Ben has one too."""
    write(world["ben"], activity="Ben's course: bullfinch")
    write(world["amina"], done_on=date(2025, 12, 31), activity="Another year: knot")
    write(world["amina"], done_on=date(2026, 5, 2), activity="Second: smew", linked_to_cbt=False)
    return write(world["amina"])


def record_of(person, **said):
    asked = {"year": 2026, "register": "none", "sections": LABELS, "large": False}
    return GATES["record"].gather(person, asked | said)


# --- Choosing ---


def test_cpd_record_sends_its_year_and_register_to_where_it_is_checked_and_writes_nothing(amina, written):
    page = amina.get(RECORD, {"for": "bps"}).content.decode()
    assert 'action="/reports/new/record/"' in page
    assert '<input type="hidden" name="year" value="2026">' in page
    assert '<input type="hidden" name="register" value="bps">' in page
    checking = amina.post(page_of("record"), YEAR)
    assert heading(checking) == "Check your report"
    words = text_of(checking)
    assert "CPD record of 2026" in words
    assert "Statements: 2" in words
    assert "2 March 2026: A day about pacing: wagtail" in words
    assert ("2 May 2026" in words, "31 December 2025" in words) == (True, False)
    assert not Report.objects.exists()


def test_cpd_record_of_a_year_with_nothing_in_it_has_no_report_to_make(amina, written):
    assert "Make the report" in text_of(amina.get(RECORD, {"year": 2025}))
    assert "Make the report" not in text_of(amina.get(RECORD, {"year": 2024}))


def test_report_choose_of_a_record_offers_ones_own_years_and_takes_no_other(amina, world, written):
    write(world["ben"], done_on=date(2019, 1, 1))
    page = text_of(amina.get(page_of("record")))
    assert "2026 (2 statements)" in page
    assert "2025 (1 statement)" in page
    assert "2019" not in page
    for wrong, says in (
        ({"year": "2019"}, "Choose a year"),
        ({"year": "x"}, "Choose a year"),
        ({"sections": []}, "Choose at least one part"),
        ({"register": ""}, "Choose whether to show what your register asks"),
        ({"register": "nobody"}, "Choose whether to show what your register asks"),
    ):
        assert says in text_of(amina.post(page_of("record"), YEAR | wrong | {"checked": "yes"})), wrong
    assert not Report.objects.exists()


def test_report_choose_of_a_record_without_a_statement_says_so(client, world):
    client.force_login(world["sam"])
    assert "You have no CPD statement yet." in text_of(client.get(page_of("record")))


def test_report_choose_of_a_record_shows_what_may_identify_somebody_in_what_was_chosen(amina, world, sent):
    write(world["amina"], learned="Mrs Whimbrel slept")
    assert "Mrs Whimbrel" in text_of(amina.post(page_of("record"), YEAR))
    assert "Mrs Whimbrel" not in text_of(amina.post(page_of("record"), YEAR | {"sections": ["activity"]}))


def test_report_choose_of_a_record_costs_the_same_number_of_queries_however_long(
    amina, world, written, django_assert_num_queries
):
    with django_assert_num_queries(4):  # session, person, years, statements
        amina.post(page_of("record"), YEAR)
    for _ in range(5):
        write(world["amina"])
    with django_assert_num_queries(4):
        amina.post(page_of("record"), YEAR)


# --- Making ---


def test_report_of_a_record_is_made_once_for_the_same_words_and_again_for_others(amina, world, written):
    first = checked(amina, page_of("record"), **YEAR)
    assert first.kind == Report.Kind.RECORD
    assert checked(amina, page_of("record"), **YEAR) == first
    assert made(first).is_ready
    assert checked(amina, page_of("record"), **YEAR) == first, "the same is not made twice while it is kept"
    assert checked(amina, page_of("record"), **YEAR | {"register": "bps"}) != first
    write(world["amina"], activity="A third: teal")
    assert checked(amina, page_of("record"), **YEAR) != first


def test_report_of_a_record_is_shown_listed_and_downloaded_by_its_author_alone(amina, client, world, written):
    report = made(checked(amina, page_of("record"), **YEAR))
    assert "CPD record of 2026" in text_of(amina.get(address("report_detail", report)))
    assert "CPD record of 2026" in text_of(amina.get("/reports/"))
    response = amina.get(address("report_download", report))
    name = f"cpd-record-{timezone.localdate()}.pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    client.force_login(world["ben"])
    for page in ("report_detail", "report_download"):
        assert client.get(address(page, report)).status_code == 404


def test_report_of_a_record_says_no_year_or_register_outside_its_sealed_choices(amina, written):
    report = checked(amina, page_of("record"), **YEAR)
    [stored] = Report.objects.filter(pk=report.pk).values_list("asked", flat=True)
    assert b"2026" not in stored.data
    assert "2026" in report.asked


# --- On paper ---


def test_record_pdf_holds_each_statement_of_the_year_and_its_counts_and_nobody_elses(world, written):
    pdf = draw(record_of(world["amina"], register="babcp")).pdf
    shown = inside.words(pdf).replace(" ", "")
    for text in ("CPD record of 2026", "BABCP: 2 of 5 activities, 1 of 4 linked to CBT", "wagtail", "smew", "dipper"):
        assert text.replace(" ", "") in shown
    assert "Checkthecurrentyear’srequirementswiththem." in shown
    assert not [word for word in ("knot", "bullfinch") if word in shown]
    assert inside.pdf_ua_failures(pdf) == []
    days = [title for depth, title in inside.outline(pdf) if depth == 2]
    assert days == ["2 May 2026", "2 March 2026", "About this record"]
    assert inside.metadata(pdf)["/Title"] == "CPD record of 2026"


def test_record_pdf_holds_the_chosen_parts_alone_and_names_no_register_unasked(world, written):
    shown = inside.words(draw(record_of(world["amina"], sections=["activity"])).pdf)
    assert ("wagtail" in shown, "dipper" in shown) == (True, False)
    assert "2 activities, 1 linked to CBT" in shown
    assert not [name for name in ("BABCP", "BPS") if name in shown]


def test_record_pdf_in_large_print_has_letters_of_18_points(world, written):
    pdf = draw(record_of(world["amina"], large=True)).pdf
    assert inside.pdf_ua_failures(pdf) == []
    assert sorted(set(sizes(pdf)))[:2] == [14, 18]


def test_record_of_a_year_without_a_statement_is_nothing_to_make(world, written):
    with pytest.raises(NotThere):
        record_of(world["amina"], year=2020)


def test_record_says_the_answers_as_they_were_written(world, written):
    one = record_of(world["amina"]).statements[-1]
    assert dict(one.texts)["What I learned"] == SAYS["learned"]
