"""Being told of plans: by email, for those who ask for it, and in one's own calendar."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.journal import reminders
from apps.journal.calendar import MOST, calendar_of, days_ahead
from apps.journal.forms import ReminderForm
from apps.journal.models import Plan, Reminder


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_edit(request: HttpRequest) -> HttpResponse:
    """Ask to be reminded, or change the time."""
    reminder = Reminder.objects.owned_by(request.user).exclude(at=None).first()
    form = ReminderForm(request.POST or None, initial={"at": reminder and reminder.at})
    if form.is_valid():
        reminders.ask_for_reminders(by=request.user, at=form.cleaned_data["at"], now=timezone.now())
        messages.success(request, "Your time is saved.")
        return redirect("journal:reminder_edit")
    has_days = days_ahead(Plan.objects.owned_by(request.user), now=timezone.now()).exists()
    context = {"form": form, "reminder": reminder, "has_days": has_days, "most": MOST}
    return TemplateResponse(request, "journal/reminder_edit.html", context)


@require_POST
def reminder_stop(request: HttpRequest) -> HttpResponse:
    """Send no more reminders."""
    reminders.stop_reminders(by=request.user)
    messages.success(request, "You will get no more reminders.")
    return redirect("journal:reminder_edit")


@require_safe
def plan_calendar(request: HttpRequest) -> HttpResponse:
    """The days to look back on one's plans, as a file for a calendar."""
    now = timezone.now()
    response = HttpResponse(calendar_of(Plan.objects.owned_by(request.user), now=now), content_type="text/calendar")
    response["Content-Disposition"] = 'attachment; filename="look-back.ics"'
    return response
