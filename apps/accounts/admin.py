"""Administrators let people in, make them editors, and end their access. They see no password and nobody's words."""

from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.http import HttpRequest

from apps.accounts.models import User
from apps.core.staff import StaffAdmin, StaffForm


class UserForm(StaffForm):
    """What an administrator may change about a person."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Editors write and review the coping strategies. They have to be staff as well.",
    )

    class Meta:
        labels = {"is_active": "May sign in", "is_staff": "May open the staff pages"}
        help_texts = {"is_superuser": "An administrator may do everything on the staff pages."}


class UserAdmin(StaffAdmin):
    """Who may sign in, who is staff, and who is in which group. Nobody changes their own. `home` registers it.

    When somebody was here last is not shown: looked at daily, it would say how much each person writes.
    """

    form = UserForm
    list_display = ["email", "name", "is_active", "is_staff", "is_superuser"]
    list_filter = ["is_active", "is_staff"]
    ordering = ["email"]
    fields = ["email", "name", "joined_at", "is_superuser", "is_active", "is_staff", "groups"]
    readonly_fields = ["email", "name", "joined_at", "is_superuser"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: people sign up themselves, or are invited."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Administrators, and never for themselves: nobody locks themselves out, or lets themselves in further."""
        return super().has_change_permission(request, obj) and obj != request.user

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        """Note that a person was changed, by id alone: a name in the log would outlive its account."""
        return super().log_change(request, User(pk=obj.pk, name="A person"), message)
