"""Sharing over HTTP, for the author. Each view starts at a door: somebody else's summary is simply not there."""

import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.supervision import actions_summaries as actions
from apps.supervision import drafting
from apps.supervision.agreement import agreed_to, narrowed_since
from apps.supervision.forms import EditForm, SoonerForm
from apps.supervision.listing import page_of
from apps.supervision.models import OutOfDate, SharedSummary, SupervisionLink, WrongState
from apps.supervision.snapshot import Snapshot
from apps.supervision.views_starting import supervisors_of

OPENINGS_SHOWN = 50  # of a summary's receipts, the newest


def own_draft(request: HttpRequest, pk: uuid.UUID) -> SharedSummary:
    """The signed-in person's draft, or 404."""
    return get_object_or_404(SharedSummary.objects.owned_by(request.user).drafts(), pk=pk)


@require_safe
def summary_list(request: HttpRequest) -> HttpResponse:
    """One's summaries: the drafts, those that can be read, and the past ones a page at a time."""
    now, own = timezone.now(), SharedSummary.objects.owned_by(request.user).without_words().newest_first()
    page = page_of(own.over(now=now), before=request.GET.get("before", ""))
    context = {
        "drafts": own.drafts(),
        "shared": own.shared().standing(now=now).with_items(),
        "past": page.rows,
        "older": f"?before={quote(page.older)}" if page.older else "",
        "newer": "?" if request.GET.get("before") else "",
        "is_supervisor": SupervisionLink.objects.supervised_by(request.user).standing().exists(),
    }
    return TemplateResponse(request, "supervision/summary_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def summary_edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write a draft for its reader; what may identify somebody is asked about before it goes on."""
    summary, links, today = own_draft(request, pk), supervisors_of(request), timezone.localdate()
    form = EditForm(request.POST if request.method == "POST" else None, summary=summary, links=links, today=today)
    if not form.is_valid():
        return edit_response(request, form, summary)
    said, snapshot = form.cleaned_data, form.snapshot()
    link = form.links.get(said.get("link", ""), summary.link)
    until = today + timedelta(days=said["days"])
    try:
        summary.write(snapshot, against=said["version"], link=link, expires_on=until, may_print=said["may_print"])
    except OutOfDate:
        return saved_elsewhere(request, pk, links)
    return after_saving(request, summary, links)


def after_saving(request: HttpRequest, summary: SharedSummary, links: list[SupervisionLink]) -> HttpResponse:
    """Where the pressed button leads; first back to what is still undecided."""
    if "later" in request.POST:
        messages.success(request, "Saved. Nobody can read it until you share it.")
        return redirect("supervision:summary_list")
    if summary.snapshot.undecided():
        form = EditForm(summary=summary, links=links, today=timezone.localdate())
        return edit_response(request, form, summary, undecided=True)
    return redirect("supervision:summary_preview", pk=summary.pk)


def edit_response(request: HttpRequest, form: EditForm, summary: SharedSummary, **said: bool) -> HttpResponse:
    """The page of a draft around `form`, with what its texts hold that may identify somebody."""
    said = {"undecided": False, "elsewhere": False} | said
    context = {"form": form, "summary": summary, "found": form.snapshot().found(), **said}
    status = 422 if said["undecided"] else 409 if said["elsewhere"] else 200
    return TemplateResponse(request, "supervision/summary_edit.html", context, status=status)


def saved_elsewhere(request: HttpRequest, pk: uuid.UUID, links: list[SupervisionLink]) -> HttpResponse:
    """Say that another tab saved the draft; saving again keeps what was typed here."""
    summary = own_draft(request, pk)
    data = request.POST.copy()
    data["version"] = str(summary.version)
    form = EditForm(data, summary=summary, links=links, today=timezone.localdate())
    return edit_response(request, form, summary, elsewhere=True)


@require_http_methods(["GET", "HEAD", "POST"])
def summary_preview(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what the reader will see, and what sharing means; by POST, share exactly that."""
    summary = own_draft(request, pk)
    try:
        if request.method == "POST":
            sent = request.POST.get("version", "")
            seen = int(sent) if sent.isdecimal() and len(sent) < 10 else 0  # Python reads no number of 5,000 digits
            actions.share_summary(by=request.user, pk=pk, seen=seen, now=timezone.now())
            messages.success(request, f"Shared with {summary.link.supervisor}. They get an email that it is there.")
            return redirect("supervision:summary_detail", pk=pk)
        actions.hold_to(summary, live=summary.link.is_live, today=timezone.localdate())
    except actions.NotYet as reason:
        messages.warning(request, f"{reason}.")
        return redirect("supervision:summary_edit", pk=pk)
    except OutOfDate:
        messages.warning(request, "You changed this in another tab. Read it once more, then share it.")
        return redirect("supervision:summary_preview", pk=pk)
    except SharedSummary.DoesNotExist:  # shared or deleted a moment ago: the next page says which
        return redirect("supervision:summary_detail", pk=pk)
    context = {"summary": summary, "said": summary.snapshot.said(), "agreement": agreed_to(summary)}
    return TemplateResponse(request, "supervision/summary_preview.html", context)


@require_safe
def summary_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What was shared with whom, each time it was opened, and what was answered."""
    summary = get_object_or_404(SharedSummary.objects.owned_by(request.user).with_items(), pk=pk)
    if summary.is_draft:
        return redirect("supervision:summary_edit", pk=pk)
    over, opens = summary.is_over(now=timezone.now()), summary.opens
    if request.method == "GET" and opens and not over and summary.has_unread_answer:  # decision 0033: it is on the page
        summary.read_answer(now=timezone.now())
    said = summary.snapshot if opens and not over else Snapshot(())
    receipts = summary.receipts.order_by("-opened_at", "-id")
    context = {
        "summary": summary,
        "over": over,
        "opens": opens,  # where no key does, what is shared can still be ended
        "sooner": SoonerForm.offered(summary, today=timezone.localdate()),
        "said": said,
        "parts": [drafting.label_of(key) for key in summary.parts.split()],
        "receipts": receipts[:OPENINGS_SHOWN],
        "openings": receipts.count(),
        "changed": bool(drafting.changed_since(request.user, made_from(summary))),
        "items": items_of(summary, said),
        "narrowed": narrowed_since(summary, over=over) if opens else [],
    }
    return TemplateResponse(request, "supervision/summary_detail.html", context)


def made_from(summary: SharedSummary) -> dict[uuid.UUID, int]:
    """The ids of the reflections that it was made from, with the version each had then."""
    return {source.reflection: source.version for source in summary.sources.all()}


def items_of(summary: SharedSummary, shown: Snapshot) -> list[dict[str, Any]]:
    """The items of an agenda: what each is called, its words while they are there, and when it was discussed."""
    if not summary.is_agenda:
        return []
    said = {part.position: part for part in shown.parts}
    items = [(source, said.get(source.position)) for source in summary.sources.all()]
    return [
        {
            "label": part.label if part else f"Item {source.position}",
            "text": part.text if part else "",
            "discussed_at": source.discussed_at,
        }
        for source, part in items
    ]


@require_POST
def summary_take_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it back: its reader can read nothing of it from now on, and its words are erased."""
    get_object_or_404(SharedSummary.objects.owned_by(request.user), pk=pk)
    try:
        actions.take_back(by=request.user, pk=pk, now=timezone.now())
    except WrongState:
        messages.info(request, "Nobody can read it any more.")
    else:
        messages.success(request, "Taken back. Nobody can read it any more, and its words are erased here.")
    return redirect("supervision:summary_detail", pk=pk)


@require_POST
def summary_forbid_print(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """No longer let it be printed or kept."""
    get_object_or_404(SharedSummary.objects.owned_by(request.user).shared(), pk=pk)
    actions.forbid_print(by=request.user, pk=pk)
    messages.success(request, "It can no longer be printed here, or kept as a PDF.")
    return redirect("supervision:summary_detail", pk=pk)


@require_POST
def summary_shorten(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Bring its last day forward, at once; never put it off."""
    get_object_or_404(SharedSummary.objects.owned_by(request.user).shared(), pk=pk)
    form = SoonerForm(request.POST)
    if form.is_valid() and actions.shorten_summary(by=request.user, pk=pk, now=timezone.now(), **form.cleaned_data):
        messages.success(request, "Done. It has an earlier last day now.")
    else:
        messages.info(request, "Nothing changed. The last day can only be brought forward, while it can be read.")
    return redirect("supervision:summary_detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def summary_discard(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then delete a draft, which nobody else has seen."""
    summary = own_draft(request, pk)
    if request.method != "POST":
        return TemplateResponse(request, "supervision/summary_discard.html", {"summary": summary})
    try:
        actions.discard_draft(by=request.user, pk=pk)
    except SharedSummary.DoesNotExist:  # shared a moment ago
        raise Http404 from None
    messages.success(request, "The draft has been deleted. Your reflection is as it was.")
    return redirect("supervision:summary_list")
