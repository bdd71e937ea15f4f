"""Tell whether the audit is as it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core import audit
from apps.core.models import AuditEvent


class Command(BaseCommand):
    """Names the first event that was changed, is missing or stands elsewhere, and then ends with 1."""

    help = "Checks the chain of audit events: finds a changed, missing or reordered one, and says which."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--kept", metavar="NUMBER:HASH", help="what an earlier run said, kept elsewhere")

    def handle(self, *args: Any, kept: str | None, **options: Any) -> None:
        if problems := audit.problems():
            raise CommandError("\n".join(problems))
        number, _, digest = (kept or "").partition(":")
        if kept and not (number.isdecimal() and AuditEvent.objects.filter(number=number, hash=digest).exists()):
            raise CommandError(f"Event {number} is not the one that was kept: the chain was cut or written anew.")
        self.stdout.write("Every audit event is as it was written. Keep this elsewhere, to find a later cut:")
        self.stdout.write("{}:{}".format(*audit.end()))
