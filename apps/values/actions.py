"""What changes several rows of a compass."""

import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from apps.values.models import Compass, Pick, Placing, ValueCard

if TYPE_CHECKING:
    from apps.accounts.models import User


@transaction.atomic
def choose_values(*, by: "User", cards: Iterable[ValueCard], own: Iterable[str] = ()) -> None:
    """Put these on the compass, and take off what is not among them. What was there already keeps its order.

    `own` are names; each becomes a card of one's own unless there is a card of that name. The form has counted them:
    a sixth is an IntegrityError.
    """
    compass = Compass.objects.locked_for(by)
    chosen = {card.pk for card in cards} | {ValueCard.objects.own_card(by, name).pk for name in own}
    before = [pick.card_id for pick in Pick.objects.owned_by(by)]
    offered = ValueCard.objects.available_to(by).values_list("pk", flat=True)
    order = [pk for pk in dict.fromkeys([*before, *offered, *chosen]) if pk in chosen]
    Pick.objects.owned_by(by).delete()
    Pick.objects.bulk_create(Pick(owner=by, card_id=pk, position=place) for place, pk in enumerate(order, 1))
    compass.skipped_at = None
    compass.save(update_fields=["skipped_at"])


def place_values(*, by: "User", page_key: uuid.UUID, closeness: Mapping[uuid.UUID, int]) -> None:
    """Keep how close each card is now. The same page sent again puts its own placings right and makes no others."""
    Placing.objects.bulk_create(
        [Placing(owner=by, card_id=pk, closeness=number, page_key=page_key) for pk, number in closeness.items()],
        update_conflicts=True,
        unique_fields=["owner", "card", "page_key"],
        update_fields=["closeness"],
    )


@transaction.atomic
def skip_compass(*, by: "User") -> None:
    """Keep that this person does not want a compass now; Home never offers it again."""
    Compass.objects.locked_for(by).skip()
