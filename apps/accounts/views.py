"""The page of one's own account."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from apps.accounts.events import page_of
from apps.core.models import AuditEvent


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who somebody is here, and what they and others did about sharing with them."""
    before = request.GET.get("before", "")
    page = page_of(AuditEvent.objects.readable_by(request.user), reader=request.user, before=before)
    more = {"newer": "?" if before else "", "older": f"?before={page.older}" if page.older else ""}
    return TemplateResponse(request, "accounts/account.html", {"lines": page.lines, **more})
