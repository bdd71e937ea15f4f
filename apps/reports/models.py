"""The report as a row: the row is the job, and no message is (decision 0010).

Every act is one conditional UPDATE. A worker that lost its claim, because its lease ran out and another took over or
because the author erased the report, finds no row to change and its work is dropped.
"""

import json
import uuid
from typing import Any, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from apps.core.sealed import SealedBytesField, SealedTextField
from apps.reports import states
from apps.reports.cpd.models import CpdStatement
from apps.reports.doors import ReportQuerySet
from apps.reports.sources import ReportSource
from apps.reports.states import (
    IS_LATE,
    LATE,
    MOST_ATTEMPTS,
    NO_STEP,
    SENTENCES,
    SO_FAR,
    UNFINISHED,
    LostClaim,
    Reason,
    State,
    WrongState,
    expiry,
    failure,
)

# Kinds that name no row of what they are made from.
CHOSEN = ("period", "evidence", "supervision", "portfolio", "record")


class Report(models.Model):
    """A PDF somebody asked for: queued, running under a lease, then ready or failed, and erased when its time is up."""

    class Kind(models.TextChoices):
        REFLECTION = "reflection", "Reflection"
        SUMMARY = "summary", "Summary"
        CPD = "cpd", "CPD statement"
        PERIOD = "period", "Period summary"
        EVIDENCE = "evidence", "Evidence page"
        SUPERVISION = "supervision", "Supervision pack"
        PORTFOLIO = "portfolio", "Portfolio"
        RECORD = "record", "CPD record"

    State = states.State
    Reason = states.Reason
    Step = states.Step

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.REFLECTION)
    reflection = models.ForeignKey("journal.Reflection", null=True, on_delete=models.CASCADE, related_name="+")
    copy = models.ForeignKey("supervision.SummaryCopy", null=True, on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey(CpdStatement, null=True, on_delete=models.CASCADE, related_name="+")
    asked = SealedTextField()  # what its author chose, as JSON: which reflections somebody picks is theirs
    fingerprint = models.CharField(max_length=64, blank=True)  # of what it says, to know the same again (0028)
    version = models.PositiveIntegerField(default=1)  # of what it is made from: when asked, then what was really drawn
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # never goes back: it also tells one worker from the next
    last_attempt = models.PositiveSmallIntegerField(default=MOST_ATTEMPTS)
    lease_until = models.DateTimeField(null=True)
    step = models.CharField(max_length=8, choices=Step, blank=True)  # what has been done of a long one
    step_done = models.PositiveIntegerField(default=0)  # reflections or pages, as the step says
    step_of = models.PositiveIntegerField(default=0)
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
                name="report_has_step_only_while_running",
                condition=Q(state="running", step_done__lte=F("step_of")) | Q(step="", step_done=0, step_of=0),
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
                fields=["copy", "fingerprint"],
                condition=Q(state__in=["queued", "running"]),
            ),
            models.UniqueConstraint(
                name="report_unfinished_once_per_reflection",
                fields=["reflection", "fingerprint"],
                condition=Q(state__in=["queued", "running"]),
            ),
            models.UniqueConstraint(
                name="report_unfinished_once_per_statement",
                fields=["statement", "fingerprint"],
                condition=Q(state__in=["queued", "running"]),
            ),
            models.CheckConstraint(
                name="report_of_choices_has_a_fingerprint",
                condition=~Q(kind__in=CHOSEN) | ~Q(fingerprint=""),
            ),
            models.UniqueConstraint(
                name="report_unfinished_once_per_fingerprint",
                fields=["author", "kind", "fingerprint"],
                condition=Q(state__in=["queued", "running"], reflection=None, copy=None, statement=None)
                & ~Q(fingerprint=""),
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
    def is_chosen(self) -> bool:
        """Whether it is made from choices of its author's, and not from a row that it names."""
        return self.kind in CHOSEN

    @property
    def choices(self) -> dict[str, Any]:
        """What its author chose. Raises CannotOpen."""
        return json.loads(self.asked or "{}")

    @property
    def is_unfinished(self) -> bool:
        """Whether it waits or is being made."""
        return self.state in UNFINISHED

    @property
    def is_ready(self) -> bool:
        """Whether it has its bytes."""
        return self.state == State.READY

    @property
    def so_far(self) -> str:
        """How far it is, in a sentence; and that something keeps it, when it should have been there long since."""
        plain = f"{self.get_state_display()}."
        is_late = self.is_unfinished and timezone.now() - self.created_at > LATE
        return SO_FAR.get(self.step, plain).format(done=self.step_done, of=self.step_of) + is_late * IS_LATE

    @property
    def sentence(self) -> str:
        """Why it failed and what its author can do, in plain words; empty unless it failed."""
        return SENTENCES.get(self.reason, "")

    def tell(self, step: states.Step, done: int, of: int) -> None:
        """Say how far a claimed report is. Raises LostClaim: then whatever is still to do is for nobody."""
        self._change_claimed(step=step, step_done=done, step_of=of)

    def renew(self, version: int) -> bool:
        """Be made of this version, if no worker has read an older one yet; whether that is so."""
        return bool(Report.objects.filter(pk=self.pk, state=State.QUEUED).update(version=version))

    def look(self) -> None:
        """See whether a claimed report is still wanted. Raises LostClaim."""
        if not self._claimed().exists():
            raise LostClaim

    def complete(self, pdf: bytes, *, pages: int, version: int, **renewed: Any) -> None:
        """Keep the finished PDF, drawn from this `version` of what it is made from. Raises LostClaim.

        `renewed`: the fingerprint of what was really drawn.
        """
        now = timezone.now()
        self._change_claimed(
            state=State.READY,
            pdf=PDF.seal(pdf, self.pk),
            size=len(pdf),
            pages=pages,
            version=version,
            ready_at=now,
            expires_at=expiry(now),
            lease_until=None,
            **NO_STEP,
            **renewed,
        )

    def fail(self, reason: states.Reason) -> None:
        """End without a PDF; `reason` tells the author why. Raises LostClaim."""
        self._change_claimed(**failure(reason, now=timezone.now()))

    def let_go(self) -> None:
        """Back into the queue after trouble that may pass; the last attempt fails instead. Raises LostClaim."""
        if self.attempts >= self.last_attempt:
            self.fail(Reason.TROUBLE)
        else:
            self._change_claimed(state=State.QUEUED, lease_until=None, sent_at=timezone.now(), **NO_STEP)

    def drop(self) -> None:
        """Erase a claimed report that must not be made any more: its reader may not read what it would say."""
        Report.objects.filter(pk=self.pk).only("pk").delete()

    def try_again(self) -> None:
        """Back into the queue after it failed, asked for anew. Raises WrongState unless it has failed."""
        now = timezone.now()
        changed = Report.objects.filter(pk=self.pk, state=State.FAILED).update(
            state=State.QUEUED,
            reason="",
            last_attempt=F("attempts") + MOST_ATTEMPTS,
            expires_at=None,
            created_at=now,
            sent_at=now,
        )
        if not changed:
            raise WrongState
        self.refresh_from_db()

    def _change_claimed(self, **changes: Any) -> None:
        """Change the row of a claimed report. Raises LostClaim."""
        if not self._claimed().update(**changes):
            raise LostClaim
        for name, value in changes.items():
            setattr(self, name, value)

    def _claimed(self) -> ReportQuerySet:
        """The row, if it is still at the attempt this worker claimed."""
        return Report.objects.filter(pk=self.pk, state=State.RUNNING, attempts=self.attempts)


PDF = cast(SealedBytesField, Report._meta.get_field("pdf"))

__all__ = ["MOST_ATTEMPTS", "UNFINISHED", "LostClaim", "Report", "ReportQuerySet", "ReportSource", "WrongState"]
