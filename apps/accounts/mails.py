"""The mails Keel sends: a fixed subject, a link, plain words, and never anything a person wrote in Keel.

Their links start with the service's own address from its settings, never with what a request's Host header says.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

SUBJECTS = {
    "account_already_exists": "You already have an account",
    "account_deleted": "Your account was deleted",
    "email_changed": "Your email address was changed",
    "email_confirm": "Your email address is confirmed",
    "email_confirmation": "Confirm your email address",
    "email_confirmation_signup": "Confirm your email address",
    "email_deleted": "An email address was removed from your account",
    "invitation": "You are invited to create an account",
    "password_changed": "Your password was changed",
    "password_reset": "Your password was changed",
    "password_reset_key": "Choose a new password",
    "password_set": "Your account has a password now",
    "reminder": "You asked to be reminded",
    "summary_answered": "There is an answer for you",
    "summary_ending": "A summary ends soon",
    "summary_waiting": "There is a summary for you",
    "supervision_accepted": "Somebody accepted your invitation",
    "supervision_invitation": "You are asked to be a supervisor",
    "unknown_account": "There is no account for this email address",
}


def mail(name: str, to: str, facts: dict[str, Any]) -> EmailMultiAlternatives:
    """The mail called `name`, as plain text and as simple HTML made from the same text."""
    context = {
        **facts,
        "email": to,
        "base_url": settings.BASE_URL,
        "service_name": settings.SERVICE_NAME,
        "service_organisation": settings.SERVICE_ORGANISATION,
        "contact_email": settings.CONTACT_EMAIL,
    }
    subject = SUBJECTS[name]
    text = render_to_string(f"emails/{name}.txt", context).strip() + "\n"
    message = EmailMultiAlternatives(f"{settings.SERVICE_NAME}: {subject}", text, settings.DEFAULT_FROM_EMAIL, [to])
    message.attach_alternative(render_to_string("emails/layout.html", {"subject": subject, "text": text}), "text/html")
    return message
