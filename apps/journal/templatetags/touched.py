"""The reflections that touched a value, for the compass: the values know nothing of the journal."""

import uuid
from typing import Any

from django import template

from apps.journal.models import Reflection
from apps.journal.timeline import narrowed

register = template.Library()
NEWEST = 5  # reflections named beside a value; the timeline has them all


@register.inclusion_tag("journal/touched.html", takes_context=True)
def touched(context: dict[str, Any], card_id: uuid.UUID) -> dict[str, Any]:
    """The newest reflections of the person who reads the page that touched this value, and the way to all of them."""
    own = narrowed(Reflection.objects.owned_by(context["request"].user), {"value": card_id})
    found = list(own.newest_first()[: NEWEST + 1])
    return {"card_id": card_id, "reflections": found[:NEWEST], "more": len(found) > NEWEST}
