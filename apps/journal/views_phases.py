"""The pages of the three phases over HTTP: what was typed is kept, by its author's button or by itself."""

import uuid
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.journal import actions
from apps.journal.asked import Asked
from apps.journal.clashes import clashes, settled
from apps.journal.feelings import NOT_SAFE
from apps.journal.forms import FORMS, PhaseForm, version_in
from apps.journal.models import MOST_VALUES, OutOfDate, Reflection
from apps.journal.reading import read
from apps.journal.views import or_404, own_reflection

NEXT = {
    "challenge": "journal:reflection_values",
    "values": "journal:reflection_coping",
    "coping": "journal:reflection_detail",
    "quick": "journal:reflection_detail",
}


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_challenge(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Phase 1."""
    return phase_page(request, pk, "challenge")


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_values(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Phase 2."""
    return phase_page(request, pk, "values")


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_coping(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Phase 3."""
    return phase_page(request, pk, "coping")


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_quick(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """All three phases on one page, one tap and one sentence each."""
    return phase_page(request, pk, "quick")


def phase_page(request: HttpRequest, pk: uuid.UUID, phase: str) -> HttpResponse:
    """Show a phase, or keep what was typed into it and go where the pressed button leads."""
    reflection = own_reflection(request, pk)
    if request.method != "POST" and not reflection.is_draft:
        return redirect("journal:reflection_detail", pk=pk)
    if request.method != "POST":
        form = FORMS[phase](reflection=reflection, author=request.user, asked=Asked.read(request.GET))
        return phase_response(request, phase, form)
    form = bound_form(request, phase, reflection)
    if not form.is_valid():
        return phase_response(request, phase, form)
    try:
        with or_404():
            saved = actions.save_phase(by=request.user, pk=pk, answers=form, against=form.against, finished=True)
    except OutOfDate:
        return out_of_date(request, phase, pk)
    if phase == "values" and saved.new_value.strip():
        messages.warning(request, f"You have chosen {MOST_VALUES} values. Untick one to add your own.")
        return redirect("journal:reflection_values", pk=pk)
    return after_saving(request, phase, pk)


def bound_form(request: HttpRequest, phase: str, reflection: Reflection) -> PhaseForm:
    """The phase's form with what the browser sent, and with choices between two texts applied."""
    empty = FORMS[phase](reflection=reflection, author=request.user)
    current = reflection.takes(empty.phases, against=version_in(request.POST))
    data = settled(request.POST, empty) if current else request.POST
    return FORMS[phase](data, reflection=reflection, author=request.user, asked=Asked.read(request.GET))


def phase_response(
    request: HttpRequest, phase: str, form: PhaseForm, *, found: list | tuple = (), status: int = 200
) -> HttpResponse:
    """A phase's page around `form`."""
    context = {
        "form": form,
        "phase": phase,
        "reflection": form.reflection,
        "reading": read(form.reflection),
        "clashes": found,
        "not_safe": NOT_SAFE in form.reflection.feeling_keys,
    }
    return TemplateResponse(request, f"journal/reflection_{phase}.html", context, status=status)


def out_of_date(request: HttpRequest, phase: str, pk: uuid.UUID) -> HttpResponse:
    """Show both texts beside the form, unless what was saved elsewhere is the same."""
    reflection = own_reflection(request, pk)
    data = request.POST.copy()
    data["version"] = str(reflection.version)
    form = FORMS[phase](data, reflection=reflection, author=request.user, asked=Asked.read(request.GET))
    found = clashes(form) if form.is_valid() else []
    if form.is_valid() and not found:
        return after_saving(request, phase, pk)
    return phase_response(request, phase, form, found=found, status=409)


def after_saving(request: HttpRequest, phase: str, pk: uuid.UUID) -> HttpResponse:
    """Where the pressed button leads: on, on to another plan, back to the check that led here, or out."""
    if "later" in request.POST:
        messages.success(request, "Saved. You can finish this reflection whenever you like.")
        return redirect("home:home")
    here = reverse(f"journal:reflection_{phase}", args=[pk])
    if "show" in request.POST:
        asked = Asked.read(dict(parse_qsl(request.POST["show"])))
        return redirect(f"{here}?{asked.but()}#plan-{asked.plans}")
    if "stay" in request.POST:
        return redirect(f"{here}#more")
    return redirect("journal:reflection_detail" if "check" in request.GET else NEXT[phase], pk=pk)


@require_POST
def reflection_autosave(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep what a phase's page holds while its author is still writing."""
    reflection = own_reflection(request, pk)
    phase = request.POST.get("phase", "")
    if phase not in FORMS:
        return JsonResponse({"error": "unknown_phase"}, status=400)
    form = FORMS[phase](request.POST, reflection=reflection, author=request.user)
    if not form.is_valid():
        errors = [error for messages_ in form.errors.values() for error in messages_]
        return JsonResponse({"error": "invalid", "messages": errors}, status=422)
    try:
        with or_404():
            saved = actions.save_phase(by=request.user, pk=pk, answers=form, against=form.against, finished=False)
    except OutOfDate:
        return autosave_out_of_date(request, phase, pk)
    return saved_answer(saved)


def autosave_out_of_date(request: HttpRequest, phase: str, pk: uuid.UUID) -> JsonResponse:
    """Send both texts to the page, unless what was saved elsewhere is the same."""
    reflection = own_reflection(request, pk)
    form = FORMS[phase](request.POST, reflection=reflection, author=request.user)
    found = clashes(form) if form.is_valid() else []
    if form.is_valid() and not found:
        return saved_answer(reflection)
    answer = {"error": "out_of_date", "version": reflection.version, "clashes": [vars(clash) for clash in found]}
    return JsonResponse(answer, status=409)


def saved_answer(reflection: Reflection) -> JsonResponse:
    """The version to save against next, and the time to show."""
    saved_at = timezone.localtime(reflection.saved_at)
    return JsonResponse({"version": reflection.version, "saved_at": saved_at.strftime("%H:%M")})
