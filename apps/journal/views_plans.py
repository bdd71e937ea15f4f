"""Coping plans over HTTP: those that wait, those to come, those that are done, and looking back on one."""

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
from apps.journal.plans import done_before, first_of
from apps.journal.reading import follow_up_lines


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """One's own plans: those to look back on, those to come, and those that are done."""
    today, before = timezone.localdate(), request.GET.get("before", "")
    plans = Plan.objects.owned_by(request.user).with_strategy()
    done = done_before(plans, before)
    context = {
        "due": first_of(plans.to_look_back_on(today=today)),
        "upcoming": first_of(plans.upcoming(today=today)),
        "done": done.rows,
        "newer": "?" if before else "",
        "older": f"?before={quote(done.older)}" if done.older else "",
    }
    return TemplateResponse(request, "journal/plan_list.html", context)


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
