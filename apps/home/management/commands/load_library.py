"""`manage.py load_library`: brings the content files into the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.coping.editors import editors
from apps.coping.loading import load_strategies
from apps.core.reviewed import ContentError
from apps.values.loading import load_values


class Command(BaseCommand):
    """Loads strategies and value cards; running it again changes nothing."""

    help = "Load the coping strategies and value cards from their files. What an editor wrote is never overwritten."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything or, if a file cannot be used, nothing."""
        try:
            reports = {"Strategies": load_strategies(), "Value cards": load_values()}
            editors()  # those who may change what was loaded
        except ContentError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        for name, report in reports.items():
            self.stdout.write(f"{name}: {report}.")
            for line in report.differing:
                self.stdout.write(f"  Differs from its file: {line}")
