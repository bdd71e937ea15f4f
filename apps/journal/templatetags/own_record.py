"""One's own record with a strategy, for the library's page: the library itself knows nothing of the journal."""

import uuid
from typing import Any

from django import template

from apps.coping.suggest import UNKNOWN
from apps.journal.models import HELPED_FROM, MOST_HELP, FollowUp, rests_on

register = template.Library()
FEW = 5  # tries; below it the counts say little, and the page says so


@register.inclusion_tag("journal/own_record.html", takes_context=True)
def own_record(context: dict[str, Any], strategy_id: uuid.UUID) -> dict[str, Any]:
    """How often the person who reads the page tried this strategy, and how often it helped: counts, never a share."""
    own = FollowUp.objects.owned_by(context["request"].user).filter(rests_on(strategy_id))
    record = next(iter(own.records().values()), UNKNOWN)
    scale = {"helped_from": HELPED_FROM, "most": MOST_HELP}
    return {"record": record, "few": record.tried < FEW, "strategy_id": strategy_id, **scale}
