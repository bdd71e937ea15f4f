"""How an author begins a summary: of one reflection, of a period, or an agenda. Each makes a draft and leads to it."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.supervision import actions_summaries as actions
from apps.supervision import drafting
from apps.supervision.forms_starting import AgendaForm, PeriodForm, ReflectionForm, StartForm
from apps.supervision.models import SharedSummary, SummarySource, SupervisionLink
from apps.supervision.snapshot import Snapshot

PERIODS = {"1": "1 week", "2": "2 weeks", "4": "4 weeks", "12": "12 weeks", "26": "Half a year", "52": "A year"}
USUAL = "4"  # weeks, where nobody chose


def supervisors_of(request: HttpRequest) -> list[SupervisionLink]:
    """The links under which the signed-in person can share."""
    return list(SupervisionLink.objects.owned_by(request.user).live().order_by("supervisor__name", "supervisor__email"))


@require_http_methods(["GET", "HEAD", "POST"])
def summary_new(request: HttpRequest) -> HttpResponse:
    """Choose the reflection, the reader and the parts; by POST, copy them into a draft."""
    asked = as_id(request.GET.get("reflection", ""))
    offered = drafting.choices(request.user, also=asked)
    if "reflection" in request.GET:
        offered = [choice for choice in offered if choice.pk == asked]
        if not offered:
            raise Http404
    form = ReflectionForm(posted(request), offered=offered, links=supervisors_of(request))
    if not form.is_valid():
        return TemplateResponse(request, "supervision/summary_new.html", {"form": form})
    with there():
        material = drafting.gather(request.user, form.chosen).only(form.cleaned_data["parts"])
    return begun(request, form, material, SharedSummary.Kind.REFLECTION)


@require_http_methods(["GET", "HEAD", "POST"])
def summary_new_period(request: HttpRequest) -> HttpResponse:
    """Choose weeks, then what of them, and the reader; by POST, copy it into a draft."""
    weeks = request.GET.get("weeks", "")
    weeks = weeks if weeks in PERIODS else USUAL
    first, last = period_of(int(weeks))
    offered = drafting.choices_of_period(request.user, first=first, last=last)
    form = PeriodForm(posted(request), offered=offered, links=supervisors_of(request))
    if not form.is_valid():
        periods = [(f"?{urlencode({'weeks': key})}", name, key == weeks) for key, name in PERIODS.items()]
        context = {"form": form, "first": first, "last": last, "periods": periods}
        return TemplateResponse(request, "supervision/summary_new_period.html", context)
    parts, counts = form.cleaned_data["parts"], form.cleaned_data["counts"]
    with there():
        material = drafting.gather_period(request.user, form.chosen, parts=parts, counts=counts, first=first, last=last)
    return begun(request, form, material, SharedSummary.Kind.PERIOD)


@require_http_methods(["GET", "HEAD", "POST"])
def summary_new_agenda(request: HttpRequest) -> HttpResponse:
    """Number the reflections marked for supervision, choose the reader; by POST, make a draft of an agenda."""
    shared = SummarySource.objects.owned_by(request.user)
    discussed = set(shared.discussed().values_list("reflection", flat=True))
    offered = drafting.choices_for_agenda(request.user, without=discussed)
    waiting = carried_over(request, offered)
    form = AgendaForm(posted(request), offered=offered, links=supervisors_of(request), carried_over=waiting)
    if not form.is_valid():
        return TemplateResponse(request, "supervision/summary_new_agenda.html", {"form": form})
    with there():
        material = drafting.gather_agenda(request.user, form.chosen)
    return begun(request, form, material, SharedSummary.Kind.AGENDA)


def carried_over(request: HttpRequest, offered: Iterable[drafting.Choice]) -> Collection[uuid.UUID]:
    """Those of the reflections on offer that stood on an agenda already."""
    before = SummarySource.objects.owned_by(request.user).on_an_agenda()
    return set(before.filter(reflection__in=[one.pk for one in offered]).values_list("reflection", flat=True))


def begun(request: HttpRequest, form: StartForm, material: drafting.Material, kind: str) -> HttpResponse:
    """Keep a draft of this material for the reader whom the form names, and go on to write it for them."""
    draft = actions.start_summary(
        by=request.user,
        link=form.link,
        kind=kind,
        sources=material.sources,
        snapshot=Snapshot((drafting.ASK, *material.parts)),
        today=timezone.localdate(),
    )
    return redirect("supervision:summary_edit", pk=draft.pk)


@contextmanager
def there() -> Iterator[None]:
    """What was reopened or deleted in another tab a moment ago is simply not there."""
    try:
        yield
    except drafting.NotThere:
        raise Http404 from None


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent by a form, even by an empty one."""
    return request.POST if request.method == "POST" else None


def period_of(weeks: int) -> tuple[date, date]:
    """The first and the last of so many weeks of local days that end today."""
    today = timezone.localdate()
    return today - timedelta(weeks=weeks) + timedelta(days=1), today


def as_id(text: str) -> uuid.UUID | None:
    """The id in an address, or None where there is none."""
    with suppress(ValueError):
        return uuid.UUID(text)
    return None
