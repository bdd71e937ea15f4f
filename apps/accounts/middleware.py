"""Every page is closed until its line in the access table says otherwise; no closed door swallows anybody's words."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.deprecation import MiddlewareMixin

from apps.accounts import rescue
from apps.core.access import line_of

logger = logging.getLogger(__name__)

SIGNS_OUT = ("account_logout", "account_delete")


class AccessTable(MiddlewareMixin):
    """Lets a request reach its view if the line of its address does; whose an object is, the view's door says."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """The answer of a closed door, or None where it is open. Asks who is there only if that matters."""
        line = line_of(request)
        if line is None:
            logger.error("No line in the access table for %s", getattr(request.resolver_match, "view_name", ""))
            raise Http404
        if not line.is_open and not request.user.is_authenticated:
            return signed_out(request)
        if line.is_for_staff and not request.user.is_staff:
            raise Http404
        return None if request.method in line.methods else HttpResponseNotAllowed(line.methods)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """At signing out, or for good, have the browser forget every page of ours: NHS computers are shared."""
        match = request.resolver_match
        if request.method == "POST" and match is not None and match.url_name in SIGNS_OUT:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def signed_out(request: HttpRequest) -> HttpResponseBase:
    """Sends a signed-out visitor to sign in and back; hands what a signed-out person posted back to them."""
    if request.method in ("GET", "HEAD") and not rescue.is_autosave(request):
        return redirect_to_login(request.get_full_path())
    return rescue.signed_out(request)
