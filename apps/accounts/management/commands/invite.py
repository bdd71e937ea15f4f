"""Invite somebody to create an account."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from apps.accounts.mails import mail
from apps.accounts.models import INVITATION_DAYS, Invitation, User


class Command(BaseCommand):
    """`./dev manage invite ADDRESS`: mails a link that works once, for that address only."""

    help = "Mails an invitation to create an account. The link works once, for 14 days, for that address only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="whom to invite, such as name@example.nhs.uk")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        email = address.strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{address!r} is not an email address. Write it like name@example.com.") from None
        if User.objects.filter(email=email).exists():
            raise CommandError(f"{email} has an account already.")
        token = Invitation.objects.issue(email)
        mail("invitation", email, {"token": token, "days": INVITATION_DAYS}).send()
        self.stdout.write(f"An invitation is on its way to {email}. It works once, for {INVITATION_DAYS} days.")
