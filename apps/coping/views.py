"""The library's pages: the same for everybody who is signed in, but for one's own marks."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.coping.families import by_family
from apps.coping.finding import meets
from apps.coping.forms import CardsForm, StrategyFilterForm, StrategySearchForm
from apps.coping.models import Favourite, OwnStrategy, Strategy


@require_http_methods(["GET", "HEAD", "POST"])
def strategy_list(request: HttpRequest) -> HttpResponse:
    """The library by family, filtered by what the address says and searched by what was posted."""
    filters, search = StrategyFilterForm(request.GET or None), StrategySearchForm(request.POST or None)
    library = list(Strategy.objects.published())
    marked = Favourite.objects.owned_by(request.user).slugs()
    own = OwnStrategy.objects.owned_by(request.user).by_name()
    asked = filters.asked | search.asked
    chosen, chosen_own = ([s for s in some if meets(s, marked=marked, **asked)] for some in (library, own))
    narrowed = urlencode(filters.asked)
    context = {
        "filters": filters,
        "search": search,
        "wrong": [form for form in (search, filters) if form.errors],  # is said in the summary; the rest still counts
        "asked": asked,
        "narrowed": narrowed,
        "cards": urlencode({"strategy": [s.slug for s in chosen]}, doseq=True) if search.asked else narrowed,
        "marks": {"slugs": marked, "back": request.get_full_path(), "words": search.asked.get("words", "")},
        "shelves": by_family(chosen),
        "own": chosen_own,
        "number": len(chosen),
        "all": len(library),
    }
    return TemplateResponse(request, "coping/strategy_list.html", context)


@require_safe
def strategy_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One strategy: what to do, what to watch for, what it is good for, and what it rests on."""
    strategy = get_object_or_404(Strategy.objects.published(), slug=slug)
    marked = Favourite.objects.owned_by(request.user).filter(strategy=strategy).slugs()
    marks = {"slugs": marked, "back": request.path, "words": ""}
    context = {"strategy": strategy, "content": strategy.shown, "marks": marks}
    return TemplateResponse(request, "coping/strategy_detail.html", context)


@require_POST
def strategy_favourite(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a strategy a favourite, or no longer one, and go back to where the button was, search and all."""
    strategy = get_object_or_404(Strategy.objects.published(), slug=slug)
    own = Favourite.objects.owned_by(request.user)
    if request.POST.get("favourite") == "yes":
        own.get_or_create(owner=request.user, strategy=strategy)
    else:
        own.filter(strategy=strategy).delete()
    back = request.POST.get("back", "")
    if not back.startswith(reverse("coping:strategy_list")):
        back = strategy.get_absolute_url()
    return redirect(f"{back}#{slug}", preserve_request="words" in request.POST)


@require_safe
def card_list(request: HttpRequest) -> HttpResponse:
    """Cards to print: of what the address names or narrows the library down to, else of one's favourites."""
    filters, picked = StrategyFilterForm(request.GET or None), request.GET.getlist("strategy")
    library = list(Strategy.objects.published())
    marked = Favourite.objects.owned_by(request.user).slugs()
    asked = filters.asked if filters.asked or picked else {"favourites": True}
    chosen = [s for s in library if s.slug in picked or (asked and meets(s, marked=marked, **asked))]
    context = {"chosen": chosen, "form": CardsForm(library, chosen=chosen)}
    return TemplateResponse(request, "coping/card_list.html", context)
