"""Coping plans over HTTP: one's own in their lists, and looking back on one."""

import uuid
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.journal import actions
from apps.journal.forms import LookBackForm
from apps.journal.models import FollowUp, OutOfDate, Plan
from apps.journal.plans import Plans, done_after, first_of, without_a_day_after
from apps.journal.reading import follow_up_lines


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """One's own plans: those that are due, those to come, those without a day, and those that are done.

    `before` and `no_day` are keys of further pages, of the plans that are done and of those without a day.
    """
    today, before, no_day = timezone.localdate(), request.GET.get("before", ""), request.GET.get("no_day", "")
    plans = Plan.objects.owned_by(request.user).with_strategy()
    whole = not before and not no_day
    done = done_after(plans, before) if not no_day else None
    without_a_day = without_a_day_after(plans, no_day) if not before else None
    context = {
        "due": first_of(plans.to_look_back_on(today=today), "look_back_on") if whole else None,
        "upcoming": first_of(plans.upcoming(today=today), "look_back_on") if whole else None,
        "without_a_day": without_a_day,
        "done": done,
        "newest": "" if whole else "?",
        "older_without_a_day": further("no_day", without_a_day),
        "older_done": further("before", done),
    }
    return TemplateResponse(request, "journal/plan_list.html", context)


def further(name: str, plans: Plans | None) -> str:
    """The address of the plans that come after these; nothing where there are none."""
    return f"?{name}={quote(plans.next_key)}" if plans and plans.next_key else ""


def own_plan(request: HttpRequest, pk: uuid.UUID) -> Plan:
    """The signed-in person's plan in a completed reflection, with its answers, or 404."""
    own = Plan.objects.owned_by(request.user).of_completed()
    return get_object_or_404(own.with_strategy().prefetch_related("follow_ups"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_look_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask what became of a plan, and keep each answer once."""
    plan = own_plan(request, pk)
    form = LookBackForm(request.POST, plan=plan)
    if form.is_bound and form.answering != plan.next_answer():
        return answered_elsewhere(request, plan)
    if not form.is_valid():
        return look_back_response(request, form)
    said = {"number": form.answering, "answer": form.answer, "next_step": form.next_step}
    try:
        actions.look_back(by=request.user, pk=pk, today=timezone.localdate(), **said)
    except OutOfDate:
        return answered_elsewhere(request, own_plan(request, pk))
    return after_looking_back(request)


def look_back_response(
    request: HttpRequest, form: LookBackForm, *, elsewhere: bool = False, status: int = 200
) -> HttpResponse:
    """The page around `form`, with what was answered before."""
    before = [line for row in form.plan.follow_ups.all() for line in follow_up_lines(row, form.plan)]
    context = {"form": form, "plan": form.plan, "before": before, "elsewhere": elsewhere}
    return TemplateResponse(request, "journal/plan_look_back.html", context, status=status)


def answered_elsewhere(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Go on if this very answer is kept already; else show what was typed beside what was answered meanwhile."""
    if LookBackForm(request.POST, plan=plan).is_kept():
        return after_looking_back(request)
    data = request.POST.copy()
    data["number"] = str(plan.next_answer())
    if data.get("then") != FollowUp.Then.CHANGE:  # these are the plan's older words, not something typed
        data["when"], data["will"] = plan.when, plan.will
    return look_back_response(request, LookBackForm(data, plan=plan), elsewhere=True, status=409)


def after_looking_back(request: HttpRequest) -> HttpResponse:
    """Back to the plans, with a word that it is kept."""
    messages.success(request, "Your answer is saved.")
    return redirect("journal:plan_list")
