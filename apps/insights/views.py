"""Insights over HTTP: for the author alone."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.coping.families import CHANGE_THE_SYSTEM, FAMILIES
from apps.coping.models import Strategy
from apps.insights import ranges
from apps.insights.gather import gather_evidence, gather_insights
from apps.insights.ranges import EVIDENCE_WEEKS, USUAL_WEEKS
from apps.insights.tables import EVIDENCE_SECTIONS, SECTIONS, evidence_tables, tables


@require_safe
def insights(request: HttpRequest) -> HttpResponse:
    """What came up and how it went, in the time that was chosen."""
    chosen = ranges.RANGES.get(request.GET.get("range", ""), ranges.RANGES[ranges.USUAL])
    found = gather_insights(request.user, chosen=chosen, today=timezone.localdate())
    context = {
        "insights": found,
        "sections": SECTIONS,
        "tables": tables(found),
        "ranges": ranges.RANGES.values(),
    }
    return TemplateResponse(request, "insights/insights.html", context)


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """Counts of what lies in how the work is organised, to print and take to somebody who can change it."""
    asked = request.GET.get("weeks", "")
    weeks = asked if asked in EVIDENCE_WEEKS else USUAL_WEEKS
    found = gather_evidence(request.user, today=timezone.localdate(), weeks=int(weeks))
    context = {
        "evidence": found,
        "sections": EVIDENCE_SECTIONS,
        "tables": evidence_tables(found),
        "periods": [(number, name, number == weeks) for number, name in EVIDENCE_WEEKS.items()],
        "family": FAMILIES[CHANGE_THE_SYSTEM],
        "strategies": Strategy.objects.published().filter(current__family=CHANGE_THE_SYSTEM),
    }
    return TemplateResponse(request, "insights/evidence.html", context)
