"""Rows that belong to no app in particular."""

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from apps.core.sealed import SealedBytesField

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class KeyCheck(models.Model):
    """Known bytes, sealed by a key that seals words here: what finds a wrong key before somebody's words do."""

    key_id = models.CharField(primary_key=True, max_length=16)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"check of the key {self.key_id}"


class Act(models.TextChoices):
    """What somebody did that leaves an audit event; how it reads to each of the two people is in `accounts.events`."""

    SUPERVISOR_INVITED = "supervisor_invited"  # about the link, as the next four
    SUPERVISION_ACCEPTED = "supervision_accepted"
    SUPERVISION_DECLINED = "supervision_declined"
    SUPERVISION_CONFIRMED = "supervision_confirmed"
    SUPERVISION_ENDED = "supervision_ended"  # or the invitation withdrawn
    SUMMARY_SHARED = "summary_shared"  # about the summary, as the next nine
    SUMMARY_PRINT_FORBIDDEN = "summary_print_forbidden"
    SUMMARY_SHORTENED = "summary_shortened"
    SUMMARY_OPENED = "summary_opened"
    SUMMARY_DOWNLOADED = "summary_downloaded"  # as a PDF, or to print
    SUMMARY_ANSWERED = "summary_answered"
    SUMMARY_DISCUSSED = "summary_discussed"
    SUMMARY_TAKEN_BACK = "summary_taken_back"
    SUMMARY_EXPIRED = "summary_expired"  # by nobody: its day has passed
    SUMMARY_ENDED = "summary_ended"  # with the link
    DATA_EXPORTED = "data_exported"  # about the account, as the rest
    ACCOUNT_DELETED = "account_deleted"
    ACCOUNT_DEACTIVATED = "account_deactivated"
    ACCOUNT_REACTIVATED = "account_reactivated"


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Whose events a page may show."""

    def readable_by(self, person: "AbstractBaseUser") -> "AuditEventQuerySet":
        """What this person did, and what somebody did that concerns them."""
        return self.filter(Q(by=person.pk) | Q(other=person.pk))

    def newest_first(self) -> "AuditEventQuerySet":
        """In the order of the chain, from its end."""
        return self.order_by("-number")


class AuditEvent(models.Model):
    """One act, for good: ids and the act, no words, no names, no foreign keys (decision 0019).

    The database refuses to change or delete a row. Written by `core.audit.record` alone.
    """

    number = models.BigIntegerField(primary_key=True)  # from 1, without a gap
    at = models.DateTimeField()
    act = models.CharField(max_length=32, choices=Act)
    by = models.UUIDField(null=True)  # a person's id; nobody's when the service itself acts
    other = models.UUIDField(null=True)  # the id of the other person whom it concerns
    about = models.UUIDField(null=True)  # the id of the link, the summary ...
    previous = models.CharField(max_length=64, blank=True)  # the hash of the event before, empty for the first
    hash = models.CharField(max_length=64)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["by", "-number"], name="audit_by_person"),
            models.Index(fields=["other", "-number"], name="audit_of_other"),
        ]

    def __str__(self) -> str:
        return f"audit event {self.number}"

    def computed_hash(self) -> str:
        """SHA-256 over the hash before and what the row says. Its number is where it stands in the chain."""
        ids = [str(one) if one else "" for one in (self.by, self.other, self.about)]
        said = [self.previous, self.at.astimezone(UTC).isoformat(timespec="microseconds"), str(self.act), *ids]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


class AuditSeal(models.Model):
    """The one row that says where the chain ends, sealed: without the key ring nobody can end it elsewhere."""

    ONLY = 1
    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    newest = SealedBytesField()  # the number and the hash of the newest event

    def __str__(self) -> str:
        return "seal of the audit's end"

    @property
    def end(self) -> tuple[int, str]:
        """Number and hash of the newest event; 0 and nothing before the first. Raises CannotOpen."""
        number, _, digest = bytes(self.newest or b"0:").decode().partition(":")
        return int(number), digest

    @end.setter
    def end(self, event: AuditEvent) -> None:
        self.newest = f"{event.number}:{event.hash}".encode()
