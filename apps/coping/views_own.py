"""Strategies of one's own over HTTP. Each view starts at the door: somebody else's is simply not there."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.coping import actions_own as actions
from apps.coping.forms_own import OwnAddForm, OwnChangeForm, OwnSuggestForm
from apps.coping.models import MOST_OWN, OutOfDate, OwnStrategy, SuggestedStrategy, WrongState

SENT_SHOWN = 20  # of what was sent to the editors, the newest


def own_strategy(request: HttpRequest, pk: uuid.UUID) -> OwnStrategy:
    """The signed-in person's strategy, or 404."""
    return get_object_or_404(OwnStrategy.objects.owned_by(request.user), pk=pk)


@require_safe
def own_list(request: HttpRequest) -> HttpResponse:
    """One's own strategies, and what became of those that were sent to the editors."""
    own = OwnStrategy.objects.owned_by(request.user).by_name()
    sent = SuggestedStrategy.objects.owned_by(request.user)[:SENT_SHOWN]
    context = {"own": own, "most": MOST_OWN, "full": len(own) >= MOST_OWN, "sent": sent}
    return TemplateResponse(request, "coping/own_list.html", context)


@require_safe
def own_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One strategy of one's own."""
    return TemplateResponse(request, "coping/own_detail.html", {"own": own_strategy(request, pk)})


@require_http_methods(["GET", "HEAD", "POST"])
def own_add(request: HttpRequest) -> HttpResponse:
    """Write a strategy of one's own."""
    form = OwnAddForm(request.POST or None)
    if form.is_valid():
        try:
            own = actions.write_own(by=request.user, page_key=form.cleaned_data["page_key"], says=form.says)
        except actions.TooMany:
            form.add_error(None, f"You have {MOST_OWN} strategies of your own, the most there is room for. Delete one")
        else:
            messages.success(request, "Your strategy is saved. Only you can see it.")
            return redirect(own)
    return TemplateResponse(request, "coping/own_add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def own_change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Change what a strategy of one's own says."""
    own = own_strategy(request, pk)
    form = OwnChangeForm(request.POST or None, own=own)
    if not form.is_valid():
        return TemplateResponse(request, "coping/own_change.html", {"form": form, "own": own, "elsewhere": False})
    try:
        actions.change_own(by=request.user, pk=pk, against=form.cleaned_data["version"], says=form.says)
    except OutOfDate:
        return changed_elsewhere(request, pk)
    messages.success(request, "Your strategy is saved. Plans you made before keep the name it had.")
    return redirect(own)


def changed_elsewhere(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what is saved above what was typed; saving again keeps what was typed."""
    own = own_strategy(request, pk)
    data = request.POST.copy()
    data["version"] = str(own.version)
    context = {"form": OwnChangeForm(data, own=own), "own": own, "elsewhere": True}
    return TemplateResponse(request, "coping/own_change.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def own_delete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then delete a strategy of one's own for good."""
    own = own_strategy(request, pk)
    if request.method == "POST":
        own.delete()
        messages.success(request, "Your strategy has been deleted.")
        return redirect("coping:own_list")
    return TemplateResponse(request, "coping/own_delete.html", {"own": own})


@require_http_methods(["GET", "HEAD", "POST"])
def own_suggest(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show exactly what the editors would read, and send it when its author says so."""
    own = own_strategy(request, pk)
    form = OwnSuggestForm(request.POST or None, own=own)
    if form.is_valid():
        try:
            actions.suggest_own(by=request.user, pk=pk, seen=form.cleaned_data["version"])
        except OutOfDate:
            messages.warning(request, "You changed this strategy in another tab. Read it once more, then send it.")
            return redirect("coping:own_suggest", pk=pk)
        messages.success(request, "Sent to the editors, without your name.")
        return redirect("coping:own_list")
    return TemplateResponse(request, "coping/own_suggest.html", {"form": form, "own": own})


@require_POST
def suggested_take_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back words that no editor has answered yet."""
    sent = get_object_or_404(SuggestedStrategy.objects.owned_by(request.user), pk=pk)
    try:
        sent.take_back()
    except WrongState as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "Taken back. The editors can no longer read it.")
    return redirect("coping:own_list")
