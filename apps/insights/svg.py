"""Plots as SVG, for pages and for paper, in one colour: what differs is filled, shaded or open.

Written here and not by a template, which takes as long for the frame of one plot as this for nine with their dots.
Shapes that look alike are one path: few long ones are drawn sooner than many small ones. A dot is a line of no length
with a round end, the shortest way to say it; an open one has a smaller dot of the colour of paper in it. Colour and
letters in the attributes are paper's, which writes currentColor so; a page has its own.
"""

from collections import defaultdict
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from apps.insights.plots import Plot

EDGE = 1  # how thick a line around a shape is


def svg_of(plot: "Plot", *, left: int, right: int) -> SafeString:
    """The whole drawing; lines across go from `left` to `right`, and the number of each stands before it."""
    lines = "".join(f"M{left} {mark.y}H{right}" for mark in plot.marks)
    drawn = (
        f'<svg class="app-plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 {plot.height}" role="img"'
        ' fill="currentColor" font-family="Noto Sans, sans-serif" font-size="12">',
        f"<title>{escape(plot.title)}</title>",
        f'<path d="{lines}" stroke="currentColor" stroke-width="0.75" stroke-opacity="0.4"/>',
        '<g class="app-plot__mark" color="#005eb8" fill="currentColor" stroke="currentColor">',
        *shapes(plot),
        "</g>",
        *(f'<text x="{left - 6}" y="{y + 4:.4g}" text-anchor="end">{number}</text>' for number, y in plot.marks),
        *(f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(said)}</text>' for said, x, y, anchor in plot.texts),
        "</svg>",
    )
    # The title and each text are escaped where they are put in; all else in a plot is numbers or this file's.
    return mark_safe("\n".join(drawn))  # noqa: S308


class Written(dict[float, str]):
    """Numbers as they are written: in a plot the same few come again and again, and to write one takes the longest."""

    def __missing__(self, number: float) -> str:
        return self.setdefault(number, str(number))


def shapes(plot: "Plot") -> Iterator[str]:
    """Bars, then joins, which lie below dots: one path for all that look alike."""
    bars, dots, written = defaultdict(list), defaultdict(list), Written()
    for x, y, width, height, shade in plot.bars:
        bars[shade].append(f"M{x} {y}h{width}v{height}h-{width}z")
    for x, y, radius, is_open in plot.dots:
        dots[radius, is_open].append(f"M{written[x]} {written[y]}h0")
    for shade, paths in sorted(bars.items()):
        yield f'<path d="{"".join(paths)}" fill-opacity="{shade}"/>'
    if plot.joins:
        joined = "".join(f"M{x} {y}L{to_x} {to_y}" for x, y, to_x, to_y in plot.joins)
        yield f'<path d="{joined}" stroke-width="0.75"/>'
    for (radius, is_open), paths in sorted(dots.items()):
        path = f'd="{"".join(paths)}" stroke-linecap="round"'
        yield f'<path {path} stroke-width="{2 * radius + EDGE}"/>'
        if is_open:
            yield f'<path class="app-plot__hole" {path} stroke="#ffffff" stroke-width="{2 * radius - EDGE}"/>'
