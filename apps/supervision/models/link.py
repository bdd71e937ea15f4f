"""Who supervises whom: invited by email, accepted by whoever holds that address, confirmed by who invited (0020).

Each act is one conditional UPDATE, so that of two people acting at once one finds nothing left to do.
"""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.accounts.models import hashed

if TYPE_CHECKING:
    from apps.accounts.models import User

INVITATION_DAYS = 14  # days until an invitation runs out
MOST_OPEN = 5  # invitations of one person that nobody has answered yet
MOST_A_DAY = 10  # invitations by one person in 24 hours: Keel is no way to send mail to strangers


class WrongState(Exception):
    """The act does not fit the state the row is in."""


class SupervisionLinkQuerySet(models.QuerySet["SupervisionLink"]):
    """Whose link it is, seen from either side, and how far it has come."""

    def owned_by(self, user: "User") -> "SupervisionLinkQuerySet":
        """The links `user` made as the one who is supervised."""
        return self.filter(practitioner=user).with_people()

    def supervised_by(self, user: "User") -> "SupervisionLinkQuerySet":
        """The links `user` accepted as the supervisor."""
        return self.filter(supervisor=user).with_people()

    def joining(self, user: "User") -> "SupervisionLinkQuerySet":
        """The links `user` is on either side of, and that have not ended: either side may end them."""
        return self.standing().filter(Q(practitioner=user) | Q(supervisor=user)).with_people()

    def offered_to(self, user: "User", *, token: str, now: datetime) -> "SupervisionLinkQuerySet":
        """The invitation that `token` opens for `user`, who must have proved that its address is theirs."""
        mine = self.unanswered(now=now).filter(email__in=user.proved_addresses)
        mine = mine.filter(token_hash=hashed(token), practitioner__is_active=True)
        return mine.exclude(practitioner=user).with_people()

    def naming(self, user: "User") -> "SupervisionLinkQuerySet":
        """The links `user` is or was on either side of, and those that ask for them by an address of theirs."""
        asked = Q(supervisor=None, email__in=user.proved_addresses)
        return self.filter(asked | Q(practitioner=user) | Q(supervisor=user))

    def with_people(self) -> "SupervisionLinkQuerySet":
        """With the two people, whose names the pages say."""
        return self.select_related("practitioner", "supervisor")

    def standing(self) -> "SupervisionLinkQuerySet":
        """Those that have not ended."""
        return self.filter(ended_at=None)

    def unanswered(self, *, now: datetime) -> "SupervisionLinkQuerySet":
        """Invitations that can still be accepted."""
        return self.standing().filter(accepted_at=None, expires_at__gt=now)

    def newest_first(self) -> "SupervisionLinkQuerySet":
        """In the order they were asked for."""
        return self.order_by("-invited_at", "-id")

    def by_practitioner(self) -> "SupervisionLinkQuerySet":
        """In the order of the practitioners' names: nobody comes first for having shared more."""
        return self.order_by("practitioner__name", "practitioner__email")

    def ended_lately(self) -> "SupervisionLinkQuerySet":
        """Those that somebody had accepted and that have ended, the last first."""
        return self.filter(ended_at__isnull=False, accepted_at__isnull=False).order_by("-ended_at", "-id")

    def to_confirm(self) -> "SupervisionLinkQuerySet":
        """Those that somebody accepted, and that wait for the one who invited."""
        return self.standing().filter(supervisor__isnull=False, confirmed_at=None)

    def live(self) -> "SupervisionLinkQuerySet":
        """Those under which summaries can be shared and read: confirmed, not ended, and both may sign in."""
        both = Q(practitioner__is_active=True, supervisor__is_active=True)
        return self.standing().filter(both, confirmed_at__isnull=False)

    def broken(self) -> "SupervisionLinkQuerySet":
        """Those to be ended because one side cannot sign in any more, or closed their account."""
        gone = Q(practitioner__is_active=False) | Q(supervisor__is_active=False)
        return self.standing().filter(gone | Q(supervisor=None, accepted_at__isnull=False))


class SupervisionLink(models.Model):
    """One person asked another to supervise them. It ends once, and an ended one never comes back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practitioner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Null until accepted. Null again once that account is closed: what was shown to it stays on its author's page.
    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    email = (
        models.EmailField()
    )  # whom the invitation was mailed to, in small letters; empty once that account is closed
    token_hash = models.CharField(max_length=64, blank=True)  # the token is only in the mail; empty once it is used
    is_line_manager = models.BooleanField(default=False)  # as the supervisor said when they accepted
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = SupervisionLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="link_joins_two_people", condition=Q(supervisor=None) | ~Q(supervisor=F("practitioner"))
            ),
            models.CheckConstraint(
                name="link_has_supervisor_only_when_accepted",
                condition=Q(supervisor=None) | Q(accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="link_is_confirmed_after_accepting",
                condition=Q(confirmed_at=None) | Q(accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="link_has_token_exactly_while_unanswered",
                condition=Q(token_hash="") ^ Q(accepted_at=None, ended_at=None),
            ),
            models.UniqueConstraint(
                name="link_of_two_people_stands_once",
                fields=["practitioner", "supervisor"],
                condition=Q(ended_at=None),
            ),
            models.UniqueConstraint(
                name="link_to_one_address_stands_once", fields=["practitioner", "email"], condition=Q(ended_at=None)
            ),
        ]
        indexes = [models.Index(fields=["token_hash"], name="link_token")]

    def __str__(self) -> str:
        return f"supervision link {self.pk}"

    @property
    def is_live(self) -> bool:
        """Whether it is confirmed and has not ended."""
        return self.confirmed_at is not None and self.ended_at is None

    @property
    def awaits_confirming(self) -> bool:
        """Whether somebody accepted, and the one who invited has yet to say that it is the right person."""
        return self.accepted_at is not None and self.confirmed_at is None and self.ended_at is None

    def has_run_out(self, *, now: datetime) -> bool:
        """Whether nobody answered the invitation in time."""
        return self.accepted_at is None and self.expires_at <= now

    def accept(self, by: "User", *, is_line_manager: bool, now: datetime) -> None:
        """Become the supervisor, if the one who invited confirms it. Raises WrongState unless it is still open."""
        said = {"supervisor": by, "is_line_manager": is_line_manager}
        self._change(SupervisionLink.objects.unanswered(now=now), accepted_at=now, token_hash="", **said)

    def confirm(self, *, now: datetime) -> None:
        """Say that the right person accepted. Raises WrongState unless somebody just did."""
        accepted = Q(accepted_at__isnull=False, supervisor__isnull=False, confirmed_at=None)
        self._change(SupervisionLink.objects.standing().filter(accepted), confirmed_at=now)

    def end(self, *, now: datetime) -> None:
        """End it for good: a declined or withdrawn invitation too. Raises WrongState if it has ended."""
        self._change(SupervisionLink.objects.standing(), ended_at=now, token_hash="")

    def _change(self, fitting: SupervisionLinkQuerySet, **changes: Any) -> None:
        """Change this row if it is still among the `fitting`."""
        if not fitting.filter(pk=self.pk).update(**changes):
            raise WrongState
        for name, value in changes.items():
            setattr(self, name, value)


def runs_out(now: datetime) -> datetime:
    """When an invitation sent now can no longer be accepted."""
    return now + timedelta(days=INVITATION_DAYS)
