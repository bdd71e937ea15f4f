"""P9 for a supervisor's PDF: what meets the end of the summary leaves nothing, and no byte has no receipt."""

import pytest
from django.utils import timezone

from apps.datarights.actions import delete_account
from apps.reports import actions, copies, tasks
from apps.reports.models import LostClaim, Report
from apps.reports.pdf import Drawn
from apps.supervision import actions_summaries
from apps.supervision.models import Receipt, SharedSummary, SummaryCopy
from tests import factories
from tests.journal.test_at_once import at_once
from tests.reports import endings
from tests.supervision.races import queued

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]
ROUNDS = 5  # of each race: one alone may always fall the same way


def shared(link):
    return factories.make_summary(link, ask="kingfisher", may_print=True)


def asked(summary):
    return actions.ask_for_copy(by=summary.link.supervisor, summary_id=summary.pk, now=timezone.now())


def test_a_copy_asked_for_while_the_summary_is_taken_back_is_gone_or_refused(link):
    for _ in range(ROUNDS):
        summary = shared(link)
        report, ended = at_once(
            lambda summary=summary: asked(summary), lambda summary=summary: endings.take_back(summary)
        )
        assert ended is None
        assert isinstance(report, Report | actions.Gone)
        assert not SummaryCopy.objects.exists()
        assert not Report.objects.exists()


def test_a_copy_asked_for_while_its_reader_closes_their_account_waits_for_nobody_who_waits_for_it(link):
    summary, sam = shared(link), link.supervisor
    acts = [lambda: asked(summary), lambda: delete_account(by=sam, now=timezone.now())]
    report, closed = queued([type(sam).objects.filter(pk=sam.pk)], acts)
    assert closed is None
    assert isinstance(report, Report | actions.Gone)
    assert not Report.objects.exists()


def test_a_copy_asked_for_six_times_at_once_is_one(link):
    summary = shared(link)
    reports = at_once(*[lambda: asked(summary)] * 6)
    assert {report.pk for report in reports} == {Report.objects.get().pk}


@pytest.mark.parametrize("end", [endings.take_back, endings.forbid])
def test_a_pdf_kept_while_the_summary_ends_is_gone_or_refused(link, end):
    for _ in range(ROUNDS):
        summary = shared(link)
        claimed = Report.objects.claim(asked(summary).pk, now=timezone.now())
        said = tasks.gather(claimed)
        kept, ended = at_once(
            lambda claimed=claimed, said=said: tasks.keep(claimed, Drawn(b"%PDF", 1), said),
            lambda summary=summary: end(summary),
        )
        assert ended is None
        assert kept is None or isinstance(kept, LostClaim | copies.NotShared)
        assert not Report.objects.exists()


def test_a_download_while_the_summary_is_taken_back_has_a_receipt_or_is_refused(link):
    for _ in range(ROUNDS):
        summary = shared(link)
        report = asked(summary)
        said = {"by": link.supervisor, "copy": report.copy_id, "now": timezone.now()}
        downloaded, ended = at_once(
            lambda said=said: actions_summaries.download_summary(**said),
            lambda summary=summary: endings.take_back(summary),
        )
        assert ended is None
        assert downloaded is None or isinstance(downloaded, SharedSummary.DoesNotExist)
        assert Receipt.objects.filter(summary=summary).count() == (1 if downloaded is None else 0)


def test_two_reports_of_one_person_claimed_at_once_are_not_made_side_by_side(link):
    for _ in range(ROUNDS):
        waiting = [
            Report.objects.create(author=link.practitioner, kind=Report.Kind.EVIDENCE, fingerprint=mark)
            for mark in "ab"
        ]
        claimed = at_once(*(lambda pk=one.pk: Report.objects.claim(pk, now=timezone.now()) for one in waiting))
        assert [bool(one) for one in claimed].count(True) == 1
        Report.objects.all().delete()
