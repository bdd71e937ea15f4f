"""What a supervisor reads. Each view starts at a door: what was not shared with them is simply not there."""

import uuid
from collections import defaultdict

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from apps.supervision import actions_summaries as actions
from apps.supervision.forms import AnswerForm, KeepForm
from apps.supervision.models import OutOfDate, SharedSummary, SupervisionLink


@require_safe
def shared_list(request: HttpRequest) -> HttpResponse:
    """Those one supervises, one by one, and what each shares."""
    now, user = timezone.now(), request.user
    readable = SharedSummary.objects.readable_by(user, now=now).without_words().with_items().with_opened()
    over = SharedSummary.objects.received_by(user, now=now).order_by("-shared_at", "id")
    groups: dict = defaultdict(lambda: {"link": None, "readable": [], "over": []})
    for link in SupervisionLink.objects.supervised_by(user).standing().by_practitioner():
        groups[link.practitioner]["link"] = link
    for summary in readable.order_by("-shared_at", "id"):
        groups[summary.author]["readable"].append((summary, KeepForm(auto_id=f"%s-{summary.pk}")))
    for summary in over:
        groups[summary.author]["over"].append(summary)
    return TemplateResponse(request, "supervision/shared_list.html", {"groups": groups.items()})


@require_GET  # no HEAD: to look at a page without its words would leave a receipt that nobody opened anything
def shared_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The summary. Drawn before the receipt is kept and sent after: neither is ever there without the other."""
    try:
        with transaction.atomic():
            summary, said = actions.open_summary(by=request.user, pk=pk, now=timezone.now())
            form = AnswerForm(summary=summary, opened=True)
            context = {"summary": summary, "said": said, "form": form}
            return TemplateResponse(request, "supervision/shared_detail.html", context).render()
    except SharedSummary.DoesNotExist:
        raise Http404 from None


@require_POST
def shared_answer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep what the supervisor answers. Where it cannot be kept it is shown alone: that opens nothing."""
    summary = get_object_or_404(SharedSummary.objects.readable_by(request.user, now=timezone.now()), pk=pk)
    form = AnswerForm(request.POST, summary=summary, opened=False)
    if not form.is_valid():
        return answer_response(request, form, status=422)
    try:
        actions.answer_summary(by=request.user, pk=pk, now=timezone.now(), **form.said())
    except OutOfDate:
        return answered_elsewhere(request, summary.pk)
    except SharedSummary.DoesNotExist:  # it ended a moment ago
        raise Http404 from None
    messages.success(request, "Saved. They can read your answer.")
    return redirect("supervision:shared_list")


def answered_elsewhere(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show both answers, the one saved in another tab and the one typed here; saving again keeps what is here."""
    summary = get_object_or_404(SharedSummary.objects.readable_by(request.user, now=timezone.now()), pk=pk)
    data = request.POST.copy()
    data["version"] = str(summary.answer_version)
    form = AnswerForm(data, summary=summary, opened=False)
    return answer_response(request, form, status=409, elsewhere=True, saved=summary.answer)


def answer_response(
    request: HttpRequest, form: AnswerForm, *, status: int, elsewhere: bool = False, saved: str = ""
) -> HttpResponse:
    """An answer that could not be kept, alone on its page."""
    context = {"form": form, "elsewhere": elsewhere, "saved": saved}
    return TemplateResponse(request, "supervision/shared_answer.html", context, status=status)
