"""How many reports somebody may have on their way, as a page says it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.reports.actions import MOST_WAITING, TooMany

SAID = f"You have {MOST_WAITING} reports on their way. Wait for one, or cancel one at “Your reports”. Then ask again."
View = Callable[..., HttpResponse]


@contextmanager
def told_if_too_many(request: HttpRequest) -> Iterator[None]:
    """Have the next page say why, where within this more would begin than may be on their way at once."""
    try:
        yield
    except TooMany:
        messages.warning(request, SAID)


def unless_too_many(view: View) -> View:
    """Lead to somebody's reports, and say why, where `view` would begin more than may be on their way at once."""

    @wraps(view)
    def within_limits(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with told_if_too_many(request):
            return view(request, *args, **kwargs)
        return redirect("reports:report_list")

    return within_limits
