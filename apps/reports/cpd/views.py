"""CPD statements over HTTP. Each view starts at the door: somebody else's statement is simply not there."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.reports.content import NotThere
from apps.reports.cpd import actions, gather
from apps.reports.cpd.forms import ChangeForm, NewForm, PaperForm
from apps.reports.cpd.models import EARLIEST, CpdStatement, OutOfDate
from apps.reports.cpd.requirements import BODIES, in_words
from apps.reports.cpd.statement import ASKS
from apps.reports.forms import as_id
from apps.reports.limits import told_if_too_many


def own_statement(request: HttpRequest, pk: uuid.UUID) -> CpdStatement:
    """The signed-in person's statement, or 404."""
    return get_object_or_404(CpdStatement.objects.owned_by(request.user), pk=pk)


def year_asked(text: str) -> int:
    """The year in an address, or this one where there is none that could be."""
    this_year = timezone.localdate().year
    year = int(text) if len(text) == 4 and text.isdecimal() and text.isascii() else this_year
    return year if EARLIEST.year <= year <= this_year else this_year


@require_safe
def cpd_record(request: HttpRequest) -> HttpResponse:
    """One's own statements of a year, counted, for those who want it, against what a register asks."""
    number, body = year_asked(request.GET.get("year", "")), BODIES.get(request.GET.get("for", ""))
    own, before = CpdStatement.objects.owned_by(request.user), request.GET.get("before", "")
    year, (rows, next_key) = own.count_year(number), own.of_year(number).page_after(before)
    this_year = timezone.localdate().year
    chosen = {"for": body.id} if body else {}
    context = {
        "year": year,
        "later": year.later or (this_year if number < this_year else None),
        "counts": in_words(year.activities, year.linked, body),
        "rows": rows,
        "body": body,
        "bodies": BODIES.values(),
        "chosen": urlencode(chosen),
        "labels": ASKS.labels,
        "newer": f"?{urlencode({'year': number, **chosen})}" if before else "",
        "older": f"?{urlencode({'year': number, **chosen, 'before': next_key})}" if next_key else "",
    }
    return TemplateResponse(request, "reports/cpd_record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cpd_new(request: HttpRequest) -> HttpResponse:
    """Write a statement; `?reflection=` begins it from one's own completed reflection."""
    begin = {}
    if request.method != "POST" and "reflection" in request.GET:
        try:
            begin = gather.begin_from(request.user, as_id(request.GET["reflection"]))
        except NotThere:
            raise Http404 from None
    form = NewForm(request.POST or None, today=timezone.localdate(), begin=begin)
    if form.is_valid():
        key = form.cleaned_data["page_key"]
        statement = actions.write_statement(by=request.user, page_key=key, says=form.says)
        messages.success(request, "Your CPD statement is saved. Only you can see it.")
        return redirect(statement)
    return TemplateResponse(request, "reports/cpd_new.html", {"form": form, "begun": bool(begin), "asks": ASKS})


@require_http_methods(["GET", "HEAD", "POST"])
def cpd_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Read a statement; by POST, ask for its report, once what may identify somebody was looked at."""
    statement = own_statement(request, pk)
    form = PaperForm(request.POST or None, statement=statement)
    if form.is_valid():
        try:
            with told_if_too_many(request):  # else it is shown once more
                report = actions.ask_for_statement(by=request.user, pk=pk, **form.asked)
                return redirect("reports:report_detail", pk=report.pk)
        except OutOfDate:
            again = "You changed this statement in another tab. Read it once more, then make the report."
            messages.warning(request, again)
            return redirect(statement)
    return TemplateResponse(request, "reports/cpd_detail.html", {"form": form, "statement": statement})


@require_http_methods(["GET", "HEAD", "POST"])
def cpd_change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Change what a statement says."""
    statement = own_statement(request, pk)
    form = ChangeForm(request.POST or None, today=timezone.localdate(), statement=statement)
    if not form.is_valid():
        context = {"form": form, "statement": statement, "elsewhere": False}
        return TemplateResponse(request, "reports/cpd_change.html", context)
    try:
        actions.change_statement(by=request.user, pk=pk, against=form.cleaned_data["version"], says=form.says)
    except OutOfDate:
        return changed_elsewhere(request, pk)
    messages.success(request, "Your CPD statement is saved. A report you made before keeps the older words.")
    return redirect(statement)


def changed_elsewhere(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what is saved above what was typed; saving again keeps what was typed."""
    statement = own_statement(request, pk)
    data = request.POST.copy()
    data["version"] = str(statement.version)
    form = ChangeForm(data, today=timezone.localdate(), statement=statement)
    context = {"form": form, "statement": statement, "elsewhere": True}
    return TemplateResponse(request, "reports/cpd_change.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def cpd_delete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then delete a statement for good."""
    statement = own_statement(request, pk)
    if request.method == "POST":
        actions.delete_statement(by=request.user, pk=pk)
        messages.success(request, "Your CPD statement has been deleted.")
        return redirect("reports:cpd_record")
    return TemplateResponse(request, "reports/cpd_delete.html", {"statement": statement})
