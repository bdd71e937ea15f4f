"""People who sign in, by e-mail address, and invitations to become one."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

INVITATION_DAYS = 14  # days until an invitation runs out
LONGEST_NAME = 80  # characters


class UserManager(BaseUserManager["User"]):
    """Makes people; addresses are kept in small letters, so that one address is one person."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who may sign in with `email`."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator: runs the service, reads nobody's reflections."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("Email address", unique=True)
    name = models.CharField("Your name", max_length=LONGEST_NAME, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_is_one_person")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def name_and_email(self) -> str:
        """The name with the address behind it; the address alone, once, where nobody gave a name."""
        return f"{self.name} ({self.email})" if self.name else self.email

    def rename(self, name: str) -> None:
        """Be called `name`; nothing for the address alone."""
        self.name = name
        self.save(update_fields=["name"])

    @property
    def proved_addresses(self) -> list[str]:
        """The addresses that this person showed to be theirs, in small letters."""
        proved = self.emailaddress_set.filter(verified=True)  # type: ignore[attr-defined]  # a key of allauth's leads here
        return [address.email.lower() for address in proved]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitation a link opens, and whose it is: an administrator's, or that of somebody who asks a supervisor.

    Nobody's invitation replaces, prolongs or withdraws another's to the same address.
    """

    def opened_by(self, token: str, *, now: datetime) -> "InvitationQuerySet":
        """The invitation whose link holds `token`, unless it ran out or its sender may not sign in any more."""
        counts = models.Q(invited_by=None) | models.Q(invited_by__is_active=True)
        return self.filter(counts, token_hash=hashed(token), expires_at__gt=now)

    def issue(self, email: str) -> str:
        """Invite `email` for the service, and give the token for its link, which nobody can read again."""
        token, until = secrets.token_urlsafe(32), timezone.now() + timedelta(days=INVITATION_DAYS)
        self.let_in(email.strip().lower(), by=None, token=token, until=until)
        return token

    def let_in(self, email: str, *, by: User | None, token: str, until: datetime) -> None:
        """Let whoever holds `token` sign up with `email`. The same sender's older link to it stops working."""
        self.filter(email=email, invited_by=by).delete()
        self.create(email=email, invited_by=by, token_hash=hashed(token), expires_at=until)

    def run_out(self, *, now: datetime) -> "InvitationQuerySet":
        """Those that open nothing any more."""
        return self.filter(expires_at__lte=now)

    def withdraw(self, email: str, *, by: User) -> None:
        """Take back the leave that `by` gave `email`, if it was not used."""
        self.filter(email=email, invited_by=by).delete()


class Invitation(models.Model):
    """Leave for one address to sign up once; the row goes when it is used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    # Null: an administrator, for the service. Else who asked for a supervisor; it goes with their account.
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)  # the token itself is only in the mail
    expires_at = models.DateTimeField()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invitation_of_the_service_is_one", fields=["email"], condition=models.Q(invited_by=None)
            ),
            models.UniqueConstraint(name="invitation_of_a_person_is_one", fields=["email", "invited_by"]),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def use(self) -> bool:
        """Spend it, and with it all others to the address, which has an account now. False if somebody was quicker."""
        spent, _ = Invitation.objects.filter(pk=self.pk).delete()
        Invitation.objects.filter(email=self.email).delete()
        return bool(spent)


def hashed(token: str) -> str:
    """What is kept of a token: 32 random bytes need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
