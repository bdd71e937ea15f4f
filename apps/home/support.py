"""Who somebody can turn to now: a dated file that the service checks, read once at the start."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from apps.core.reviewed import ContentError, Table, read

STALE_AFTER = 6  # months
NOT_SERVED_UNDATED = (
    "Call or look up each line, then set last_checked to that day, for example: last_checked = 2026-11-23"
)


@dataclass(frozen=True)
class Route:
    """Somebody to turn to: when, and how. An empty `how` is for the reader to look up."""

    name: str
    when: str
    how: str
    phone: str = ""
    emergency: bool = False

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return self.phone.replace(" ", "")


@dataclass(frozen=True)
class Support:
    """The routes in the order of the page, and the day somebody last checked them."""

    routes: tuple[Route, ...]
    local: tuple[Route, ...]
    last_checked: date | None

    def is_stale(self, *, today: date) -> bool:
        """Whether the last check was six months ago or more."""
        return self.last_checked is not None and today >= months_after(self.last_checked, STALE_AFTER)

    @property
    def local_known(self) -> list[Route]:
        """The local routes that the service has filled in."""
        return [route for route in self.local if route.how]

    @property
    def local_to_look_up(self) -> list[Route]:
        """Those it has not."""
        return [route for route in self.local if not route.how]


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_support(path: Path) -> Support:
    """The routes in `path`. Raises ContentError, which says what to mend."""
    file = read(path)
    routes = tuple(map(read_route, file.tables("routes")))
    local = tuple(map(read_route, file.tables("local"))) if "local" in file.values else ()
    support = Support(routes, local, read_day(file))
    file.finish()
    if not any(route.emergency for route in routes):
        raise ContentError(
            f"{path.name}: no route is for an emergency. Give the one with 999 the line: emergency = true"
        )
    return support


def read_route(table: Table) -> Route:
    """One route. Raises ContentError."""
    route = Route(
        name=table.text("name"),
        when=table.text("when"),
        how=table.text("how", ""),
        phone=table.text("phone", ""),
        emergency=table.flag("emergency"),
    )
    table.finish()
    return route


def read_day(file: Table) -> date | None:
    """The day of the last check, or None. Raises ContentError."""
    if "last_checked" not in file.values:
        return None
    expected = "a day without quotes, such as 2026-11-23"
    day = file.get("last_checked", date, expected)
    if isinstance(day, datetime):
        raise file.wrong("last_checked", expected)
    return day


@cache
def support() -> Support:
    """The routes of this service, as the file was when this process started."""
    return read_support(settings.SUPPORT_FILE)
