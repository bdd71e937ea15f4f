"""Choosing what goes into a report and checking it, before it is made. Nothing is kept until it is asked for."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.core.sealed import CannotOpen
from apps.reports.actions import Gone, ask_for_chosen
from apps.reports.content import GATES, Asked, Chosen, NotThere, findings, fingerprint
from apps.reports.content.period import days
from apps.reports.forms import as_id
from apps.reports.forms_choosing import FORMS, ChoosingForm, PeriodForm, WhenForm, what_is_wrong
from apps.reports.limits import told_if_too_many
from apps.reports.models import Report
from apps.reports.process import TooMuch
from apps.reports.states import quietly
from apps.reports.views import opened

WRONG: dict[type[Exception], str] = {
    NotThere: "There is nothing in this to make a report of. Choose another time or more parts",
    TooMuch: "There is too much in this for one PDF. Choose another time",
    CannotOpen: "Some words in this cannot be opened. Choose less of it, and tell whoever runs this service",
}


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, even where that is nothing."""
    return request.POST if request.method == "POST" else None


def like(request: HttpRequest, kind: str) -> Asked:
    """What was chosen for the report of one's own that the address names, and the time it says was too long."""
    chosen = {"too_long": request.GET.get("too_long", "")}
    if pk := as_id(request.GET.get("like", "")):
        for report in Report.objects.readable_by(request.user, now=timezone.now()).filter(kind=kind, pk=pk):
            chosen |= opened(report)
    return chosen


@require_http_methods(["GET", "HEAD", "POST"])
def report_choose(request: HttpRequest, kind: str) -> HttpResponse:
    """What goes into a report of one kind; by POST what it will hold, and once that was seen, the report."""
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](sent(request), author=request.user, like=like(request, kind))
    return choosing(request, form, kind=kind)


@require_http_methods(["GET", "HEAD", "POST"])
def report_when(request: HttpRequest) -> HttpResponse:
    """Which time a period summary covers."""
    form = WhenForm(sent(request), today=timezone.localdate())
    if form.is_valid():
        first, last = form.days
        return redirect("reports:report_period", first=first.isoformat(), last=last.isoformat())
    return TemplateResponse(request, "reports/report_when.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def report_period(request: HttpRequest, first: str, last: str) -> HttpResponse:
    """What goes into the summary of this time; by POST what it will hold, and once that was seen, the report."""
    try:
        over = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise Http404 from None
    if what_is_wrong(*over, today=timezone.localdate()):
        raise Http404
    chosen = like(request, Report.Kind.PERIOD)
    form = PeriodForm(sent(request), author=request.user, like=chosen, first=over[0], last=over[1])
    return choosing(request, form, kind=Report.Kind.PERIOD, over=days(*over), page="report_period")


def choosing(
    request: HttpRequest, form: ChoosingForm, *, kind: str, over: str = "", page: str = "report_choose"
) -> HttpResponse:
    """The form on its `page`, what the report will hold, or the way to the report. Nothing is written but the last.

    What changed since it was seen is shown again first: in another tab somebody may have been named.
    """
    context = {"form": form, "kind": Report.Kind(kind), "over": over}
    if "change" in request.POST or not form.is_valid() or (said := gathered(form, kind)) is None:
        return TemplateResponse(request, f"reports/{page}.html", context)
    seen = fingerprint(request.user, said)
    has_changed = "checked" in request.POST and request.POST.get("seen") != seen
    if "checked" in request.POST and not has_changed:
        try:
            with told_if_too_many(request):  # else it is shown once more
                report = ask_for_chosen(by=request.user, kind=Report.Kind(kind), asked=form.asked, said=said)
                return redirect("reports:report_detail", pk=report.pk)
        except Gone:
            has_changed = True
    context |= {"title": GATES[kind].title(form.asked), "parts": said.parts()}
    context |= {"found": findings(said.texts()), "seen": seen, "has_changed": has_changed}
    return TemplateResponse(request, "reports/report_check.html", context)


def gathered(form: ChoosingForm, kind: str) -> Chosen | None:
    """What the report will hold; None where there can be none, and the form says what to do."""
    try:
        return GATES[kind].gather(form.author, form.asked, quietly)
    except tuple(WRONG) as error:
        form.add_error(next(iter(form.fields)), WRONG[type(error)])
        return None
