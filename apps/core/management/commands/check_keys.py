"""Stop the start when the key ring does not fit the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core import keycheck


class Command(BaseCommand):
    """Run after `migrate` and before anything serves: a wrong key would make everybody's words unreadable."""

    help = "Checks that the key ring opens what was sealed in this database, and notes a new sealing key."

    def handle(self, *args: Any, **options: Any) -> None:
        if problems := keycheck.problems():
            raise CommandError("\n".join(problems))
        keycheck.remember_sealing_key()
        self.stdout.write("The key ring fits the database.")
