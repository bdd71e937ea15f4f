"""What makes a report and sets the workers to it."""

import json
import uuid
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from apps.core.sealed import CannotOpen
from apps.reports import content
from apps.reports.content import Asked, Chosen
from apps.reports.doors import hold_person
from apps.reports.models import UNFINISHED, Report, ReportQuerySet, WrongState
from apps.reports.process import TooMuch
from apps.reports.sending import send
from apps.reports.states import quietly
from apps.supervision.actions_summaries import copy_summary
from apps.supervision.models import SharedSummary

if TYPE_CHECKING:
    from apps.accounts.models import User


MOST_WAITING = 20  # reports of one person on their way


class Subject(Protocol):
    """A completed reflection of the person who asks, in whatever form the gate gave it."""

    @property
    def pk(self) -> uuid.UUID:
        """Its id."""

    @property
    def version(self) -> int:
        """Changes with each save, so that a report of older words is not given again."""


class Gone(Exception):
    """What a report was asked for of was deleted meanwhile, or the summary may not be kept, or no longer."""


class TooMany(Exception):
    """Somebody has as many reports on their way as they may."""


class Changed(Exception):
    """What a failed report would say now is not what its author looked at."""


def ask_for_report(*, by: "User", reflection: Subject, phases: tuple[str, ...] = (), large: bool = False) -> Report:
    """The report of `by`'s own completed reflection: one on its way, one still kept of the same words, or a new one.

    `phases`: those in it, if not all. The version says whether the words are the same; the fingerprint says the rest.
    Raises Gone if the reflection was deleted meanwhile, and TooMany.
    """
    asked = as_asked(phases=phases, large=large)
    mine = Report.objects.owned_by(by).filter(reflection_id=reflection.pk, fingerprint=asked["fingerprint"])
    return standing_or_new(mine, by=by, reflection_id=reflection.pk, version=reflection.version, **asked)


def as_asked(*, large: bool = False, **parts: tuple[str, ...]) -> dict[str, str]:
    """What a report of one row says of what was chosen, such as `phases`: nothing where that is the usual."""
    some = {name: names for name, names in parts.items() if names}
    words = [word for names in some.values() for word in names] + ["large"] * large
    chosen = some | ({"large": True} if large else {})
    return {"asked": json.dumps(chosen) if chosen else "", "fingerprint": " ".join(words)}


def ask_for_chosen(*, by: "User", kind: Report.Kind, asked: Asked, said: Chosen) -> Report:
    """A report of what `by` chose, which says `said` now: one that says the same, on its way or kept, or a new one.

    Raises Gone and TooMany.
    """
    told = {"kind": kind, "fingerprint": content.fingerprint(by, said)}
    mine = Report.objects.owned_by(by).filter(**told)
    return standing_or_new(mine, by=by, **told, asked=json.dumps(asked), version=said.version)


@transaction.atomic
def ask_for_copy(*, by: "User", summary_id: uuid.UUID, now: datetime, large: bool = False) -> Report:
    """The PDF of a summary that `by` may read and keep: one on its way, one still kept, or a new one. Raises Gone."""
    hold_person(by.pk)  # first, as closing the account does
    try:  # locked: it does not end, nor is it asked for twice
        summary, copy = copy_summary(by=by, pk=summary_id, now=now)
    except SharedSummary.DoesNotExist:
        raise Gone from None
    asked = as_asked(large=large)
    mine = Report.objects.owned_by(by).filter(copy=copy, fingerprint=asked["fingerprint"])
    return standing_or_new(mine, by=by, kind=Report.Kind.SUMMARY, copy=copy, version=summary.version, **asked)


def standing_or_new(mine: ReportQuerySet, *, by: "User", version: int, **row: Any) -> Report:
    """Of `mine`, the report of this version that is on its way or kept; or else a new one.

    One of older words that still waits will be made of these. One that is being made is erased: it may hold what its
    author took out since.
    Raises TooMany, and Gone if another press was first and its report ended at this moment, or the account was closed.
    """
    for report in standing_reports(mine):
        if report.version == version or report.renew(version):
            return report
        if report.is_unfinished:  # before the new one begins, which would hold what deleting its source locks first
            erase_report(by=by, pk=report.pk)
    try:
        with transaction.atomic():
            return begin(by=by, version=version, **row)
    except IntegrityError:  # the same button pressed twice: the other press was first
        for report in standing_reports(mine):
            return report
        raise Gone from None


def standing_reports(mine: ReportQuerySet) -> list[Report]:
    """Those on their way, or ready and not past their time, the newest first."""
    ready = Q(state=Report.State.READY, expires_at__gt=timezone.now())
    return list(mine.filter(ready | Q(state__in=UNFINISHED)).newest_first())


def ask_again(*, by: "User", report: Report) -> Report:
    """Have a failed report made after all; where another of the same is on its way, that one.

    Raises WrongState unless the report has failed, Changed if it would say something else by now, and TooMany.
    """
    if report.state != Report.State.FAILED:
        raise WrongState
    if has_changed(report):
        raise Changed
    hold_to_most(by)
    try:
        with transaction.atomic():
            report.try_again()
            send_after_commit(report)
    except IntegrityError:
        of = {"reflection": report.reflection_id, "copy": report.copy_id, "statement": report.statement_id}
        same = Report.objects.owned_by(by).filter(kind=report.kind, fingerprint=report.fingerprint, **of)
        report = same.unfinished().first() or report  # or it ended a moment ago: the button is there to press again
    return report


def has_changed(report: Report) -> bool:
    """Whether a report of one's own words would say something else than was seen; not where that cannot be told."""
    try:
        if report.is_chosen:
            said = content.GATES[report.kind].gather(report.author, report.choices, quietly)
            return content.fingerprint(report.author, said) != report.fingerprint
        if report.reflection_id:
            return content.gather(report.author, report.reflection_id).version != report.version
    except TooMuch:  # one more was completed since: there is less to choose
        return True
    except (content.NotThere, CannotOpen):
        pass  # it fails again, and says so
    return False


@transaction.atomic
def erase_report(*, by: "User", pk: uuid.UUID) -> None:
    """Erase a report of `by` for good, whatever its state.

    It is locked first: a worker that is keeping it just now would give it sources that nobody saw to delete. One that
    makes it notices within a second, and sends the next of the same person.
    """
    mine = Report.objects.owned_by(by).filter(pk=pk)
    for state in list(mine.select_for_update().values_list("state", flat=True)):
        mine.only("pk").delete()
        if state == Report.State.QUEUED:
            send_next_after_commit(by)


def begin(*, by: "User", **row: Any) -> Report:
    """A new report of `by`, and the workers told of it. Raises TooMany."""
    hold_to_most(by)
    report = Report.objects.create(author=by, **row)
    send_after_commit(report)
    return report


def hold_to_most(by: "User") -> None:
    """Raise TooMany if `by` has as many reports on their way as anybody may."""
    if Report.objects.owned_by(by).unfinished().count() >= MOST_WAITING:
        raise TooMany


def send_after_commit(report: Report) -> None:
    """Tell the workers once the row is there for them to find."""
    transaction.on_commit(partial(send_in_turn, report), robust=True)


def send_next_after_commit(by: "User") -> None:
    """Tell the workers of the next report of `by`: one that would have sent it is gone."""
    transaction.on_commit(partial(send_next, by), robust=True)


def send_next(by: "User") -> None:
    """Tell the workers of the longest waiting report of `by`, if nothing keeps it from being made."""
    if waiting := Report.objects.next_of(by.pk).first():
        send_in_turn(waiting)


def send_in_turn(report: Report) -> None:
    """Tell the workers of a report, unless they are told of another of the same person: whoever makes that sends this.

    So somebody who asks for many at once has one in the queue, and others need not wait for all of them.
    """
    if not Report.objects.before(report, now=timezone.now()).exists():
        send([report.pk])


__all__ = [
    "Changed",
    "Gone",
    "TooMany",
    "WrongState",
    "as_asked",
    "ask_again",
    "ask_for_chosen",
    "ask_for_copy",
    "ask_for_report",
    "begin",
    "erase_report",
    "send_next_after_commit",
    "standing_or_new",
]
