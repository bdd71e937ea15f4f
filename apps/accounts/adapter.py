"""Keel's rules for allauth."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from apps.accounts.mails import mail
from apps.accounts.models import Invitation, User

logger = logging.getLogger(__name__)


def hold_to_domains(email: str) -> None:
    """Raise ValidationError for an address outside the domains, where sign-up is limited to some."""
    if settings.SIGNUP == "domains" and email.lower().rpartition("@")[2] not in settings.SIGNUP_DOMAINS:
        endings = " or ".join(f"@{domain}" for domain in settings.SIGNUP_DOMAINS)
        raise ValidationError(f"Enter an email address that ends in {endings}")


class KeelAccountAdapter(DefaultAccountAdapter):
    """Who may sign up, with which address, and what is said and mailed."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "cannot_remove_primary_email": "Choose another address to sign in with before you remove this one",
        "duplicate_email": "This email address is on your account already",
        "email_password_mismatch": "The email address or the password is not right. Check both and try again",
        "enter_current_password": "This is not your current password. Check it and try again",
        "incorrect_password": "This is not your password. Check it and try again",
        "invalid_password_reset": "This link has been used or has run out. Ask for a new one",
        "max_email_addresses": "You can have %d email addresses. Remove one before you add another",
        "too_many_login_attempts": "Too many tries. Wait 5 minutes, or choose a new password",
        "unverified_primary_email": "Confirm this email address before you sign in with it",
    }

    @cached_property
    def invitation(self) -> Invitation | None:
        """The invitation that the sign-up page was opened with, if it still counts."""
        token = self.request.GET.get("invitation", "") if self.request else ""
        return Invitation.objects.opened_by(token, now=timezone.now()).first() if token else None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether this visitor may create an account here."""
        return settings.SIGNUP != "invitation" or self.invitation is not None

    def clean_email(self, email: str) -> str:
        """Hold a new address to the sign-up rule. An invitation is leave for its own address and for no other."""
        email = email.lower()
        if self.invitation:
            if email != self.invitation.email:
                raise ValidationError("Enter the email address that your invitation was sent to")
        else:
            hold_to_domains(email)
        return email

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Whether holding the link proves the address: an invitation's link was mailed to it alone."""
        return self.invitation is not None and self.invitation.email == email.lower()

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm it. An account that gave the address at sign-up, and could never sign in with it, makes room."""
        others = User.objects.filter(email=email_address.email, last_login=None).exclude(pk=email_address.user_id)
        others.exclude(emailaddress__verified=True).delete()
        return super().confirm_email(request, email_address)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Home, where the message says that it is done."""
        return reverse("home:home")

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """One of Keel's own mails in the place of allauth's."""
        to = email if isinstance(email, str) else email[0]
        return mail(template_prefix.rpartition("/")[2], to, context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it; allauth's own would look up the host of the request first.

        A mail server that does not answer is said on the page, whatever the address: what was done before stays done.
        """
        message = self.render_mail(template_prefix, email, context)
        try:
            message.send()
        except OSError as error:  # smtplib's errors are OSErrors too
            logger.error("mail %s not sent: %s", template_prefix.rpartition("/")[2], type(error).__name__)
            if self.request:
                messages.error(self.request, "We could not send the email. Wait a few minutes, then ask for it again.")
