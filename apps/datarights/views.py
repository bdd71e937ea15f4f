"""What people do with all that Keel holds about them, over HTTP."""

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.datarights.actions import delete_account
from apps.datarights.forms import DeleteForm
from apps.datarights.gather import held_by, is_last_administrator


@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; by POST, delete the account of somebody who just gave their password again.

    allauth's decorator would keep a form that came too late, and send it on by itself after the next password: perhaps
    days later, when somebody only wanted to read this page.
    """
    if is_reauthentication_required(request, app="datarights"):
        return redirect(reverse("account_reauthenticate", query={"next": request.path}))
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        delete_account(by=request.user, now=timezone.now())
        logout(request)
        messages.success(request, "Your account and everything in it has been deleted.")
        return redirect("home:home")
    context = {"form": form, "held": held_by(request.user), "is_last": is_last_administrator(request.user)}
    return TemplateResponse(request, "datarights/account_delete.html", context)
