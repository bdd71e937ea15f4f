"""Every page is closed until it says otherwise, and no closed door swallows somebody's words."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from apps.accounts import rescue

SIGNS_OUT = ("account_logout", "account_delete")


class SignInRequired(LoginRequiredMiddleware):
    """Sends a signed-out visitor to sign in and back; hands what a signed-out person posted back to them."""

    def handle_no_permission(  # type: ignore[override]  # Django's own only ever redirects
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and not rescue.is_autosave(request):
            return super().handle_no_permission(request, view_func)
        return rescue.signed_out(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """At signing out, or for good, have the browser forget every page of ours: NHS computers are shared."""
        match = request.resolver_match
        if request.method == "POST" and match is not None and match.url_name in SIGNS_OUT:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
