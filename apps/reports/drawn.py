"""What a renderer gives: known to the process that draws and to the worker that asked, and knowing neither."""

from collections.abc import Mapping
from dataclasses import dataclass, field

WHOLE = "print"  # what the stylesheet calls a report that is drawn at once


@dataclass(frozen=True)
class Drawn:
    """A finished PDF; of a part also on which of its pages, counted from 1, each named place is."""

    pdf: bytes
    pages: int
    places: Mapping[str, int] = field(default_factory=dict)
