"""Reports over HTTP. Each view starts at the queryset door: somebody else's report is simply not there."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.sealed import CannotOpen
from apps.reports import actions, content, copies
from apps.reports.content.portfolio import key_of
from apps.reports.cpd.models import CpdStatement
from apps.reports.forms import PartsForm, ReportForm, as_id
from apps.reports.limits import told_if_too_many, unless_too_many
from apps.reports.models import Report, WrongState
from apps.supervision.actions_summaries import download_summary
from apps.supervision.forms import KeepForm
from apps.supervision.models import SharedSummary


def own_report(request: HttpRequest, pk: uuid.UUID) -> Report:
    """The signed-in person's report while it is kept, and while they may read what it is made from, or 404."""
    return get_object_or_404(Report.objects.readable_by(request.user, now=timezone.now()), pk=pk)


def titles_of(request: HttpRequest, reports: Collection[Report]) -> dict[uuid.UUID, str]:
    """What each of these reports is of, by the report's id."""
    written_at = content.written_at(request.user, [report.reflection_id for report in reports])
    shared = copies.made_from(request.user, [report.copy_id for report in reports], now=timezone.now())
    begun = {pk: date_format(timezone.localtime(at), "j F Y, H:i") for pk, at in written_at.items()}
    titles = {pk: f"Reflection of {moment}" for pk, moment in begun.items()}
    titles |= {pk: f"Summary from {summary.author}" for pk, summary in shared.items()}
    statements = [report.statement_id for report in reports if report.statement_id]
    titles |= {
        row.pk: row.title
        for row in CpdStatement.objects.owned_by(request.user).filter(pk__in=statements).only("done_on")
    }
    return {report.pk: title_of(report, titles) for report in reports}


def title_of(report: Report, titles: dict[uuid.UUID, str]) -> str:
    """What one report is of, given what rows are called: the parts of it, if not all, and large print where it is."""
    if report.is_chosen:
        title = title_of_chosen(report)
    else:
        title = titles.get(report.copy_id or report.statement_id or report.reflection_id, "")
        if parts := content.parts_chosen(opened(report)):
            title = f"{title} ({', '.join(parts)})"
    return f"{title}, large print" if is_large(report) else title


def title_of_chosen(report: Report) -> str:
    """What a report made from choices is of; its kind alone where no key opens them."""
    asked = opened(report)
    return content.GATES[report.kind].title(asked) if asked else report.get_kind_display()


def opened(report: Report) -> dict[str, Any]:
    """What its author chose; nothing where no key opens it."""
    try:
        return report.choices
    except CannotOpen:
        return {}


def is_large(report: Report) -> bool:
    """Whether a report is in large print; no where no key opens what was chosen."""
    return bool(opened(report).get("large"))


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """One's own reports, newest first."""
    reports = list(Report.objects.readable_by(request.user, now=timezone.now()).newest_first())
    titles = titles_of(request, reports)
    rows = [{"report": report, "title": titles[report.pk]} for report in reports]
    return TemplateResponse(request, "reports/report_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    """Say what will be in the report of one reflection, or let its author choose one; only from there, ask for it."""
    asked = as_id(request.POST.get("reflection") or request.GET.get("reflection", ""))
    form = ReportForm(request.POST or None, offered=content.choices(request.user, also=asked))
    if form.is_valid():
        if "parts" in request.POST:
            return preview_response(request, form.chosen.pk)
        return redirect(reverse("reports:report_new", query={"reflection": form.chosen.pk}))
    if request.method != "POST" and "reflection" in request.GET:
        return preview_response(request, asked)
    has_older = content.completed_in(request.user, None, None).count() > len(form.offered)
    return TemplateResponse(request, "reports/report_new.html", {"form": form, "has_older": has_older})


def asked_for(request: HttpRequest, reflection: actions.Subject, **chosen: Any) -> HttpResponse:
    """To the report of a reflection that was just asked for, or 404."""
    try:
        report = actions.ask_for_report(by=request.user, reflection=reflection, **chosen)
    except actions.Gone:
        raise Http404 from None
    return redirect("reports:report_detail", pk=report.pk)


def preview_response(request: HttpRequest, reflection_id: uuid.UUID | None) -> HttpResponse:
    """What will be in the report of one reflection, and what in it may identify somebody, or 404; by POST, make it."""
    try:
        said = content.gather(request.user, reflection_id)
    except content.NotThere:
        raise Http404 from None
    form = PartsForm(request.POST or None, reading=said.reading)
    is_seen = request.POST.get("seen") == str(said.version)
    if form.is_valid() and is_seen:
        with told_if_too_many(request):  # else it is shown once more
            return asked_for(request, said, **form.asked)
    context = {
        "form": form,
        "preview": said,
        "found": content.findings(said.texts()),
        "has_changed": form.is_bound and not is_seen,
    }
    return TemplateResponse(request, "reports/report_preview.html", context)


@require_safe
def report_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far the report is and what can be done with it; its page's script asks for the state alone, as JSON."""
    report = own_report(request, pk)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"state": report.state, "text": report.so_far})
    return detail_response(request, report)


def detail_response(request: HttpRequest, report: Report, *, opens: bool = True, status: int = 200) -> HttpResponse:
    """The report's page; `opens` is False where its bytes were asked for and no key on the ring opens them."""
    context = {
        "report": report,
        "title": titles_of(request, [report])[report.pk],
        "opens": opens,
        "way_to_choose": way_to_choose(report) if report.is_chosen else "",
    }
    return TemplateResponse(request, "reports/report_detail.html", context, status=status)


@require_safe
def report_download(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The PDF, to keep. Of a summary, its author has a receipt before the first byte goes out."""
    now = timezone.now()
    report = get_object_or_404(Report.objects.readable_by(request.user, now=now).downloadable(now=now), pk=pk)
    if report.is_of_summary and request.method == "HEAD":  # as on the page: no receipt for what nobody was shown
        return HttpResponseNotAllowed(["GET"])
    try:
        response = pdf_response(request, report)
        if report.copy_id:
            download_summary(by=request.user, copy=report.copy_id, now=now)
    except CannotOpen:
        return detail_response(request, report, opens=False, status=410)
    except SharedSummary.DoesNotExist:  # it ended a moment ago
        raise Http404 from None
    return response


def pdf_response(request: HttpRequest, report: Report) -> HttpResponse:
    """The bytes of a report, to keep. Raises CannotOpen."""
    name = file_name(request, report)
    return HttpResponse(
        report.pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def file_name(request: HttpRequest, report: Report) -> str:
    """What the file of a report is called: its kind, a day and whether it is in large print, and nothing else."""
    kind, at = "supervision-summary", report.ready_at
    if report.statement_id:
        kind = "cpd-statement"
    elif report.is_chosen:
        kind = slugify(report.get_kind_display())
    elif not report.is_of_summary:
        kind, at = "reflection-report", written_on(request, report)
    return f"{kind}-{timezone.localdate(at)}{'-large' if is_large(report) else ''}.pdf"


def written_on(request: HttpRequest, report: Report) -> datetime:
    """When the reflection that a report is of was begun, or 404: it was deleted a moment ago."""
    for moment in content.written_at(request.user, [report.reflection_id]).values():
        return moment
    raise Http404


@require_POST
@unless_too_many
def copy_make(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for the PDF of a summary that was shared with the signed-in person, where they may keep it."""
    form = KeepForm(request.POST)
    large = form.is_valid() and form.cleaned_data["large"]
    try:
        report = actions.ask_for_copy(by=request.user, summary_id=pk, now=timezone.now(), large=large)
    except actions.Gone:
        raise Http404 from None
    return redirect("reports:report_detail", pk=report.pk)


@require_POST
@unless_too_many
def report_again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Have a failed report made after all."""
    report = own_report(request, pk)
    try:
        report = actions.ask_again(by=request.user, report=report)
    except actions.Changed:
        messages.warning(request, "Something in it has changed since you looked. Look again, then make the report.")
        return redirect(way_to_look(report))
    except WrongState:
        messages.info(request, "This report is on its way or ready. There is nothing to try again.")
    return redirect("reports:report_detail", pk=report.pk)


def way_to_look(report: Report) -> str:
    """The address where somebody sees what a report of their own words will hold, or chooses it."""
    if report.reflection_id:
        return reverse("reports:report_new", query={"reflection": report.reflection_id})
    return way_to_choose(report)


def way_to_choose(report: Report) -> str:
    """The address where its author chooses again what goes into a report that is made from choices."""
    asked, said = opened(report), {"like": report.pk}
    if report.kind == Report.Kind.PERIOD and asked:
        return reverse("reports:report_period", args=[asked["first"], asked["last"]], query=said)
    if report.kind == Report.Kind.PERIOD:
        return reverse("reports:report_when")
    if report.kind == Report.Kind.PORTFOLIO and asked and report.reason == Report.Reason.TOO_LONG:
        said |= {"too_long": key_of(asked)}
    return reverse("reports:report_choose", args=[report.kind], query=said)


@require_POST
def report_erase(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Erase a report at once, whatever its state. A worker that is making it finds it gone, and stops."""
    report = own_report(request, pk)
    actions.erase_report(by=request.user, pk=report.pk)
    messages.success(request, f"The report has been {'cancelled' if report.is_unfinished else 'erased'}.")
    return redirect("reports:report_list")
