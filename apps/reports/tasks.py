"""What workers do with reports. Messages hold ids only; logs hold ids, counts and kinds of errors, never a text."""

import logging
from functools import partial
from typing import cast

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import timezone

from apps.core.sealed import CannotOpen
from apps.reports import content, copies
from apps.reports.content import GATES, Chosen, NotThere, SourceGone
from apps.reports.copies import NotShared
from apps.reports.doors import hold_person
from apps.reports.models import LostClaim, Report
from apps.reports.pdf import Content, Drawn, Refused, TooMuch, draw
from apps.reports.sending import MAKE_REPORT, send
from apps.reports.sources import keep_sources
from apps.reports.states import Reason

SECONDS_TO_MAKE = 100  # less than CELERY_TASK_TIME_LIMIT, so that a report too long to draw can still say so
SENT_AT_ONCE = 200  # by one sweep
ENDS = {  # what no further attempt would change, and what its author is told
    CannotOpen: Reason.CANNOT_OPEN,
    Refused: Reason.REFUSED,
    TooMuch: Reason.TOO_LONG,
    SoftTimeLimitExceeded: Reason.TOO_LONG,
}

logger = logging.getLogger(__name__)


@shared_task(name=MAKE_REPORT, soft_time_limit=SECONDS_TO_MAKE)
def make_report(report_id: str) -> None:
    """Make one report if it is still to be made. Sent twice, it is made once."""
    report = Report.objects.claim(report_id, now=timezone.now())
    if report is None:
        logger.info("report %s: nothing to do", report_id)
        return
    try:
        make(report)
    except LostClaim:
        logger.info("report %s: attempt %d was overtaken or erased", report.pk, report.attempts)
    except NotShared:
        logger.info("report %s: erased, for its summary is over or may not be kept", report.pk)
        report.drop()
    send_next(report)


def send_next(report: Report) -> None:
    """Set the workers to the next report of the same person, which this one kept from being made."""
    now = timezone.now()
    waiting = Report.objects.next_of(report.author_id).exclude(pk=report.pk).values_list("pk", flat=True)[:1]
    if ids := list(waiting):
        Report.objects.filter(pk__in=ids).update(sent_at=now)
        send(ids)


def make(report: Report) -> None:
    """Draw a claimed report and keep it, or say on the row why that cannot be. Raises LostClaim and NotShared."""
    try:
        said = gather(report)
        keep(report, drawn(report, said), said)
    except (LostClaim, NotShared):
        raise
    except SourceGone:  # the sweep sends it again, and it is drawn without what is gone
        logger.info("report %s: something in it was deleted meanwhile", report.pk)
        report.let_go()
    except NotThere:
        fail(report, Report.Reason.NOTHING_LEFT if report.is_chosen else Report.Reason.NOT_COMPLETE)
    except tuple(ENDS) as error:
        fail(report, next(reason for kind, reason in ENDS.items() if isinstance(error, kind)))
    except Exception:  # it may pass: the sweep sends it again, until the last attempt
        logger.exception("report %s: attempt %d of %d", report.pk, report.attempts, report.last_attempt)
        report.let_go()
    else:
        logger.info("report %s: ready, %d pages, %d bytes", report.pk, report.pages, report.size)


def gather(report: Report) -> Content:
    """What a claimed report says. Raises NotThere and NotShared."""
    if report.kind == Report.Kind.CPD:
        return content.gather_statement(report.author, report.statement_id, **report.choices)
    if report.is_chosen:
        return GATES[report.kind].gather(report.author, report.choices, partial(report.tell, Report.Step.GATHERED))
    if report.is_of_summary:
        return copies.gather(report.author, report.copy_id, now=timezone.now(), **report.choices)
    return content.gather(report.author, report.reflection_id, **report.choices)


def drawn(report: Report, said: Content) -> Drawn:
    """What it says, drawn; of a long one, each step is told. Raises LostClaim and what draw() raises."""
    made = draw(said, partial(report.tell, Report.Step.DRAWN), report.look)
    if said.is_long:
        report.tell(Report.Step.SEALING, made.pages, made.pages)
    return made


@transaction.atomic
def keep(report: Report, made: Drawn, said: Content) -> None:
    """Keep what was made, if it may still be kept now. Raises LostClaim, NotShared and SourceGone."""
    if report.is_chosen:
        keep_chosen(report, made, cast(Chosen, said))
        return
    if report.is_of_summary:
        copies.hold(report.author, report.copy_id, now=timezone.now())
    report.complete(made.pdf, pages=made.pages, version=said.version)


def keep_chosen(report: Report, made: Drawn, said: Chosen) -> None:
    """Keep what was really drawn of choices, which may have changed since, and whose words it holds.

    Their rows are locked before the report, and its author's row before those, as whoever deletes them does.
    """
    hold_person(report.author_id)
    content.hold(report.author, said.holds)
    drawn_from = content.fingerprint(report.author, said)
    report.complete(made.pdf, pages=made.pages, version=said.version, fingerprint=drawn_from)
    keep_sources(report, said.holds)


def fail(report: Report, reason: Reason) -> None:
    """End a report that no further attempt could make. Raises LostClaim."""
    logger.error("report %s: failed: %s", report.pk, reason.value)
    report.fail(reason)


@shared_task
def sweep_reports() -> None:
    """Send again what waits too long or lost its worker, and fail what lost its worker at the last attempt."""
    now = timezone.now()
    given_up = Report.objects.give_up(now=now)
    ids = list(Report.objects.to_send(now=now).values_list("pk", flat=True)[:SENT_AT_ONCE])
    if ids and send(ids):
        Report.objects.filter(pk__in=ids).update_free(sent_at=now)
    if ids or given_up:
        logger.info("reports: %d sent again, %d given up", len(ids), given_up)


@shared_task
def erase_expired_reports() -> None:
    """Erase reports whose time is up."""
    erased = Report.objects.expired(now=timezone.now()).erase_free()
    if erased:
        logger.info("reports: %d erased", erased)
