"""Editors read what people suggest, and answer. Who sent it is not shown, and cannot be asked for."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.coping.models import SuggestedStrategy, WrongState
from apps.core.staff import StaffAdmin, staff_site


@admin.register(SuggestedStrategy, site=staff_site)
class SuggestedAdmin(StaffAdmin):
    """The copies that people sent. What they wrote for themselves alone is nowhere in the staff pages."""

    list_display = ["called", "state", "sent_on"]
    list_filter = ["state"]
    ordering = ["-suggested_at"]
    fields = readonly_fields = ("called", "to_do", "time", "challenges", "family_name", "state", "sent_on")
    acts = {"take up": "take_up", "decline": "decline"}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: people send them from their own pages."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: SuggestedStrategy | None = None) -> bool:
        """Never by a form: the words are their author's. It is answered by buttons."""
        return obj is None and super().has_change_permission(request)

    @admin.display(description="name")
    def called(self, sent: SuggestedStrategy) -> str:
        """Its name, which is sealed, so that there is no sorting by it."""
        return sent.name

    @admin.display(description="sent on")
    def sent_on(self, sent: SuggestedStrategy) -> str:
        """The day, without the time: who was at a desk at that minute is nobody's business."""
        return f"{timezone.localdate(sent.suggested_at):%-d %B %Y}"

    @admin.display(description="what to do")
    def to_do(self, sent: SuggestedStrategy) -> str:
        """The steps, each on its own line."""
        return "\n".join(sent.steps)

    @admin.display(description="time")
    def time(self, sent: SuggestedStrategy) -> str:
        """How long it takes."""
        return sent.time_needed

    @admin.display(description="fits")
    def challenges(self, sent: SuggestedStrategy) -> str:
        """The challenges it fits."""
        return ", ".join(category.name for category in sent.fitting) or "any challenge"

    @admin.display(description="family")
    def family_name(self, sent: SuggestedStrategy) -> str:
        """Its family, if its author chose one."""
        return sent.shelf.name if sent.shelf else ""

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The copy, and whether this person may answer it."""
        context |= {"title": "A suggested strategy", "subtitle": None, "may_act": self.has_change_permission(request)}
        return super().render_change_form(request, context, **kwargs)

    def perform(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keep what the editor decided, and note in its history who did."""
        sent, act = self.get_object(request, unquote(object_id)), self.acts.get(request.POST["act"])
        if sent is None or act is None or not self.has_change_permission(request):
            raise Http404
        try:
            getattr(sent, act)()
        except WrongState as error:
            messages.error(request, str(error))
            return redirect("admin:coping_suggestedstrategy_changelist")
        self.log_change(request, sent, sent.get_state_display())
        messages.success(request, f"{sent.get_state_display()}. Its author can see that.")
        return redirect("admin:coping_suggestedstrategy_change", sent.pk)
