"""What is made of choices: once for the same, of what is there by then, for nobody else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.reports.models import Report
from tests import factories
from tests.reports import inside
from tests.reports.making import made
from tests.reports.pages import COUNTS, PHASES, address, checked, page_of, text_of, this_month

WEEKS = ["kinds", "weeks"]
pytestmark = pytest.mark.usefixtures("sent")


def test_report_made_of_choices_holds_the_authors_words_and_nobody_elses(amina, world):
    report = made(checked(amina, page_of("portfolio"), time="all", sections=PHASES))
    assert report.state == Report.State.READY
    shown = inside.words(report.pdf)
    assert "heron" in shown
    assert not [word for word in ("otter", "badger") if word in shown]


def test_report_of_the_same_content_asked_for_twice_is_not_made_twice(amina, world):
    said = {"time": "all", "sections": PHASES}
    first = checked(amina, page_of("portfolio"), **said)
    assert checked(amina, page_of("portfolio"), **said) == first
    made(first)
    assert checked(amina, page_of("portfolio"), **said) == first
    assert checked(amina, page_of("portfolio"), **said, large="on") != first


def test_report_asked_for_again_after_words_changed_is_another(amina, world):
    said = {"time": "all", "sections": PHASES}
    first = made(checked(amina, page_of("portfolio"), **said))
    world["reflection"].noticed = "Changed since"
    world["reflection"].save()
    assert checked(amina, page_of("portfolio"), **said) != first


def test_report_of_choices_keeps_them_sealed_and_says_none_in_its_address(amina, world):
    report = checked(amina, this_month(), sections=COUNTS, reflections=[world["reflection"].pk])
    [stored] = Report.objects.filter(pk=report.pk).values_list("asked", flat=True)
    assert str(world["reflection"].pk).encode() not in stored.data
    assert str(world["reflection"].pk) in report.asked


def test_report_whose_reflection_goes_while_it_is_made_is_made_of_what_is_left(amina, world):
    other = factories.make_reflection(world["amina"], what_happened="It stays: wren")
    report = checked(amina, this_month(), sections=COUNTS, reflections=[world["reflection"].pk, other.pk])
    before = report.fingerprint
    world["reflection"].delete()
    report = made(report)
    shown = inside.words(report.pdf)
    assert ("wren" in shown, "heron" in shown) == (True, False)
    assert report.fingerprint != before


def test_report_of_which_nothing_is_left_says_so(amina, world):
    report = checked(amina, page_of("portfolio"), time="all", sections=PHASES)
    world["reflection"].delete()
    report = made(report)
    assert (report.state, report.reason) == (Report.State.FAILED, Report.Reason.NOTHING_LEFT)
    assert "not there any more" in text_of(amina.get(address("report_detail", report)))


def test_report_that_holds_a_reflection_deleted_since_is_not_there_any_more(amina, world):
    report = made(checked(amina, page_of("portfolio"), time="all", sections=PHASES))
    assert amina.get(address("report_download", report)).status_code == 200
    world["reflection"].delete()
    assert amina.get(address("report_download", report)).status_code == 404
    assert amina.get(address("report_detail", report)).status_code == 404
    assert "Portfolio" not in text_of(amina.get(reverse("reports:report_list")))


def test_report_of_a_pack_leaves_out_what_was_taken_back(amina, world, summary):
    other = factories.make_summary(summary.link, ask="It stays: wren")
    report = checked(amina, page_of("supervision"), summaries=[summary.pk, other.pk])
    summary.end(summary.Ending.TAKEN_BACK, now=timezone.now())
    shown = inside.words(made(report).pdf)
    assert ("wren" in shown, "kingfisher" in shown) == (True, False)


def test_report_of_choices_is_listed_by_what_it_is_of_and_has_a_name_of_its_own(amina, world):
    report = made(checked(amina, page_of("evidence"), weeks="52", sections=WEEKS))
    assert "Evidence page, 52 weeks to" in text_of(amina.get(reverse("reports:report_list")))
    name = amina.get(address("report_download", report)).headers["Content-Disposition"]
    assert name == f'attachment; filename="evidence-page-{timezone.localdate()}.pdf"'


def test_report_of_choices_of_somebody_else_is_not_there(client, world, amina):
    report = made(checked(amina, page_of("evidence"), weeks="12", sections=WEEKS))
    client.force_login(world["ben"])
    assert client.get(address("report_detail", report)).status_code == 404
