"""Reminders: an email that says there is something to look back on, for those who asked for it (decision 0014).

Days and times are those of the clock on the wall, so a change to or from summer time needs no rule of its own: a time
that the clock leaps over has passed as soon as it has leapt, and one that comes twice comes on a day that is seen to.
"""

import uuid
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from apps.journal.models.plan import Plan

if TYPE_CHECKING:
    from apps.accounts.models import User

LATEST = timedelta(hours=2)  # after its time a reminder is let be for the day: nobody wants it in the night


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Whose reminder it is, and which are to be sent now."""

    def owned_by(self, user: "User") -> "ReminderQuerySet":
        """The reminder that `user` asked for, or turned off again."""
        return self.filter(person=user)

    def due(self, *, now: datetime) -> "ReminderQuerySet":
        """Those whose time came within the last two hours of this day, and that were not seen to today."""
        today, clock = on_the_wall(now)
        earliest = datetime.combine(today, clock) - LATEST
        since = earliest.time() if earliest.date() == today else time.min
        return self.filter(at__gte=since, at__lte=clock, looked_on__lt=today)

    def to_send(self, *, now: datetime) -> "ReminderQuerySet":
        """The due ones that have something to say, each with the confirmed `address` of somebody who may sign in."""
        confirmed = EmailAddress.objects.filter(user=OuterRef("person"), primary=True, verified=True)
        plans = Plan.objects.to_look_back_on(today=on_the_wall(now)[0]).order_by()
        new = plans.filter(reflection__author=OuterRef("person"), look_back_on__gt=OuterRef("told_through"))
        return (
            self.due(now=now)
            .annotate(address=Subquery(confirmed.values("email")[:1]))
            .filter(Exists(new), person__is_active=True, address__isnull=False)
        )

    def in_turn(self) -> "ReminderQuerySet":
        """The longest waiting first."""
        return self.order_by("at", "id")

    def pass_over(self, *, now: datetime) -> int:
        """See to the due ones that have nothing to say today; how many there were."""
        silent = self.due(now=now).exclude(pk__in=self.to_send(now=now).values("pk"))
        return silent.update(looked_on=on_the_wall(now)[0])


class Reminder(models.Model):
    """The time of day at which one person asked to be reminded, and how far that has been seen to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.TimeField(null=True)  # by the clock on the wall; None: turned off
    looked_on = models.DateField()  # the last day that was seen to, with an email or without
    told_through = models.DateField()  # plans to look back on up to this day are not told of again

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reminder_told_only_on_days_seen_to", condition=Q(told_through__lte=F("looked_on"))
            ),
        ]
        indexes = [models.Index(fields=["at", "looked_on"], name="reminder_due")]

    def __str__(self) -> str:
        return f"reminder {self.pk}"

    def ask(self, at: time, *, now: datetime) -> None:
        """Remind at this time of day; where it has passed today, from tomorrow on. The caller holds the row's lock."""
        today, clock = on_the_wall(now)
        yesterday = today - timedelta(days=1)
        if self.at is None:  # what fell due while they were off is not made up for
            self.told_through = max(self.told_through, yesterday)
        self.looked_on = today if at <= clock else max(self.looked_on, yesterday)
        self.at = at
        self.save()

    def take_on(self, *, today: date) -> bool:
        """Make today's email this caller's own to hand over. True once a day, however many ask at once.

        One conditional UPDATE: False too where the time was changed, or turned off, since this row was read.
        """
        return self._move((self.looked_on, self.told_through), (today, today))

    def give_back(self, *, today: date) -> None:
        """Undo take_on(): the mail server has said that it did not take the email."""
        self._move((today, today), (self.looked_on, self.told_through))

    def _move(self, held: tuple[date, date], new: tuple[date, date]) -> bool:
        """From the days that the row should hold to others, if it does hold them and the time is still the same."""
        same = Reminder.objects.filter(pk=self.pk, at=self.at, looked_on=held[0], told_through=held[1])
        return bool(same.update(looked_on=new[0], told_through=new[1]))


def on_the_wall(now: datetime) -> tuple[date, time]:
    """The local day and the time on its clock, to the second."""
    local = timezone.localtime(now)
    return local.date(), local.time().replace(microsecond=0)
