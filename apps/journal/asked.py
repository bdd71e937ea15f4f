"""What the coping page was asked to show. It stands in the page's address, so it is numbers and never words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from apps.journal.models import MOST_PLANS

TIMES = (2, 10, 30)  # minutes somebody may have
MOST_OTHERS = 99  # far more than there are to see


@dataclass(frozen=True)
class Asked:
    """So many plans at least, what fits into so many minutes first (0: any time), and which of the suggestions."""

    plans: int = 1
    minutes: int = 0
    others: int = 0  # how often others were asked for

    @classmethod
    def read(cls, address: Mapping[str, Any]) -> "Asked":
        """What an address asks for. What makes no sense is as if it were not there."""
        sense = {"plans": range(1, MOST_PLANS + 1), "minutes": TIMES, "others": range(1, MOST_OTHERS + 1)}
        known = {name: {str(number): number for number in numbers} for name, numbers in sense.items()}
        found = {name: known[name].get(str(address.get(name, ""))) for name in known}
        return cls(**{name: number for name, number in found.items() if number})

    def but(self, **changes: int) -> str:
        """The same with `changes`, as an address says it."""
        return urlencode({name: number for name, number in asdict(replace(self, **changes)).items() if number})


NOTHING_ASKED = Asked()
