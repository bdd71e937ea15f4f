"""The values compass, always the signed-in person's own."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.values import actions
from apps.values.compass import read_compass, read_movement
from apps.values.forms import ChooseForm, PlaceForm
from apps.values.models import ValueCard


@require_safe
def compass(request: HttpRequest) -> HttpResponse:
    """Where one's values stand now, and how they moved."""
    return TemplateResponse(request, "values/compass.html", {"compass": read_compass(request.user)})


@require_safe
def value_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One value: how it moved, and the reflections that touched it."""
    card = get_object_or_404(ValueCard.objects.readable_by(request.user), pk=pk)
    movement = read_movement(request.user, card)
    return TemplateResponse(request, "values/value_detail.html", {"card": card, "movement": movement})


@require_http_methods(["GET", "HEAD", "POST"])
def compass_choose(request: HttpRequest) -> HttpResponse:
    """Choose which values are on the compass."""
    form = ChooseForm(request.POST or None, author=request.user)
    if form.is_valid():
        actions.choose_values(by=request.user, cards=form.chosen(), own=form.cleaned_data["own_values"])
        return redirect("values:compass_place")
    return TemplateResponse(request, "values/compass_choose.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def compass_place(request: HttpRequest) -> HttpResponse:
    """Place each value on the compass by how close it is at work now."""
    form = PlaceForm(request.POST or None, author=request.user)
    if not form.cards:
        return redirect("values:compass_choose")
    if form.is_valid():
        actions.place_values(by=request.user, page_key=form.cleaned_data["page_key"], closeness=form.closeness())
        messages.success(request, "Your values are placed.")
        return redirect("values:compass")
    return TemplateResponse(request, "values/compass_place.html", {"form": form})


@require_POST
def compass_skip(request: HttpRequest) -> HttpResponse:
    """Do without a compass; Home never offers it again."""
    actions.skip_compass(by=request.user)
    messages.info(request, "You will not be asked again. “Your values compass” is in the menu if you ever want it.")
    return redirect("home:home")
