"""The pages of one's own account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.events import page_of
from apps.accounts.forms import NameForm
from apps.core.models import AuditEvent

NAMELESS = "Saved. People you share with see your email address alone."


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who somebody is here, and what they and others did about sharing with them."""
    before = request.GET.get("before", "")
    page = page_of(AuditEvent.objects.readable_by(request.user), reader=request.user, before=before)
    more = {"newer": "?" if before else "", "older": f"?before={page.older}" if page.older else ""}
    return TemplateResponse(request, "accounts/account.html", {"lines": page.lines, **more})


@require_http_methods(["GET", "HEAD", "POST"])
def account_name(request: HttpRequest) -> HttpResponse:
    """Say what one is called, or take the name away."""
    form = NameForm(request.POST if request.method == "POST" else None, initial={"your_name": request.user.name})
    if not form.is_valid():
        return TemplateResponse(request, "accounts/account_name.html", {"form": form})
    request.user.rename(form.cleaned_data["your_name"])
    messages.success(request, "Saved. People you share with see your name." if request.user.name else NAMELESS)
    return redirect("accounts:account")
