"""What came up in each reflection, kept beside it as a sum of bits: made anew where the content says otherwise."""

from collections import defaultdict
from typing import Any

from apps.core.challenges import bits_of

MOST_AT_ONCE = 500  # reflections


def fill_came_up(reflections: Any, challenges: Any) -> None:
    """Set it anew from the rows of both tables, for a migration: few in memory, however many there are."""
    pks = list(reflections.order_by().values_list("pk", flat=True))
    for start in range(0, len(pks), MOST_AT_ONCE):
        some = pks[start : start + MOST_AT_ONCE]
        chosen = defaultdict(list)
        for pk, category, example in challenges.filter(reflection__in=some).values_list(
            "reflection", "category", "example"
        ):
            chosen[pk].append((category, example))
        rows = [reflections.model(pk=pk, came_up=bits_of(chosen[pk])) for pk in some]
        reflections.bulk_update(rows, ["came_up"])
