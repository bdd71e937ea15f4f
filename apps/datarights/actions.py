"""What people do with all that Keel holds about them (decision 0025)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from apps.accounts.models import Invitation
from apps.accounts.models import User as Person
from apps.core import audit
from apps.core.models import Act
from apps.supervision.actions import leave_supervision
from apps.supervision.mails import sent

if TYPE_CHECKING:
    from apps.accounts.models import User


@transaction.atomic
def delete_account(*, by: "User", now: datetime) -> None:
    """Delete `by` and everything of theirs, for good; nothing is left to do where another tab was quicker.

    Their row is locked first: whatever they save elsewhere at this moment is there before, and goes too, or comes too
    late to be kept.
    """
    person = Person.objects.select_for_update().filter(pk=by.pk).first()
    if person is None:
        return
    address = person.email
    leave_supervision(by=person, now=now)
    Invitation.objects.filter(email__in=person.proved_addresses).delete()
    audit.record(Act.ACCOUNT_DELETED, by=person, about=person)
    person.delete()
    transaction.on_commit(lambda: sent("account_deleted", address, {}))
