"""The library's pages: the same for everybody who is signed in."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from apps.coping.families import by_family
from apps.coping.forms import StrategyFilterForm, StrategySearchForm, meets
from apps.coping.models import OwnStrategy, Strategy


@require_http_methods(["GET", "HEAD", "POST"])
def strategy_list(request: HttpRequest) -> HttpResponse:
    """The library by family, filtered by what the address says and searched by what was posted."""
    filters, search = StrategyFilterForm(request.GET or None), StrategySearchForm(request.POST or None)
    wrong = [form for form in (search, filters) if form.errors]  # is said in the error summary; the rest still counts
    library = list(Strategy.objects.published())
    chosen = [strategy for strategy in library if meets(strategy, **filters.asked, **search.asked)]
    own = OwnStrategy.objects.owned_by(request.user).by_name()
    context = {
        "filters": filters,
        "search": search,
        "wrong": wrong,
        "asked": filters.asked or search.asked,
        "narrowed": urlencode(filters.asked),
        "shelves": by_family(chosen),
        "own": [strategy for strategy in own if meets(strategy, **filters.asked, **search.asked)],
        "number": len(chosen),
        "all": len(library),
    }
    return TemplateResponse(request, "coping/strategy_list.html", context)


@require_safe
def strategy_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One strategy: what to do, what to watch for, and what it rests on."""
    strategy = get_object_or_404(Strategy.objects.published(), slug=slug)
    return TemplateResponse(request, "coping/strategy_detail.html", {"content": strategy.shown})
