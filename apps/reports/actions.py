"""What makes a report and sets the workers to it."""

import uuid
from typing import TYPE_CHECKING, Protocol

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from apps.reports.models import UNFINISHED, Report, WrongState
from apps.reports.sending import send

if TYPE_CHECKING:
    from apps.accounts.models import User


class Subject(Protocol):
    """A completed reflection of the person who asks, in whatever form the gate gave it."""

    @property
    def pk(self) -> uuid.UUID:
        """Its id."""

    @property
    def version(self) -> int:
        """Changes with each save, so that a report of older words is not given again."""


class Gone(Exception):
    """The reflection was deleted while its report was asked for."""


def ask_for_report(*, by: "User", reflection: Subject) -> Report:
    """The report of `by`'s own completed reflection: one on its way, one still kept of the same words, or a new one.

    Raises Gone if the reflection was deleted meanwhile.
    """
    report = standing_report(by, reflection)
    if report:
        return report
    try:
        with transaction.atomic():
            report = Report.objects.create(author=by, reflection_id=reflection.pk, version=reflection.version)
            send_after_commit(report)
    except IntegrityError:  # the same button pressed twice: the other press was first
        report = Report.objects.owned_by(by).filter(reflection_id=reflection.pk).newest_first().first()
        if report is None:
            raise Gone from None
    return report


def standing_report(by: "User", reflection: Subject) -> Report | None:
    """What there is already: a report on its way, or a ready one of this version that is not past its time."""
    ready = Q(state=Report.State.READY, version=reflection.version, expires_at__gt=timezone.now())
    mine = Report.objects.owned_by(by).filter(reflection_id=reflection.pk)
    return mine.filter(ready | Q(state__in=UNFINISHED)).newest_first().first()


def ask_again(*, by: "User", report: Report) -> Report:
    """Have a failed report made after all; where another of the same reflection is on its way, that one.

    Raises WrongState unless the report has failed.
    """
    try:
        with transaction.atomic():
            report.try_again()
            send_after_commit(report)
    except IntegrityError:
        return Report.objects.owned_by(by).unfinished().get(reflection=report.reflection_id)
    return report


def send_after_commit(report: Report) -> None:
    """Tell the workers once the row is there for them to find."""
    transaction.on_commit(lambda: send([report.pk]), robust=True)


__all__ = ["Gone", "WrongState", "ask_again", "ask_for_report"]
