"""A summary: words copied out of a reflection for one reader, until a day, and erased when that ends (0020).

It knows its reflections by ids that are no keys (`SummarySource`). From sharing on nothing in it is changed but by
ending it, by narrowing it, and by what its reader answers.
"""

import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from apps.core.sealed import CannotOpen, SealedTextField
from apps.core.text import LONGEST_TEXT
from apps.supervision.agreement import KEPT_SINCE, without_reader
from apps.supervision.models.copy import SummaryCopy
from apps.supervision.models.doors import SharedSummaryQuerySet
from apps.supervision.models.link import SupervisionLink, WrongState
from apps.supervision.models.receipt import Receipt
from apps.supervision.snapshot import Snapshot

if TYPE_CHECKING:
    pass

USUAL_DAYS = 30  # days a summary can be read, unless its author says otherwise
MOST_DAYS = 365
UNREAD = datetime.min.replace(tzinfo=UTC)  # before any answer


class OutOfDate(Exception):
    """The draft was saved again since the page was drawn."""


class SharedSummary(models.Model):
    """Words for one reader: a draft, then shared, then over and without its words."""

    class Kind(models.TextChoices):
        REFLECTION = "reflection", "Summary of a reflection"
        PERIOD = "period", "Summary of a period"
        AGENDA = "agenda", "Supervision agenda"

    class Ending(models.TextChoices):
        TAKEN_BACK = "taken_back", "Taken back"
        LINK_ENDED = "link_ended", "Ended"
        EXPIRED = "expired", "Ended"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    link = models.ForeignKey(SupervisionLink, on_delete=models.CASCADE, related_name="+")  # its supervisor reads it
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.REFLECTION)
    version = models.PositiveIntegerField(default=1, editable=False)  # counts the saves of the draft
    words = SealedTextField(max_length=LONGEST_TEXT)  # a Snapshot
    parts = models.CharField(max_length=400, blank=True)  # the names of the parts that were shared; they outlive it
    expires_on = models.DateField()  # the last day, by the service's calendar
    may_print = models.BooleanField(default=False)
    agreement = SealedTextField(max_length=LONGEST_TEXT)  # what the author agreed to, as it was worded
    agreement_version = models.PositiveSmallIntegerField(null=True)
    answer = SealedTextField(max_length=LONGEST_TEXT)  # the supervisor's
    answer_version = models.PositiveIntegerField(default=0, editable=False)  # counts the saves of the answer
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    shared_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # when the mail that it is there was handed over
    answered_at = models.DateTimeField(null=True)
    answer_read_at = models.DateTimeField(null=True)  # when its author last found an answer on their page that was new
    told_of_answer_at = models.DateTimeField(null=True)  # when the mail to its author was handed over
    discussed_at = models.DateTimeField(null=True)
    told_of_end_at = models.DateTimeField(null=True)  # when the mail that its last day comes was handed over
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    objects = SharedSummaryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="summary_has_words_until_it_ends",
                condition=Q(GreaterThan(Length("words"), 0), ended_at=None)
                | Q(~Q(GreaterThan(Length("words"), 0)), ~Q(GreaterThan(Length("answer"), 0)), ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="summary_ends_only_after_sharing", condition=Q(ended_at=None) | Q(shared_at__isnull=False)
            ),
            models.CheckConstraint(name="summary_says_how_it_ended", condition=Q(ended_at=None) ^ ~Q(ending="")),
            models.CheckConstraint(
                name="summary_is_shared_with_an_agreement",
                condition=Q(shared_at=None, agreement_version=None)
                | Q(GreaterThan(Length("agreement"), 0), shared_at__isnull=False, agreement_version__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-created_at", "-id"], name="summary_list"),
            models.Index(fields=["expires_on"], name="summary_expiry", condition=Q(ended_at=None)),
            # Each mail has one with the few that wait for it; a sweep a minute reads no more than those.
            models.Index(
                fields=["expires_on"],
                name="summary_to_tell",
                condition=Q(told_at=None, shared_at__isnull=False, ended_at=None),
            ),
            models.Index(
                fields=["expires_on"],
                name="summary_to_tell_of_answer",
                condition=Q(told_of_answer_at=None, answered_at__isnull=False, ended_at=None),
            ),
            models.Index(
                fields=["expires_on"],
                name="summary_to_tell_of_end",
                condition=Q(told_of_end_at=None, discussed_at=None, ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"summary {self.pk}"

    @property
    def snapshot(self) -> Snapshot:
        """What it says; nothing once it is over."""
        return Snapshot.from_text(self.words)

    @property
    def opens(self) -> bool:
        """Whether keys on the ring open all that is written here."""
        try:
            return all(text is not None for text in (self.words, self.answer, self.agreement))
        except CannotOpen:
            return False

    @property
    def is_agenda(self) -> bool:
        """Whether its parts are items to be discussed one by one."""
        return self.kind == self.Kind.AGENDA

    @property
    def items_discussed(self) -> int:
        """How many of its items were discussed; it reads `sources`, which a list of summaries brings along."""
        return sum(source.discussed_at is not None for source in self.sources.all())

    @property
    def items_left(self) -> int:
        """How many of its items are still to be discussed."""
        return len(self.sources.all()) - self.items_discussed

    @property
    def is_discussed_in_part(self) -> bool:
        """Whether items of an agenda were discussed and others not."""
        return self.is_agenda and bool(self.items_discussed and self.items_left)

    @property
    def is_draft(self) -> bool:
        """Whether it is not shared yet."""
        return self.shared_at is None

    def is_over(self, *, now: datetime) -> bool:
        """Whether its reader can no longer read it, whenever its words are erased."""
        return not self.is_draft and (self.ended_at is not None or self.expires_on < timezone.localdate(now))

    @property
    def was_taken_back(self) -> bool:
        """Whether its author took it back."""
        return self.ending == self.Ending.TAKEN_BACK

    @property
    def may_keep(self) -> bool:
        """Whether its reader may have it as a PDF; older agreements spoke of printing alone."""
        return self.may_print and (self.agreement_version or 0) >= KEPT_SINCE

    @property
    def over_on(self) -> date:
        """The day it ended: of its own, or because somebody ended it."""
        if self.ended_at is None or self.ending == self.Ending.EXPIRED:
            return self.expires_on
        return timezone.localdate(self.ended_at)

    def write(self, snapshot: Snapshot, *, against: int, **said: Any) -> None:
        """Keep other words, reader or day in a draft. Raises OutOfDate if it was saved since version `against`."""
        sealed = WORDS.seal(snapshot.as_text(), self.pk)
        held = SharedSummary.objects.drafts().filter(pk=self.pk, version=against)
        if not held.update(words=sealed, version=against + 1, **said):
            raise OutOfDate
        self.refresh_from_db()

    def share(self, *, agreement: str, agreement_version: int, now: datetime) -> None:
        """Freeze a locked draft for its reader. Raises WrongState unless it is one."""
        if not self.is_draft:
            raise WrongState
        said = self.snapshot.said()
        self.words, self.parts = said.as_text(), " ".join(part.key for part in said.parts)
        self.agreement, self.agreement_version, self.shared_at = agreement, agreement_version, now
        self.save(update_fields=["words", "parts", "agreement", "agreement_version", "shared_at"])
        if self.kind != self.Kind.REFLECTION:  # what was left out after all was not shared
            self.sources.exclude(position__in=[part.position for part in said.parts]).delete()

    def open(self, *, how: str, now: datetime) -> Snapshot:
        """What it says, with the receipt that it was opened; the caller holds its lock."""
        said = self.snapshot  # first: what no key opens is not shown, and leaves no receipt
        Receipt.objects.create(summary=self, how=how, opened_at=now)
        return said

    def keep_answer(self, text: str, *, discussed: bool, items: frozenset[int] | None = None, now: datetime) -> None:
        """Keep what its reader answers, and whether it was discussed; the caller holds its lock.

        `items`: of an agenda, the positions of what was discussed; None for anything else.
        """
        if items is None:
            items = frozenset(self.sources.values_list("position", flat=True)) if discussed else frozenset()
        self.sources.filter(position__in=items, discussed_at=None).update(discussed_at=now)
        self.sources.exclude(position__in=items).update(discussed_at=None)
        if text != self.answer:  # to tick what was discussed is no new answer
            self.answer, self.answered_at = text, now if text else None
        self.discussed_at = (self.discussed_at or now) if discussed else None
        self.answer_version += 1
        self.save(update_fields=["answer", "answer_version", "answered_at", "discussed_at"])

    @property
    def has_unread_answer(self) -> bool:
        """Whether its author has yet to see the answer as it is now; `answers_unread` says the same of rows."""
        return self.answered_at is not None and (self.answer_read_at or UNREAD) < self.answered_at

    def read_answer(self, *, now: datetime) -> None:
        """Keep that its author was shown this answer; not if another has come since it was read from the database."""
        same = SharedSummary.objects.shared().filter(pk=self.pk, answered_at=self.answered_at, ended_at=None)
        same.update(answer_read_at=now)

    def forbid_print(self) -> bool:
        """No longer let it be printed or kept, and erase what was made of it. False where nothing was to forbid.

        Narrowing needs no new agreement.
        """
        allowed = SharedSummary.objects.shared().filter(pk=self.pk, ended_at=None, may_print=True)
        forbidden = bool(allowed.update(may_print=False))
        self._erase_copy()
        return forbidden

    def forget_reader(self) -> None:
        """No longer say who was to read it: they closed their account. The caller holds its lock."""
        try:
            self.agreement = without_reader(self.agreement)
        except CannotOpen:  # nobody reads it ever again, and that must keep nobody from leaving
            self.agreement = without_reader("")
        self.save(update_fields=["agreement"])

    def shorten(self, last_day: date, *, today: date) -> bool:
        """Let it end sooner: narrowing needs no new agreement. False where `last_day` is past, or is not sooner."""
        longer = SharedSummary.objects.shared().filter(pk=self.pk, ended_at=None, expires_on__gt=last_day)
        shortened = last_day >= today and bool(longer.update(expires_on=last_day))
        if shortened:
            self._erase_copy()  # a PDF made before says the later day
        return shortened

    def end(self, ending: "SharedSummary.Ending", *, now: datetime) -> None:
        """End it and erase its words, the answer and what was made of them, in the caller's transaction.

        Raises WrongState unless it is shared and has not ended.
        """
        standing = SharedSummary.objects.shared().filter(pk=self.pk, ended_at=None)
        if not standing.update(words="", answer="", ended_at=now, ending=ending):
            raise WrongState
        self._erase_copy()

    def _erase_copy(self) -> None:
        """What was made of it, wherever that is kept, names its copy by a key that deletes along."""
        SummaryCopy.objects.filter(summary=self).delete()


WORDS = cast(SealedTextField, SharedSummary._meta.get_field("words"))
