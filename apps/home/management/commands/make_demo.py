"""Add people to show Keel with, and print how to sign in as each."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.coping.editors import editors
from apps.journal.demo import write_moments
from apps.supervision.demo import write_sharing
from apps.values.demo import write_compass

# Nobody can get mail at .invalid, so nobody can take one of these accounts over by asking for a new password.
PEOPLE: dict[str, dict[str, Any]] = {
    "practitioner": {"email": "practitioner@keel.invalid", "name": "Robin (demonstration)"},
    "supervisor": {"email": "supervisor@keel.invalid", "name": "Sam (demonstration)"},
    "editor": {"email": "editor@keel.invalid", "name": "Edie (demonstration)", "is_staff": True},
}


class Command(BaseCommand):
    """Run again, it gives each of them a new password and adds only what is missing."""

    help = (
        "Adds a demonstration practitioner with a compass and eight weeks of made-up reflections, a supervisor who "
        "reads an agenda of theirs, and an editor, and prints a new random password for each. Run again, it changes "
        "the passwords and keeps what is there."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("make_demo adds made-up people, so it is refused where KEEL_MODE is 'service'.")
        try:
            passwords, written = self.make()
        except ObjectDoesNotExist:
            raise CommandError("The library is not loaded. Run load_library first.") from None
        self.stdout.write(f"Demonstration people, with {written} new reflections. Their passwords are shown only now:")
        for role, password in passwords.items():
            self.stdout.write(f"  {role:<13} {PEOPLE[role]['email']:<28} {password}")

    @transaction.atomic
    def make(self) -> tuple[dict[str, str], int]:
        """Each role's new password, and how many reflections were written."""
        passwords = {role: secrets.token_urlsafe(12) for role in PEOPLE}
        people = {role: person(PEOPLE[role], password) for role, password in passwords.items()}
        people["editor"].groups.add(editors())
        practitioner, now = people["practitioner"], timezone.now()
        written = write_moments(author=practitioner, now=now)
        write_compass(author=practitioner, now=now)
        write_sharing(author=practitioner, supervisor=people["supervisor"], now=now)
        return passwords, written


def person(fields: dict[str, Any], password: str) -> User:
    """This person, made or found, with a verified address and a new password; their sessions end with the old one."""
    found, _ = User.objects.update_or_create(email=fields["email"], defaults={"name": fields["name"]})
    found.is_staff = fields.get("is_staff", False)
    found.set_password(password)
    found.save()
    EmailAddress.objects.update_or_create(user=found, email=found.email, defaults={"verified": True, "primary": True})
    return found
