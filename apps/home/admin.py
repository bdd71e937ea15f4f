"""The people's page of the staff site, finished: who may no longer sign in shares nothing. Accounts know no sharing."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.admin import UserAdmin
from apps.accounts.models import User
from apps.core import audit
from apps.core.models import Act
from apps.core.staff import staff_site
from apps.supervision.actions import end_links_of


@admin.register(User, site=staff_site)
class PersonAdmin(UserAdmin):
    """Whoever may no longer sign in supervises nobody, and nobody supervises them: for good, in one transaction."""

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Keep the change, unless the account was deleted meanwhile; django.contrib.admin holds the transaction."""
        # A plain save would put back what they change of their own meanwhile, and make a deleted account anew.
        obj.save(update_fields=["is_active", "is_staff"])
        if not obj.is_active:
            end_links_of(obj, by=None, now=timezone.now())  # not by them: how much was shared is not theirs to read
        if "is_active" in form.changed_data:
            act = Act.ACCOUNT_REACTIVATED if obj.is_active else Act.ACCOUNT_DEACTIVATED
            audit.record(act, by=request.user, other=obj, about=obj)  # type: ignore[arg-type]  # staff, so somebody
