"""What sweeps through reports waits for nobody, and what is deleted while it is made into a report leaves nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic, sleep

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apps.datarights.actions import delete_account
from apps.journal.actions import delete_reflection
from apps.reports import tasks
from apps.reports.actions import erase_report
from apps.reports.content import GATES, SourceGone, fingerprint
from apps.reports.models import MOST_ATTEMPTS, LostClaim, Report, ReportSource
from apps.reports.pdf import Drawn
from apps.supervision import actions as supervision
from apps.supervision.models import SharedSummary, SummaryCopy
from tests import factories
from tests.journal.test_at_once import at_once
from tests.supervision.races import LONGEST_WAIT, begin

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]
ROUNDS = 5  # of each race: one alone may always fall the same way


# --- Sweeping while a link ends ---

LONG_AGO = timezone.now() - timedelta(days=3)
STALE = {
    "erase": (
        tasks.erase_expired_reports,
        {"state": "ready", "pdf": b"%PDF", "size": 4, "pages": 1, "ready_at": LONG_AGO, "expires_at": LONG_AGO},
    ),
    "send again": (tasks.sweep_reports, {"state": "running", "attempts": 1, "lease_until": LONG_AGO}),
    "give up": (tasks.sweep_reports, {"state": "running", "attempts": MOST_ATTEMPTS, "lease_until": LONG_AGO}),
}


def make_copies(link, said):
    """Reports of two summaries' copies, the later one first: the other way round than a link that ends goes."""
    for _ in range(2):
        factories.make_summary(link, ask="kingfisher", may_print=True)
    for summary in SharedSummary.objects.order_by("-pk"):
        copy = SummaryCopy.objects.create(summary=summary)
        reader = {"author": link.supervisor, "kind": Report.Kind.SUMMARY, "copy": copy, "sent_at": LONG_AGO}
        Report.objects.create(**reader, **said)


def meeting(rows, ends, sweeps):
    """Both results, where `sweeps` begins while `ends` is on its way to `rows`, which this test holds until then."""
    if connection.vendor == "sqlite":
        return at_once(ends, sweeps)
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            list(rows.select_for_update())
            ending = begin(pool, ends)
            sweeping = pool.submit(lambda: at_once(sweeps)[0])
            until = monotonic() + LONGEST_WAIT
            while not (sweeping.done() or waiting() == 2):
                assert monotonic() < until, "it neither ended nor waited"
                sleep(0.002)
        return [ending.result(), sweeping.result()]


def waiting():
    """How many connections wait for what another holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("name", STALE)
def test_a_sweep_that_meets_the_end_of_a_link_with_two_copies_waits_for_nobody(link, name):
    sweep, said = STALE[name]
    make_copies(link, said)
    end = {"by": link.practitioner, "link": link, "now": timezone.now()}
    results = meeting(Report.objects.all(), lambda: supervision.end_supervision(**end), sweep)
    assert [type(result) for result in results] == [type(None)] * 2, results
    assert not Report.objects.exists()


def test_a_sweep_finds_the_next_time_what_somebody_held(link, transactional_db):
    make_copies(link, STALE["erase"][1])
    held = Report.objects.all()[:1]
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        list(held.select_for_update())
        if connection.vendor != "sqlite":  # there one writer at a time: it would wait for all of this
            pool.submit(lambda: at_once(tasks.erase_expired_reports)).result()
            assert Report.objects.count() == 1
    tasks.erase_expired_reports()
    assert not Report.objects.exists()


# --- Keeping what is deleted at this moment ---


def claimed(author):
    """A portfolio of this person's, on its way, and what it was drawn from."""
    asked = {"first": "", "last": "", "sections": ["challenge"], "large": False}
    said = GATES["portfolio"].gather(author, asked)
    Report.objects.all().delete()
    row = Report.objects.create(author=author, kind=Report.Kind.PORTFOLIO, fingerprint=fingerprint(author, said))
    return Report.objects.claim(row.pk, now=timezone.now()), said


def delete_one(author, said):
    delete_reflection(by=author, pk=said.reflections[0].pk)


def delete_everything(author, _said):
    delete_account(by=author, now=timezone.now())


def erase(author, _said):
    report = Report.objects.owned_by(author).get()
    erase_report(by=author, pk=report.pk)


@pytest.mark.parametrize("deletes", [delete_one, delete_everything, erase])
def test_a_report_kept_while_what_it_holds_is_deleted_is_gone_or_refused(transactional_db, deletes):
    for number in range(ROUNDS):
        author = factories.make_person(f"amina{number}@example.nhs.uk", name="Amina")
        factories.make_reflection(author)
        report, said = claimed(author)
        kept, deleted = at_once(
            lambda report=report, said=said: tasks.keep(report, Drawn(b"%PDF", 1), said),
            lambda author=author, said=said: deletes(author, said),
        )
        assert deleted is None
        assert kept is None or isinstance(kept, LostClaim | SourceGone), kept
        assert not Report.objects.filter(state="ready").exists()
        assert not ReportSource.objects.exists()
