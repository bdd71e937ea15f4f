"""What came up in each reflection, kept beside it as a sum of bits: made anew where the content says otherwise."""

from collections import defaultdict
from itertools import islice
from typing import Any

from apps.core.challenges import bits_of

MOST_AT_ONCE = 500  # reflections


def fill_came_up(reflections: Any, challenges: Any) -> None:
    """Set it anew from the rows of both tables, for a migration: few in memory, however many there are."""
    pks = reflections.order_by().values_list("pk", flat=True).iterator(chunk_size=MOST_AT_ONCE)
    while some := list(islice(pks, MOST_AT_ONCE)):
        chosen = defaultdict(list)
        rows = challenges.filter(reflection__in=some).values_list("reflection", "category", "example")
        for pk, category, example in rows:
            chosen[pk].append((category, example))
        filled = [reflections.model(pk=pk, came_up=bits_of(chosen[pk])) for pk in some]
        reflections.bulk_update(filled, ["came_up"])
