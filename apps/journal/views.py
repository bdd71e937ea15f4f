"""The journal over HTTP. Each view starts at the queryset door: somebody else's reflection is simply not there."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.paging import after
from apps.journal import actions, timeline
from apps.journal.completing import NotYet, found_in
from apps.journal.feelings import NOT_SAFE
from apps.journal.forms import FilterForm, SearchForm, StartForm, version_in
from apps.journal.models import OutOfDate, Reflection, WrongState
from apps.journal.paper import phases_on_paper
from apps.journal.patterns import patterns_with
from apps.journal.reading import read


def own_reflection(request: HttpRequest, pk: uuid.UUID) -> Reflection:
    """The signed-in person's reflection with all that belongs to it, or 404."""
    return get_object_or_404(Reflection.objects.owned_by(request.user).whole(), pk=pk)


@contextmanager
def or_404() -> Iterator[None]:
    """Answer 404 where the reflection was deleted in another tab since this request began."""
    try:
        yield
    except Reflection.DoesNotExist:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_list(request: HttpRequest) -> HttpResponse:
    """The timeline, filtered by what the address says and searched by what was posted."""
    filters, search = FilterForm(request.GET, author=request.user), SearchForm(request.POST or None)
    wrong = [form for form in (search, filters) if form.errors]  # only the wrong filter is left out
    kept = QueryDict(mutable=True)
    kept.update({name: value for name, value in filters.cleaned_data.items() if value})
    own = Reflection.objects.owned_by(request.user).newest_first().prefetch_related("challenges")
    found = timeline.narrowed(own, filters.cleaned_data)
    found = after(found, request.POST.get("before") or request.GET.get("before", ""))
    words = search.cleaned_data["q"] if search.is_valid() else ""
    page = timeline.page_of(found.none() if search.errors else timeline.search(found, words) if words else found)
    context = {
        "filters": filters,
        "search": search,
        "wrong": wrong,
        "words": words,
        "page": page,
        "narrowed": kept.urlencode(),
        "newer": f"?{kept.urlencode()}" if request.GET.get("before") else "",
        "older": f"?{kept.urlencode()}&before={quote(page.older)}" if page.older else "",
    }
    return TemplateResponse(request, "journal/reflection_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_start(request: HttpRequest) -> HttpResponse:
    """Choose how much time there is; the draft is made by POST, and only once for each page."""
    form = StartForm(request.POST or None, initial={"start_key": uuid.uuid4(), "kind": Reflection.Kind.FULL})
    if form.is_valid():
        reflection = actions.start_reflection(by=request.user, **form.cleaned_data)
        return redirect(first_page(reflection), pk=reflection.pk)
    return TemplateResponse(request, "journal/reflection_start.html", {"form": form})


def first_page(reflection: Reflection) -> str:
    """Where a draft of this kind begins."""
    quick = reflection.kind == Reflection.Kind.QUICK
    return "journal:reflection_quick" if quick else "journal:reflection_challenge"


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The three phases as a blank, to print and write on by hand; on request in large print."""
    context = {"phases": phases_on_paper(), "is_large": request.GET.get("size") == "large"}
    return TemplateResponse(request, "journal/paper.html", context)


@require_safe
def reflection_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The whole reflection on one page: to check while it is a draft, to read when it is complete."""
    return detail_response(request, own_reflection(request, pk))


def detail_response(request: HttpRequest, reflection: Reflection, *, problems: list | tuple = ()) -> HttpResponse:
    """The check page, with what keeps the reflection from being complete if that was asked."""
    reading = read(reflection)
    context = {
        "reflection": reflection,
        "reading": reading,
        "found": found_in(reading) if reflection.is_draft else [],
        "not_safe": NOT_SAFE in reflection.feeling_keys,
        "problems": problems,
    }
    return TemplateResponse(request, "journal/reflection_detail.html", context, status=422 if problems else 200)


@require_POST
def reflection_complete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the reflection as finished, or say everything that is still to do."""
    reflection = own_reflection(request, pk)
    seen, looked = version_in(request.POST), "looked" in request.POST
    try:
        with or_404():
            actions.complete_reflection(by=request.user, pk=pk, seen=seen, looked=looked)
    except NotYet as not_yet:
        return detail_response(request, reflection, problems=problems_of(not_yet, pk))
    except OutOfDate:
        messages.warning(request, "This reflection was saved in another tab. Check it once more, then complete it.")
        return redirect("journal:reflection_detail", pk=pk)
    except WrongState:
        return redirect("journal:reflection_detail", pk=pk)
    return redirect("journal:reflection_close", pk=pk)


def problems_of(not_yet: NotYet, pk: uuid.UUID) -> list[dict[str, str]]:
    """What is still to do, each with where it is done."""
    problems = []
    for need in not_yet.missing:
        address = reverse(f"journal:reflection_{need.phase}", args=[pk])
        problems.append({"message": need.message, "href": f"{address}?check=1#{need.field}"})
    message = "Look at what may identify someone, then change it or tick that it does not"
    return [*problems, {"message": message, "href": "#looked"}] if not_yet.found else problems


@require_safe
def reflection_close(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """End on one settling step, the act chosen, and who else owns the problem."""
    reflection = own_reflection(request, pk)
    if reflection.is_draft:
        return redirect("journal:reflection_detail", pk=pk)
    context = {"reflection": reflection, "not_safe": NOT_SAFE in reflection.feeling_keys}
    context["patterns"] = patterns_with(reflection, author=request.user, today=timezone.localdate())
    return TemplateResponse(request, "journal/reflection_close.html", context)


@require_POST
def reflection_reopen(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Make a completed reflection a draft again."""
    reflection = own_reflection(request, pk)
    with suppress(WrongState):  # a draft already, or deleted in another tab: the next page says which
        reflection.reopen()
        messages.success(request, "This reflection is a draft again. Change what you like, then complete it.")
    return redirect("journal:reflection_detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def reflection_delete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then delete a reflection and all that belongs to it, for good."""
    reflection = own_reflection(request, pk)
    if request.method == "POST":
        actions.delete_reflection(by=request.user, pk=pk)
        messages.success(request, "The reflection and everything in it has been deleted.")
        return redirect("journal:reflection_list")
    return TemplateResponse(request, "journal/reflection_delete.html", {"reflection": reflection})
