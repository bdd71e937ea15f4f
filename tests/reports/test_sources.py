"""What a finished report holds the words of: with one of them deleted, nothing of the report is left anywhere."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.reports import tasks
from apps.reports.models import Report, ReportSource
from apps.reports.pdf import draw
from apps.supervision.models import SharedSummary
from tests import factories
from tests.reports import endings, inside
from tests.reports.cpd import write
from tests.reports.making import made
from tests.reports.pages import COUNTS, PHASES, checked, page_of, this_month

pytestmark = pytest.mark.usefixtures("sent")
EVERYTHING = {"time": "all", "sections": PHASES}
YEAR = {"register": "none", "sections": ["activity"]}


def delete(browser, row):
    """As its author does, on its page."""
    name = "journal:reflection_delete" if row._meta.model_name == "reflection" else "reports:cpd_delete"
    assert browser.post(reverse(name, args=[row.pk])).status_code == 302


def test_deleting_a_reflection_erases_each_finished_report_that_holds_it_at_once(amina, world):
    other = factories.make_reflection(world["amina"], what_happened="It stays: wren")
    both = made(checked(amina, page_of("portfolio"), **EVERYTHING))
    mine = made(checked(amina, this_month(), sections=COUNTS, reflections=[world["reflection"].pk]))
    without = made(checked(amina, this_month(), sections=COUNTS, reflections=[other.pk]))
    assert endings.opened_with_the_keys(both, mine) == {"pdf", "asked"}
    delete(amina, world["reflection"])
    assert Report.objects.get() == without
    assert endings.opened_with_the_keys(both, mine) == set()
    assert [source.reflection_id for source in ReportSource.objects.all()] == [other.pk]


def test_deleting_a_statement_erases_the_records_that_hold_it_at_once(amina, world):
    statement = write(world["amina"])
    year = YEAR | {"year": statement.done_on.year}
    report = made(checked(amina, page_of("record"), **year))
    delete(amina, statement)
    assert not Report.objects.exists()
    assert endings.opened_with_the_keys(report) == set()


def test_deleting_a_reflection_leaves_the_reports_of_others_and_of_what_is_shared(amina, world, summary):
    pack = made(checked(amina, page_of("supervision"), summaries=[summary.pk]))
    ben = Client()
    ben.force_login(world["ben"])
    bens = made(checked(ben, page_of("portfolio"), **EVERYTHING))
    made(checked(amina, page_of("portfolio"), **EVERYTHING))
    delete(amina, world["reflection"])
    assert set(Report.objects.all()) == {pack, bens}


def test_deleting_a_reflection_erases_reports_without_reading_their_bytes_however_many_they_hold(amina, world):
    counted = []
    for _ in range(2):
        doomed = factories.make_reflection(world["amina"])
        factories.make_reflection(world["amina"])
        made(checked(amina, page_of("portfolio"), **EVERYTHING))
        with CaptureQueriesContext(connection) as asked:
            delete(amina, doomed)
        assert not [query["sql"] for query in asked if '"reports_report"."pdf"' in query["sql"]]
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_erasing_a_report_leaves_what_it_held(amina, world):
    report = made(checked(amina, page_of("portfolio"), **EVERYTHING))
    assert amina.post(reverse("reports:report_erase", args=[report.pk])).status_code == 302
    world["reflection"].refresh_from_db()
    assert not ReportSource.objects.exists()


def test_a_report_holds_nothing_until_it_is_made(amina, world):
    report = checked(amina, page_of("portfolio"), **EVERYTHING)
    assert not ReportSource.objects.exists()
    made(report)
    assert ReportSource.objects.get().reflection_id == world["reflection"].pk


def test_a_report_whose_reflection_goes_after_it_was_drawn_is_not_kept_and_drawn_again(amina, world, monkeypatch):
    factories.make_reflection(world["amina"], what_happened="It stays: wren")
    report = checked(amina, page_of("portfolio"), **EVERYTHING)

    def drawn_and_then_deleted(said, *_):
        drawn = draw(said)
        monkeypatch.undo()
        delete(amina, world["reflection"])
        return drawn

    monkeypatch.setattr(tasks, "draw", drawn_and_then_deleted)
    assert made(report).state == Report.State.QUEUED
    shown = inside.words(made(report).pdf)
    assert ("wren" in shown, "heron" in shown) == (True, False)


@pytest.mark.parametrize("end", [*endings.ENDS, endings.forbid], ids=lambda end: end.__name__)
def test_a_pack_is_erased_with_any_one_summary_in_it(end, amina, world):
    link = factories.make_link(world["amina"], world["sam"])
    first, second = (factories.make_summary(link, ask="kingfisher", may_print=True) for _ in range(2))
    theirs = made(checked(amina, page_of("supervision"), summaries=[second.pk]))
    both = made(checked(amina, page_of("supervision"), summaries=[first.pk, second.pk]))
    assert endings.opened_with_the_keys(both, theirs) == {"pdf", "asked"}
    end(first)
    assert not Report.objects.filter(pk=both.pk).exists()
    assert Report.objects.filter(pk=theirs.pk).exists() is (end in (endings.take_back, endings.forbid))
    assert endings.opened_with_the_keys(both) == set()


def test_a_pack_is_not_there_from_the_moment_on_at_which_a_summary_in_it_ends(amina, summary, world):
    pack = made(checked(amina, page_of("supervision"), summaries=[summary.pk]))
    page = reverse("reports:report_download", args=[pack.pk])
    assert amina.get(page).status_code == 200
    SharedSummary.objects.update(expires_on=timezone.localdate() - timedelta(days=1))  # and no sweep came by
    assert amina.get(page).status_code == 404


def test_a_pack_taken_back_while_it_is_drawn_is_not_kept(amina, summary, world, monkeypatch):
    report = checked(amina, page_of("supervision"), summaries=[summary.pk])

    def drawn_and_then_taken_back(said, *_):
        drawn = draw(said)
        monkeypatch.undo()
        endings.take_back(summary)
        return drawn

    monkeypatch.setattr(tasks, "draw", drawn_and_then_taken_back)
    assert made(report).state == Report.State.QUEUED
    assert (made(report).state, made(report).reason) == (Report.State.FAILED, Report.Reason.NOTHING_LEFT)


def test_a_source_is_of_one_thing_alone(amina, world):
    report = made(checked(amina, page_of("portfolio"), **EVERYTHING))
    for said in ({}, {"reflection": world["reflection"], "statement": write(world["amina"])}):
        with pytest.raises(IntegrityError, match="report_source_is_one_thing"), transaction.atomic():
            ReportSource.objects.create(report=report, **said)
