"""A supervisor's PDF of a summary in large print: another report than the usual one, and under the same rules."""

from apps.reports.models import Report
from tests.factories import make_summary
from tests.reports import endings, inside
from tests.reports.making import made
from tests.reports.pages import address
from tests.reports.test_copies import making
from tests.reports.test_kinds_pdf import sizes
from tests.supervision.pages import SHARED, text_of


def test_copy_make_is_offered_in_large_print_under_the_name_of_each_summary_that_may_be_kept(sam, summary):
    kept = make_summary(summary.link, ask="dipper", may_print=True)
    make_summary(summary.link, ask="smew", may_print=False)
    page = sam.get(SHARED)
    assert text_of(page).count("Large print Letters of 18 points, for easier reading on paper.") == 2
    for one in (summary, kept):
        for mark in (f'id="large-{one.pk}"', f'aria-labelledby="shared-{one.pk}"', f'id="shared-{one.pk}"'):
            assert page.content.decode().count(mark) == 1


def test_copy_make_in_large_print_is_another_report_than_the_usual_and_each_is_made_once(sam, summary, copy_ready):
    large = sam.post(making(summary), {"large": "on"}).url
    assert large == sam.post(making(summary), {"large": "on"}).url != address("report_detail", copy_ready)
    report = made(Report.objects.exclude(pk=copy_ready.pk).get())
    assert inside.pdf_ua_failures(report.pdf) == []
    assert sorted(set(sizes(report.pdf)))[:2] == [14, 18]
    assert min(sizes(copy_ready.pdf)) < 9
    assert sam.post(making(summary), {"large": "on"}).url == large == address("report_detail", report)
    assert sam.post(making(summary)).url == address("report_detail", copy_ready)
    endings.take_back(summary)
    assert not Report.objects.exists()


def test_copy_make_in_large_print_of_another_summary_is_a_report_of_its_own(sam, summary, sent):
    other = make_summary(summary.link, ask="dipper", may_print=True)
    for one in (summary, other):
        assert sam.post(making(one), {"large": "on"}).status_code == 302
    assert {report.copy.summary for report in Report.objects.filter(fingerprint="large")} == {summary, other}
