"""The report as a row: the row is the job, and no message is (decision 0010).

Every act is one conditional UPDATE. A worker that lost its claim, because its lease ran out and another took over or
because the author erased the report, finds no row to change and its work is dropped.
"""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from apps.core.sealed import SealedBytesField
from apps.reports.cpd.models import CpdStatement
from apps.supervision.models import SharedSummary

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST_ATTEMPTS = 5  # a process that dies this often while making a report would die for ever


class WrongState(Exception):
    """The act does not fit the state the report is in."""


class LostClaim(Exception):
    """Another worker took the report over, or its author erased it."""


class ReportQuerySet(models.QuerySet["Report"]):
    """Which reports a person may see, and which a worker may work on."""

    def owned_by(self, user: "User") -> "ReportQuerySet":
        """The reports `user` asked for, without their bytes, which only a download needs."""
        return self.filter(author=user).defer("pdf")

    def readable_by(self, user: "User", *, now: datetime) -> "ReportQuerySet":
        """The reports `user` asked for that are kept; of a summary, while they may read and keep the summary itself."""
        shared = Q(copy=None) | Q(copy__summary__in=SharedSummary.objects.keepable_by(user, now=now))
        return self.owned_by(user).kept(now=now).filter(shared)

    def kept(self, *, now: datetime) -> "ReportQuerySet":
        """Those not past their time. The clock decides at once, whenever the row is erased."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now))

    def downloadable(self, *, now: datetime) -> "ReportQuerySet":
        """Ready and not past their time, with their bytes."""
        return self.filter(state=Report.State.READY, expires_at__gt=now).defer(None)

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
        """Those whose message was lost or whose worker died, the longest waiting first."""
        stale = Q(state=Report.State.QUEUED) | Q(state=Report.State.RUNNING, lease_until__lte=now)
        long_ago = now - timedelta(seconds=settings.REPORT_SENT_AGAIN_SECONDS)
        return self.filter(stale, sent_at__lte=long_ago).order_by("sent_at", "id")

    def claim(self, pk: uuid.UUID | str, *, now: datetime) -> "Report | None":
        """The report `pk`, for one worker until its lease ends; None when there is nothing to do for it now."""
        free = Q(state=Report.State.QUEUED) | Q(state=Report.State.RUNNING, lease_until__lte=now)
        with transaction.atomic():
            taken = self.filter(free, pk=pk, attempts__lt=F("last_attempt")).update(
                state=Report.State.RUNNING,
                attempts=F("attempts") + 1,
                lease_until=now + timedelta(seconds=settings.REPORT_LEASE_SECONDS),
            )
            return self.select_related("author").defer("pdf").get(pk=pk) if taken else None

    def give_up(self, *, now: datetime) -> int:
        """Fail the reports whose worker died at the last attempt; how many there were."""
        died = self.filter(state=Report.State.RUNNING, lease_until__lte=now, attempts__gte=F("last_attempt"))
        return died.update(**failure(Report.Reason.DIED, now=now))


class Report(models.Model):
    """A PDF somebody asked for: queued, running under a lease, then ready or failed, and erased when its time is up."""

    class Kind(models.TextChoices):
        REFLECTION = "reflection", "Reflection"
        SUMMARY = "summary", "Summary"
        CPD = "cpd", "CPD statement"

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be made"
        RUNNING = "running", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Could not be made"

    class Reason(models.TextChoices):
        """Why it failed; `sentence` says it in words."""

        DIED = "died"
        TROUBLE = "trouble"
        CANNOT_OPEN = "cannot_open"
        NOT_COMPLETE = "not_complete"
        REFUSED = "refused"
        TOO_LONG = "too_long"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.REFLECTION)
    reflection = models.ForeignKey("journal.Reflection", null=True, on_delete=models.CASCADE, related_name="+")
    copy = models.ForeignKey("supervision.SummaryCopy", null=True, on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey(CpdStatement, null=True, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()  # of what it is made from: when asked, then what was really drawn
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # never goes back: it also tells one worker from the next
    last_attempt = models.PositiveSmallIntegerField(default=MOST_ATTEMPTS)
    lease_until = models.DateTimeField(null=True)
    pdf = SealedBytesField()
    size = models.PositiveIntegerField(default=0)  # bytes of the PDF before sealing
    pages = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)  # when its id last went to the broker
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="report_has_bytes_exactly_when_ready",
                condition=Q(
                    GreaterThan(Length("pdf"), 0), state="ready", size__gt=0, pages__gt=0, ready_at__isnull=False
                )
                | Q(~Q(state="ready"), ~Q(GreaterThan(Length("pdf"), 0)), size=0, pages=0, ready_at=None),
            ),
            models.CheckConstraint(
                name="report_has_lease_exactly_while_running",
                condition=Q(state="running") ^ Q(lease_until=None),
            ),
            models.CheckConstraint(
                name="report_has_reason_exactly_when_failed", condition=Q(state="failed") ^ Q(reason="")
            ),
            models.CheckConstraint(
                name="report_expires_exactly_when_ended",
                condition=Q(state__in=["ready", "failed"]) ^ Q(expires_at=None),
            ),
            models.CheckConstraint(name="report_attempts_end", condition=Q(attempts__lte=F("last_attempt"))),
            models.CheckConstraint(
                name="report_of_reflection_names_it", condition=~Q(kind="reflection") | Q(reflection__isnull=False)
            ),
            models.CheckConstraint(
                name="report_of_summary_names_its_copy",
                condition=Q(kind="summary", reflection=None, copy__isnull=False) | Q(~Q(kind="summary"), copy=None),
            ),
            models.CheckConstraint(
                name="report_of_cpd_names_its_statement",
                condition=Q(kind="cpd", reflection=None, statement__isnull=False) | Q(~Q(kind="cpd"), statement=None),
            ),
            models.UniqueConstraint(
                name="report_unfinished_once_per_copy",
                fields=["copy"],
                condition=Q(state__in=["queued", "running"]),
            ),
            models.UniqueConstraint(
                name="report_unfinished_once_per_reflection",
                fields=["reflection"],
                condition=Q(state__in=["queued", "running"]),
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-created_at", "-id"], name="report_list"),
            models.Index(fields=["expires_at"], name="report_expiry"),
            models.Index(fields=["state", "sent_at"], name="report_sweep"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def is_of_summary(self) -> bool:
        """Whether it was made of a summary: somebody else's words, whose author sees each download."""
        return self.kind == self.Kind.SUMMARY

    @property
    def is_unfinished(self) -> bool:
        """Whether it waits or is being made."""
        return self.state in UNFINISHED

    @property
    def is_ready(self) -> bool:
        """Whether it has its bytes."""
        return self.state == self.State.READY

    @property
    def sentence(self) -> str:
        """Why it failed and what its author can do, in plain words; empty unless it failed."""
        return SENTENCES.get(self.reason, "")

    def complete(self, pdf: bytes, *, pages: int, version: int) -> None:
        """Keep the finished PDF, drawn from this `version` of what it is made from. Raises LostClaim."""
        now = timezone.now()
        self._end_claim(
            state=self.State.READY,
            pdf=PDF.seal(pdf, self.pk),
            size=len(pdf),
            pages=pages,
            version=version,
            ready_at=now,
            expires_at=expiry(now),
            lease_until=None,
        )

    def fail(self, reason: "Report.Reason") -> None:
        """End without a PDF; `reason` tells the author why. Raises LostClaim."""
        self._end_claim(**failure(reason, now=timezone.now()))

    def let_go(self) -> None:
        """Back into the queue after trouble that may pass; the last attempt fails instead. Raises LostClaim."""
        if self.attempts >= self.last_attempt:
            self.fail(self.Reason.TROUBLE)
        else:
            self._end_claim(state=self.State.QUEUED, lease_until=None, sent_at=timezone.now())

    def drop(self) -> None:
        """Erase a claimed report that must not be made any more: its reader may not read what it would say."""
        Report.objects.filter(pk=self.pk).delete()

    def try_again(self) -> None:
        """Back into the queue after it failed, with fresh attempts. Raises WrongState unless it has failed."""
        changed = Report.objects.filter(pk=self.pk, state=self.State.FAILED).update(
            state=self.State.QUEUED,
            reason="",
            last_attempt=F("attempts") + MOST_ATTEMPTS,
            expires_at=None,
            sent_at=timezone.now(),
        )
        if not changed:
            raise WrongState
        self.refresh_from_db()

    def _end_claim(self, **changes: Any) -> None:
        """Change the row if it is still at the attempt this worker claimed."""
        mine = Report.objects.filter(pk=self.pk, state=self.State.RUNNING, attempts=self.attempts)
        if not mine.update(**changes):
            raise LostClaim
        for name, value in changes.items():
            setattr(self, name, value)


PDF = cast(SealedBytesField, Report._meta.get_field("pdf"))
UNFINISHED = (Report.State.QUEUED, Report.State.RUNNING)
SENTENCES: dict[str, str] = {
    Report.Reason.DIED: "It was stopped in the middle five times. Try again a little later.",
    Report.Reason.TROUBLE: "Something went wrong five times. Try again a little later.",
    Report.Reason.CANNOT_OPEN: "Its words could not be opened. Tell whoever runs this service.",
    Report.Reason.NOT_COMPLETE: "The reflection was reopened meanwhile. Complete it, then try again.",
    Report.Reason.REFUSED: "Something in it was not plain text, so it was stopped. Tell whoever runs this service.",
    Report.Reason.TOO_LONG: "It takes too long to make as one PDF. You can print the page itself instead.",
}


def expiry(now: datetime) -> datetime:
    """When a report that ended now is erased."""
    return now + timedelta(hours=settings.REPORT_KEPT_HOURS)


def failure(reason: "Report.Reason", *, now: datetime) -> dict[str, Any]:
    """What a row holds that failed."""
    return {"state": Report.State.FAILED, "reason": reason, "lease_until": None, "expires_at": expiry(now)}
