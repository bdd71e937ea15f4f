"""Whose summary it is, and who may read it at what moment: the one door for pages, mails and files alike (0020)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from apps.supervision.agreement import KEPT_SINCE
from apps.supervision.models.receipt import Receipt

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.supervision.models.summary import SharedSummary  # noqa: F401 - named in a type alone

SOON_DAYS = 3  # days before a summary's last day on which its reader is told
CALM = timedelta(days=7)  # between two mails to a reader about one summary
MORNING = timedelta(hours=9)  # no mail about a day goes out at the midnight that begins it
LISTED_DAYS = 90  # days for which the supervisor's list says that a summary was taken back or has ended


class SharedSummaryQuerySet(models.QuerySet["SharedSummary"]):
    """Whose summary it is, and who may read it at what moment."""

    def owned_by(self, user: "User") -> "SharedSummaryQuerySet":
        """The summaries `user` wrote: drafts, those that can be read, and the past ones."""
        return self.filter(author=user).select_related("author", "link__supervisor")

    def readable_by(self, user: "User", *, now: datetime) -> "SharedSummaryQuerySet":
        """What `user` may read at this moment: what can be read, and was shared with them."""
        return self.readable(now=now).filter(link__supervisor=user).select_related("author", "link")

    def readable(self, *, now: datetime) -> "SharedSummaryQuerySet":
        """What its reader can read at this moment: shared under a live link, not over, and not past its day."""
        live = Q(link__confirmed_at__isnull=False, link__ended_at=None, link__supervisor__is_active=True)
        standing = self.shared().filter(live, author__is_active=True, ended_at=None)
        return standing.filter(expires_on__gte=timezone.localdate(now))

    def keepable_by(self, user: "User", *, now: datetime) -> "SharedSummaryQuerySet":
        """What `user` may also have as a PDF at this moment: its author agreed to that, and still lets them."""
        return self.readable_by(user, now=now).filter(may_print=True, agreement_version__gte=KEPT_SINCE)

    def received_by(self, user: "User", *, now: datetime) -> "SharedSummaryQuerySet":
        """What was shared with `user` and is over since at most 90 days; not a word of it."""
        since = now - timedelta(days=LISTED_DAYS)
        expired = Q(ended_at=None, expires_on__gte=timezone.localdate(since), expires_on__lt=timezone.localdate(now))
        mine = self.shared().filter(Q(ended_at__gt=since) | expired, link__supervisor=user)
        return mine.without_words().select_related("author")

    def without_words(self) -> "SharedSummaryQuerySet":
        """Rows for a list."""
        return self.defer("words", "answer", "agreement")

    def with_opened(self) -> "SharedSummaryQuerySet":
        """With whether their reader ever opened them: `is_opened`."""
        return self.annotate(is_opened=Exists(Receipt.objects.filter(summary=OuterRef("pk"))))

    def with_items(self) -> "SharedSummaryQuerySet":
        """With what they were made from, so that a list can say how far each was discussed."""
        return self.prefetch_related("sources")

    def drafts(self) -> "SharedSummaryQuerySet":
        """Those not shared yet."""
        return self.filter(shared_at=None)

    def shared(self) -> "SharedSummaryQuerySet":
        """Those that were shared, over or not."""
        return self.filter(shared_at__isnull=False)

    def standing(self, *, now: datetime) -> "SharedSummaryQuerySet":
        """Drafts, and shared ones that are not over."""
        return self.filter(ended_at=None).exclude(shared_at__isnull=False, expires_on__lt=timezone.localdate(now))

    def over(self, *, now: datetime) -> "SharedSummaryQuerySet":
        """Those that ended, or whose day has passed."""
        return self.shared().filter(Q(ended_at__isnull=False) | Q(expires_on__lt=timezone.localdate(now)))

    def expired(self, *, now: datetime) -> "SharedSummaryQuerySet":
        """Those whose day has passed and whose words are still to be erased."""
        return self.shared().filter(ended_at=None, expires_on__lt=timezone.localdate(now))

    def answered(self) -> "SharedSummaryQuerySet":
        """Those that hold an answer."""
        return self.filter(answered_at__isnull=False)

    def answers_unread(self) -> "SharedSummaryQuerySet":
        """Those whose author has yet to see the answer as it is now."""
        return self.answered().filter(Q(answer_read_at=None) | Q(answer_read_at__lt=F("answered_at")))

    def to_tell(self, *, now: datetime) -> "SharedSummaryQuerySet":
        """Those whose reader has had no mail about them, and can still read them."""
        return self.readable(now=now).filter(told_at=None)

    def to_tell_of_answer(self, *, now: datetime) -> "SharedSummaryQuerySet":
        """Those whose author has had no mail that there is an answer, and can still read it."""
        return self.readable(now=now).answered().filter(told_of_answer_at=None)

    def to_tell_of_end(self, *, now: datetime) -> "SharedSummaryQuerySet":
        """Those with a few days left that are still to be discussed, and whose reader had a mail only long ago.

        On the last day itself nobody is told: that would hurry whoever reads it, and say that its author has just
        brought the day forward.
        """
        soon = timezone.localdate(now - MORNING) + timedelta(days=SOON_DAYS)
        ending = self.filter(expires_on__gt=timezone.localdate(now), expires_on__lte=soon)
        return ending.readable(now=now).filter(told_of_end_at=None, discussed_at=None, told_at__lte=now - CALM)

    def newest_first(self) -> "SharedSummaryQuerySet":
        """In the order they were begun."""
        return self.order_by("-created_at", "-id")
