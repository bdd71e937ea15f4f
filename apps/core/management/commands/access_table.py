"""`manage.py access_table`: prints who may open what, role by role, for docs/governance/access.md."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.core.access import READ, Line, Shows, Who, addresses

COLUMNS = ("Address", "Of which", "They may", "What of anybody's it shows")
SHOWN = {
    Shows.REFLECTIONS: "own reflections",
    Shows.PLANS: "own plans",
    Shows.VALUE_CARDS: "own value cards",
    Shows.OWN_STRATEGIES: "own strategies",
    Shows.REPORTS: "own report",
    Shows.CPD: "own CPD statements",
    Shows.SUMMARIES: "the words of a summary",
    Shows.ANSWERS: "what the supervisor answered",
    Shows.SUGGESTED: "strategies suggested to the editors, without a name",
    Shows.UNPUBLISHED: "strategies that are not published yet",
    Shows.PEOPLE: "names and addresses",
}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
NAMES = {"pk": "id", "object_id": "id", "uidb36": "id"}  # how the address of a page calls what it names


class Command(BaseCommand):
    """Prints a table for each role; a test holds docs/governance/access.md to it."""

    help = "Print the tables of docs/governance/access.md: who may open which address, and what it shows."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every table."""
        self.stdout.write("\n\n".join(section(who) for who in Who))


def section(who: Who) -> str:
    """One role: every address that answers it, in the order of the addresses."""
    lines = [COLUMNS, ("---",) * len(COLUMNS), *rows(who)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"## {who.value}\n\n{table}"


def rows(who: Who) -> Iterator[tuple[str, ...]]:
    """A row for each address that answers this role."""
    routes = {plain(route): settings.ACCESS[name] for name, route, _ in addresses()}
    for route, line in sorted(routes.items()):
        if line.who is who:
            yield f"`{route}`", line.of, allowed(line), ", ".join(SHOWN[kind] for kind in line.shows)


def plain(route: str) -> str:
    """The address as somebody might read it out."""
    named = PARAMETER.sub(lambda match: f"<{NAMES.get(match[1] or match[2], match[1] or match[2])}>", route)
    return re.sub(r"[\^$]|\\Z", "", named)


def allowed(line: Line) -> str:
    """What the methods of a line come to."""
    if "POST" not in line.methods:
        return "read"
    return "read and change" if set(READ) <= set(line.methods) else "change"
