"""Gathers somebody's compass as plain values: where it stands now, and how it moved."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format

from apps.values.drawing import FEWEST_FOR_A_LINE, Line, Ring, Spoke, line, rings, spokes
from apps.values.models import Pick, Placing, ValueCard

if TYPE_CHECKING:
    from apps.accounts.models import User

SHOWN = 50  # newest placings of a value that its drawing and table show; all are kept


@dataclass(frozen=True)
class Placed:
    """One placing."""

    placed_at: datetime
    closeness: int

    @property
    def day(self) -> str:
        """The local date, in full."""
        return date_format(timezone.localtime(self.placed_at), "j F Y")


@dataclass(frozen=True)
class Standing:
    """A value on the compass now, with its last placing if there is one."""

    pk: uuid.UUID
    name: str
    spoke: Spoke
    last: Placed | None


@dataclass(frozen=True)
class Movement:
    """How one value moved: its newest placings, and what they say in words."""

    pk: uuid.UUID
    name: str
    in_words: str
    placings: tuple[Placed, ...]  # oldest first
    line: Line

    @property
    def is_short(self) -> bool:
        """Whether it is drawn as dots alone, since there are too few placings for a line."""
        return 1 < len(self.placings) < FEWEST_FOR_A_LINE

    @property
    def last_day(self) -> str:
        """The local date of the newest placing."""
        return self.placings[-1].day


@dataclass(frozen=True)
class CompassReading:
    """A compass to be shown: the values on it, and the movement of those and of others that were on it before."""

    standings: tuple[Standing, ...]
    rings: tuple[Ring, ...]
    movements: tuple[Movement, ...]
    movements_before: tuple[Movement, ...]

    @property
    def is_placed(self) -> bool:
        """Whether any value on it was placed yet."""
        return any(standing.last for standing in self.standings)


def read_compass(user: "User") -> CompassReading:
    """The compass of `user`, in three queries however often it was placed."""
    picked = {pick.card_id: pick.card.name for pick in Pick.objects.owned_by(user).select_related("card")}
    placed: dict[uuid.UUID, list[Placed]] = defaultdict(list)
    for placing in Placing.objects.owned_by(user):
        placed[placing.card_id].append(Placed(placing.placed_at, placing.closeness))
    names = {card.pk: card.name for card in ValueCard.objects.placed_by(user)}
    before = sorted((pk for pk in placed if pk not in picked), key=lambda pk: placed[pk][-1].placed_at, reverse=True)
    return CompassReading(
        standings=standings_of([(pk, name, placed.get(pk, [])) for pk, name in picked.items()]),
        rings=rings(len(picked)),
        movements=tuple(movement_of(pk, picked[pk], placed[pk]) for pk in picked if pk in placed),
        movements_before=tuple(movement_of(pk, names[pk], placed[pk]) for pk in before),
    )


def read_movement(user: "User", card: ValueCard) -> Movement | None:
    """How one value of `user` moved, in one query; None before it was placed."""
    placed = [Placed(row.placed_at, row.closeness) for row in Placing.objects.owned_by(user).filter(card=card)]
    return movement_of(card.pk, card.name, placed) if placed else None


def standings_of(values: Sequence[tuple[uuid.UUID, str, Sequence[Placed]]]) -> tuple[Standing, ...]:
    """Where each value stands: the last of its placings."""
    lasts = [placings[-1] if placings else None for *_, placings in values]
    drawn = spokes([last.closeness if last else None for last in lasts])
    return tuple(
        Standing(pk, name, spoke, last) for (pk, name, _), spoke, last in zip(values, drawn, lasts, strict=True)
    )


def movement_of(pk: uuid.UUID, name: str, placings: Sequence[Placed]) -> Movement:
    """How a value moved. Needs at least one placing."""
    shown = placings[-SHOWN:]
    return Movement(
        pk=pk,
        name=name,
        in_words=in_words(shown, earlier=len(placings) - len(shown)),
        placings=tuple(shown),
        line=line([(placed.placed_at, placed.closeness) for placed in shown]),
    )


def in_words(placings: Sequence[Placed], *, earlier: int = 0) -> str:
    """The days and the range of some placings; so many `earlier` ones are kept and not among them."""
    first, last = placings[0].day, placings[-1].day
    if len(placings) == 1:
        return f"Placed once, at {placings[0].closeness}, on {last}."
    when = f"on {last}" if first == last else f"from {first} to {last}"
    lowest, highest = (most(placed.closeness for placed in placings) for most in (min, max))
    span = f"Each time at {lowest}." if lowest == highest else f"The lowest was {lowest}, the highest {highest}."
    if earlier:
        return f"Your last {len(placings)} placings, {when}. {span} {earlier} earlier ones are kept and not shown here."
    times = "twice" if len(placings) == 2 else f"{len(placings)} times"
    return f"Placed {times}, {when}. {span}"
