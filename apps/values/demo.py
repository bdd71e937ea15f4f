"""A made-up compass for a demonstration: `content/demo.toml`."""

import tomllib
import uuid
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from apps.values import actions
from apps.values.models import Compass, Placing, ValueCard

if TYPE_CHECKING:
    from apps.accounts.models import User

COMPASS_FILE = Path(__file__).parent / "content" / "demo.toml"


@transaction.atomic
def write_compass(*, author: "User", now: datetime) -> None:
    """Give `author` a compass with placings dated back from `now`, unless they chose or skipped one already.

    Raises KeyError where the library was not loaded.
    """
    if Compass.objects.owned_by(author).exists():
        return
    made = tomllib.loads(COMPASS_FILE.read_text(encoding="utf-8"))
    cards = {card.code: card for card in ValueCard.objects.library()}
    actions.choose_values(by=author, cards=[cards[code] for code in made["values"]])
    for placing in made["placing"]:
        closeness = {cards[code].pk: number for code, number in placing["closeness"].items()}
        place(author, closeness, placed_at(placing, now))


def placed_at(placing: dict[str, Any], now: datetime) -> datetime:
    """When it was made: so many days before `now`, at its hour."""
    day = timezone.localtime(now).date() - timedelta(days=placing["days_ago"])
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(placing["at"])))


def place(author: "User", closeness: dict[uuid.UUID, int], at: datetime) -> None:
    """One page of placings, at its own time."""
    key = uuid.uuid4()
    actions.place_values(by=author, page_key=key, closeness=closeness)
    Placing.objects.owned_by(author).filter(page_key=key).update(placed_at=at)
