"""`manage.py reading_age`: prints how hard each strategy, prompt, page and mail is to read, the hardest first."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.core.reading_age import HARDEST_AGE
from apps.home.wording import pieces


class Command(BaseCommand):
    """Prints one line for each piece; a test holds each to the limit."""

    help = "Print the Flesch-Kincaid grade and the reading age of every strategy, prompt, page and mail."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table, and the sentence to begin with where a piece is over the limit."""
        self.stdout.write(f"{'age':>5} {'grade':>6} {'words':>6}  what (none may be over {HARDEST_AGE})")
        for piece in sorted(pieces(), key=lambda piece: -piece.reading.age):
            reading = piece.reading
            self.stdout.write(f"{reading.age:>5.1f} {reading.grade:>6.1f} {reading.words:>6}  {piece.place}")
            if reading.age > HARDEST_AGE:
                self.stdout.write(f"{'':>20} Begin with: {piece.hardest}")
