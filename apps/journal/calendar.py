"""The days to look back on plans, as a calendar file without a word of theirs (RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from apps.journal.models import PlanQuerySet, on_the_wall

MOST = 500  # events in one file: the plans whose days are nearest
LONGEST_LINE = 75  # octets, without the line's end


def days_ahead(plans: PlanQuerySet, *, now: datetime) -> PlanQuerySet:
    """The open ones of `plans` whose day is today or to come, the nearest first."""
    return plans.upcoming(today=on_the_wall(now)[0] - timedelta(days=1))


def calendar_of(plans: PlanQuerySet, *, now: datetime) -> bytes:
    """One day-long event for each of the days ahead; a day gone by is not one to put in a calendar."""
    days = days_ahead(plans, now=now).values_list("pk", "look_back_on")[:MOST]
    host, made = urlsplit(settings.BASE_URL).hostname, f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Keel//Look back//EN", "METHOD:PUBLISH"]
    for pk, day in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{pk}@{host}",  # the same in each file: a calendar moves the event instead of adding another
            f"DTSTAMP:{made}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"SUMMARY:{escaped(f'Look back in {settings.SERVICE_NAME}')}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",  # the day does not look busy
            "END:VEVENT",
        ]
    return b"".join(part + b"\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def escaped(text: str) -> str:
    """`text` as a value in a calendar file."""
    for special in "\\;,":
        text = text.replace(special, f"\\{special}")
    return text.replace("\n", "\\n")


def folded(line: str) -> Iterator[bytes]:
    """`line` in parts that are short enough, each after the first led by a space; no character is cut apart."""
    part = b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > LONGEST_LINE:
            yield part
            part = b" "
        part += octets
    yield part
