"""Home, and the pages that are open to everybody.

Home looks into the journal for the person who is signed in, and hands its template plain values.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.core import identifiers
from apps.home import health
from apps.home.forms import TextForm
from apps.home.support import support as support_routes
from apps.journal.models import Plan, Reflection
from apps.journal.patterns import patterns_of
from apps.supervision.waiting import waiting_for
from apps.values.models import Compass

if TYPE_CHECKING:
    from apps.accounts.models import User

SHOWN = 5  # drafts on Home; the rest is one click away
PHASES = (("challenge", "Work challenge"), ("values", "Values connection"), ("coping", "Coping"))


@dataclass(frozen=True)
class Draft:
    """A draft to go on with: where, since when, and how far it is; a quick capture's one page saves all phases."""

    pk: uuid.UUID
    resume_at: str
    kind: str
    started_at: datetime
    saved_at: datetime
    phases: tuple[tuple[str, bool], ...]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Signed in: where to go on. Signed out: what Keel is."""
    if not request.user.is_authenticated:
        return TemplateResponse(request, "home/front.html", {"signup": settings.SIGNUP})
    today = timezone.localdate()
    due = Plan.objects.owned_by(request.user).to_look_back_on(today=today)
    drafts = drafts_of(request.user)
    context = {
        "drafts": drafts[:SHOWN],
        "more_drafts": len(drafts) > SHOWN,
        "plans_due": due.count(),
        "patterns": patterns_of(request.user, today=today),
        "sharing": waiting_for(request.user, now=timezone.now()),
        "offers_compass": not Compass.objects.owned_by(request.user).exists(),
    }
    return TemplateResponse(request, "home/home.html", context)


def drafts_of(author: "User") -> list[Draft]:
    """The author's newest drafts, one more than Home shows."""
    found = Reflection.objects.owned_by(author).drafts().newest_first()[: SHOWN + 1]
    return [as_draft(reflection) for reflection in found]


def as_draft(reflection: Reflection) -> Draft:
    """What Home says about a draft. Home shows nobody's words: it is the page that others see over a shoulder."""
    saved = [bool(getattr(reflection, f"{name}_version")) for name, _ in PHASES]
    next_page = next((name for (name, _), done in zip(PHASES, saved, strict=True) if not done), "detail")
    quick = reflection.kind == Reflection.Kind.QUICK
    if quick and not any(saved):
        next_page = "quick"
    return Draft(
        pk=reflection.pk,
        resume_at=f"journal:reflection_{next_page}",
        kind=reflection.get_kind_display(),
        started_at=reflection.created_at,
        saved_at=reflection.saved_at,
        phases=() if quick else tuple((title, done) for (_, title), done in zip(PHASES, saved, strict=True)),
    )


@require_safe
def support(request: HttpRequest) -> HttpResponse:
    """Who somebody can turn to now."""
    return TemplateResponse(request, "home/support.html", {"support": support_routes()})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Keel rests on, and what it does not claim."""
    return TemplateResponse(request, "home/about.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Who can read what, and the honest limits."""
    return TemplateResponse(request, "home/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested, what was not, and whom to tell."""
    return TemplateResponse(request, "home/accessibility.html")


@require_POST
def identifiers_find(request: HttpRequest) -> HttpResponse:
    """What in a text may identify somebody, for the page on which it is being written. Nothing of it is kept."""
    form = TextForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "invalid"}, status=422)
    found = identifiers.quotes(form.cleaned_data["text"])
    return JsonResponse({"found": [{"what": quote.what, "words": quote.words} for quote in found]})


@require_safe
def health_live(request: HttpRequest) -> HttpResponse:
    """Whether this process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def health_ready(request: HttpRequest) -> HttpResponse:
    """Whether everything that Keel needs works, part by part; 503 if something does not."""
    parts = health.parts()
    ready = all(parts.values())
    words = {True: "ok", False: "failed"}
    said = {"status": words[ready]} | {name: words[works] for name, works in parts.items()}
    return JsonResponse(said, status=200 if ready else 503)
