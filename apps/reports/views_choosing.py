"""Choosing what goes into a report and checking it, before it is made. Nothing is kept until it is asked for."""

from contextlib import suppress
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.reports.actions import Gone, ask_for_chosen
from apps.reports.content import GATES, NotThere, findings, fingerprint
from apps.reports.content.period import days
from apps.reports.forms_choosing import FORMS, ChoosingForm, PeriodForm, WhenForm, what_is_wrong
from apps.reports.limits import unless_too_many
from apps.reports.models import Report
from apps.reports.process import TooMuch

NOTHING = "There is nothing in this to make a report of. Choose another time or more parts"
TOO_MUCH = "There is too much in this for one PDF. Choose another time"


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, even where that is nothing."""
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
@unless_too_many
def report_choose(request: HttpRequest, kind: str) -> HttpResponse:
    """What goes into a report of one kind; by POST what it will hold, and once that was seen, the report."""
    if kind not in FORMS:
        raise Http404
    return choosing(request, FORMS[kind](sent(request), author=request.user), kind=kind)


@require_http_methods(["GET", "HEAD", "POST"])
def report_when(request: HttpRequest) -> HttpResponse:
    """Which time a period summary covers."""
    form = WhenForm(sent(request), today=timezone.localdate())
    if form.is_valid():
        first, last = form.days
        return redirect("reports:report_period", first=first.isoformat(), last=last.isoformat())
    return TemplateResponse(request, "reports/report_when.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@unless_too_many
def report_period(request: HttpRequest, first: str, last: str) -> HttpResponse:
    """What goes into the summary of this time; by POST what it will hold, and once that was seen, the report."""
    try:
        over = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise Http404 from None
    if what_is_wrong(*over, today=timezone.localdate()):
        raise Http404
    form = PeriodForm(sent(request), author=request.user, first=over[0], last=over[1])
    return choosing(request, form, kind=Report.Kind.PERIOD, over=days(*over), page="report_period")


def choosing(
    request: HttpRequest, form: ChoosingForm, *, kind: str, over: str = "", page: str = "report_choose"
) -> HttpResponse:
    """The form on its `page`, what the report will hold, or the way to the report. Nothing is written but the last.

    What changed since it was seen is shown again first: in another tab somebody may have been named.
    """
    context = {"form": form, "kind": Report.Kind(kind), "over": over}
    if "change" not in request.POST and form.is_valid():
        try:
            said = GATES[kind].gather(request.user, form.asked)
        except NotThere:
            form.add_error(next(iter(form.fields)), NOTHING)
        except TooMuch:
            form.add_error(next(iter(form.fields)), TOO_MUCH)
        else:
            seen = fingerprint(request.user, said)
            if "checked" in request.POST and request.POST.get("seen") == seen:
                with suppress(Gone):  # then it is shown once more
                    report = ask_for_chosen(by=request.user, kind=Report.Kind(kind), asked=form.asked, said=said)
                    return redirect("reports:report_detail", pk=report.pk)
            context |= {"title": GATES[kind].title(form.asked), "parts": said.parts()}
            context |= {"found": findings(said.texts()), "seen": seen, "has_changed": "checked" in request.POST}
            return TemplateResponse(request, "reports/report_check.html", context)
    return TemplateResponse(request, f"reports/{page}.html", context)
