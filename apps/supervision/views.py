"""The tie between two people over HTTP. Each view starts at a door: what is not yours is simply not there."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.supervision import actions, mails
from apps.supervision.forms import AcceptForm, InviteForm
from apps.supervision.models import SupervisionLink, WrongState

ENDED_SHOWN = 20  # of the ended links, the newest


@require_http_methods(["GET", "HEAD", "POST"])
def link_list(request: HttpRequest) -> HttpResponse:
    """One's supervisors and open invitations; by POST, invite another."""
    form = InviteForm(request.POST or None)
    if form.is_valid() and invited(request, form):
        return redirect("supervision:link_list")
    own, now = SupervisionLink.objects.owned_by(request.user), timezone.now()
    links = own.standing().newest_first()
    context = {
        "form": form,
        "rows": [{"link": link, "has_run_out": link.has_run_out(now=now)} for link in links],
        "can_share": any(link.is_live for link in links),
        "ended": own.ended_lately()[:ENDED_SHOWN],
    }
    return TemplateResponse(request, "supervision/link_list.html", context)


def invited(request: HttpRequest, form: InviteForm) -> bool:
    """Invite whom the form names, and mail them; False with the form's error where that cannot be."""
    try:
        link, token = actions.invite_supervisor(by=request.user, email=form.cleaned_data["email"], now=timezone.now())
    except actions.NotInvited as reason:
        form.add_error("email", str(reason))
        return False
    if mails.send_invitation(link, token):
        messages.success(request, f"An invitation is on its way to {link.email}.")
    else:
        messages.error(request, "We could not send the email. Wait a few minutes, then invite them again.")
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def link_confirm(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show who accepted; by POST, say that it is the right person."""
    link = get_object_or_404(SupervisionLink.objects.owned_by(request.user).to_confirm(), pk=pk)
    if request.method != "POST":
        return TemplateResponse(request, "supervision/link_confirm.html", {"link": link})
    try:
        actions.confirm_supervisor(by=request.user, link=link, now=timezone.now())
    except WrongState:
        messages.warning(request, "This changed in the meantime. See how it stands now.")
    else:
        messages.success(request, f"You can share summaries with {link.supervisor} now.")
    return redirect("supervision:link_list")


@require_http_methods(["GET", "HEAD", "POST"])
def link_end(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then end the tie from either side, and with it all that was shared under it."""
    link = get_object_or_404(SupervisionLink.objects.joining(request.user), pk=pk)
    mine = link.practitioner_id == request.user.pk
    if request.method != "POST":
        return TemplateResponse(request, "supervision/link_end.html", {"link": link, "mine": mine})
    try:
        actions.end_supervision(by=request.user, link=link, now=timezone.now())
    except WrongState:  # in another tab, or by the other side, a moment ago
        messages.info(request, "It had ended already.")
    else:
        messages.success(request, "Ended. Nothing is shared under it any more.")
    return redirect("supervision:link_list" if mine else "supervision:shared_list")


@login_not_required
@require_safe
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """The mail's one link: on to the invitation, and for whoever has no account yet by way of making one."""
    answer = reverse("supervision:invitation_answer", args=[token])
    if not request.user.is_authenticated and actions.wants_account(token, now=timezone.now()):
        return redirect(reverse("account_signup", query={"invitation": token, "next": answer}))
    return redirect(answer)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Say what accepting means to whom the invitation was sent; by POST, accept or decline.

    A link that was used, has run out, was made up or was sent to somebody else is answered alike.
    """
    now = timezone.now()
    link = SupervisionLink.objects.offered_to(request.user, token=token, now=now).first()
    if link is None:
        return TemplateResponse(request, "supervision/invitation_answer.html", {"link": None}, status=404)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return TemplateResponse(request, "supervision/invitation_answer.html", {"link": link, "form": form})
    try:
        answered(request, token, form)
    except WrongState:
        messages.warning(request, "This invitation was answered already, or they have you as their supervisor.")
    return redirect("supervision:shared_list")


def answered(request: HttpRequest, token: str, form: AcceptForm) -> None:
    """Decline or accept, as the button says. Raises WrongState."""
    if "decline" in request.POST:
        actions.decline_invitation(by=request.user, token=token, now=timezone.now())
        messages.success(request, "You declined. Nothing will be shared with you.")
        return
    said = form.cleaned_data["is_line_manager"]
    link = actions.accept_invitation(by=request.user, token=token, is_line_manager=said, now=timezone.now())
    mails.send_accepted(link)
    messages.success(request, f"You accepted. {link.practitioner} has to confirm it before anything can be shared.")
