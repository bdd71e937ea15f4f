"""Which reports a person may see, and which a worker may work on (decision 0010)."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from apps.accounts.models import User
from apps.reports.sources import ReportSource
from apps.reports.states import MOST_ATTEMPTS, NO_STEP, UNFINISHED, Reason, State, failure
from apps.supervision.models import SharedSummary

if TYPE_CHECKING:
    from apps.reports.models import Report

# Those that no worker had since somebody asked for them: one that was tried meanwhile nobody sends but a sweep.
FRESH = Q(state=State.QUEUED, attempts=F("last_attempt") - MOST_ATTEMPTS)


def hold_person(pk: Any) -> None:
    """Lock whoever this is until the transaction ends, against another who looks first and then writes for them.

    Foreign keys need not wait for it.
    """
    list(User.objects.filter(pk__in=pk if isinstance(pk, models.QuerySet) else [pk]).select_for_update(no_key=True))


class ReportQuerySet(models.QuerySet["Report"]):
    """Which reports a person may see, and which a worker may work on."""

    def owned_by(self, user: User) -> "ReportQuerySet":
        """The reports `user` asked for, without their bytes, which only a download needs."""
        return self.filter(author=user).defer("pdf")

    def readable_by(self, user: User, *, now: datetime) -> "ReportQuerySet":
        """The reports `user` asked for that are kept; of a summary, while they may read and keep the summary itself.

        A pack, while all that is in it can be read.
        """
        shared = Q(copy=None) | Q(copy__summary__in=SharedSummary.objects.keepable_by(user, now=now))
        over = ReportSource.objects.filter(report=OuterRef("pk"), copy__isnull=False)
        over = over.exclude(copy__summary__in=SharedSummary.objects.readable(now=now))
        return self.owned_by(user).kept(now=now).filter(shared, ~Exists(over))

    def kept(self, *, now: datetime) -> "ReportQuerySet":
        """Those not past their time. The clock decides at once, whenever the row is erased."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now))

    def downloadable(self, *, now: datetime) -> "ReportQuerySet":
        """Ready and not past their time, with their bytes."""
        return self.filter(state=State.READY, expires_at__gt=now).defer(None)

    def expired(self, *, now: datetime) -> "ReportQuerySet":
        """Those past their time, to be erased."""
        return self.filter(expires_at__lte=now)

    def unfinished(self) -> "ReportQuerySet":
        """Those waiting or being made."""
        return self.filter(state__in=UNFINISHED)

    def newest_first(self) -> "ReportQuerySet":
        """In the order they were asked for."""
        return self.order_by("-created_at", "-id")

    def to_send(self, *, now: datetime) -> "ReportQuerySet":
        """Those whose message was lost or whose worker died, the longest waiting first; one of a person."""
        stale = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lte=now)
        long_ago = now - timedelta(seconds=settings.REPORT_SENT_AGAIN_SECONDS)
        older = self.model.objects.filter(
            author=OuterRef("author"), state=State.QUEUED, created_at__lt=OuterRef("created_at")
        )
        waits = Q(state=State.QUEUED) & Exists(older)
        found = self.filter(stale, sent_at__lte=long_ago).exclude(waits).exclude(Exists(self._beside(now=now)))
        return found.order_by("sent_at", "id")

    def next_of(self, author_id: uuid.UUID) -> "ReportQuerySet":
        """Those of one person that no worker had since they asked for them, the longest waiting first."""
        return self.filter(FRESH, author=author_id).order_by("created_at", "id")

    def before(self, report: "Report", *, now: datetime) -> "ReportQuerySet":
        """Other reports of the same person that workers were told of, and that are made before this one."""
        older = Q(FRESH, created_at__lt=report.created_at)
        told = older | Q(state=State.RUNNING, lease_until__gt=now)
        return self.filter(told, author=report.author_id).exclude(pk=report.pk)

    def claim(self, pk: uuid.UUID | str, *, now: datetime) -> "Report | None":
        """The report `pk`, for one worker until its lease ends; None when there is nothing to do for it now.

        One report of a person is made at a time: the lock on the person keeps two workers from looking together.
        """
        free = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lte=now)
        with transaction.atomic():
            hold_person(self.model.objects.filter(pk=pk).values("author"))
            mine = self.filter(free, ~Exists(self._beside(now=now)), pk=pk, attempts__lt=F("last_attempt"))
            taken = mine.update(
                state=State.RUNNING,
                attempts=F("attempts") + 1,
                lease_until=now + timedelta(seconds=settings.REPORT_LEASE_SECONDS),
                **NO_STEP,
            )
            return self.select_related("author").defer("pdf").get(pk=pk) if taken else None

    def _beside(self, *, now: datetime) -> "ReportQuerySet":
        """Another report of the same person that is being made."""
        running = self.model.objects.filter(author=OuterRef("author"), state=State.RUNNING, lease_until__gt=now)
        return running.exclude(pk=OuterRef("pk"))

    def give_up(self, *, now: datetime) -> int:
        """Fail the reports whose worker died at the last attempt; how many there were."""
        died = self.filter(state=State.RUNNING, lease_until__lte=now, attempts__gte=F("last_attempt"))
        return died.update_free(**failure(Reason.DIED, now=now))

    def update_free(self, **changes: Any) -> int:
        """Change those of these that nobody holds; how many there were."""
        with transaction.atomic():
            return self.model.objects.filter(pk__in=self.free()).update(**changes)

    def erase_free(self) -> int:
        """Delete those of these that nobody holds; how many there were."""
        with transaction.atomic():
            free = self.free()
            self.model.objects.filter(pk__in=free).only("pk").delete()
        return len(free)

    def free(self) -> list[uuid.UUID]:
        """The ids of those that nobody else holds, locked until the transaction ends. The next sweep finds the others.

        A sweep waits for nobody: whoever ends a link deletes several reports too, in an order of their own (0032).
        """
        return list(self.select_for_update(skip_locked=True).values_list("pk", flat=True))
