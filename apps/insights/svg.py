"""Plots as SVG, for pages and for paper, in one colour: what differs is filled, shaded or open.

Written here and not by a template, which takes as long for the frame of one plot as this for nine with their dots.
Shapes of one shade are one path: few long ones are read and drawn sooner than many small ones. Colour and letters in
the attributes are paper's, which writes currentColor so; a page has its own.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from apps.insights.plots import Plot

HEAD = (
    '<svg class="app-plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 {height}" role="img" '
    'fill="currentColor" font-family="Noto Sans, sans-serif" font-size="12">\n<title>{title}</title>\n'
    '<path d="{lines}" stroke="currentColor" stroke-width="0.75" stroke-opacity="0.4"/>\n'
    '<g class="app-plot__mark" color="#005eb8" fill="currentColor" stroke="currentColor">\n'
)


def svg_of(plot: "Plot", *, left: int, right: int) -> SafeString:
    """The whole drawing; lines across go from `left` to `right`, and the number of each stands before it."""
    lines = "".join(f"M{left} {mark.y}H{right}" for mark in plot.marks)
    head = HEAD.format(height=plot.height, title=escape(plot.title), lines=lines)
    drawn = "\n".join((*shapes(plot), "</g>", *words(plot, left), "</svg>"))
    return mark_safe(head + drawn)  # noqa: S308  words are escaped, and all else is numbers


def shapes(plot: "Plot") -> Iterator[str]:
    """Joins first, so that they lie below; then bars and dots, one path for each shade."""
    if plot.joins:
        joined = "".join(f"M{join.x} {join.y}L{join.to_x} {join.to_y}" for join in plot.joins)
        yield f'<path d="{joined}" stroke-width="0.75"/>'
    alike = defaultdict(list)
    for x, y, width, height, shade in plot.bars:
        alike[shade].append(f"M{x} {y}h{width}v{height}h-{width}z")
    for x, y, radius, shade in plot.dots:
        alike[shade].append(f"M{x} {y}{circle(radius)}")
    for shade, paths in sorted(alike.items()):
        yield f'<path d="{"".join(paths)}" fill-opacity="{shade}"/>'


def words(plot: "Plot", left: int) -> Iterator[str]:
    """The numbers of marks, and texts."""
    for mark in plot.marks:
        yield f'<text x="{left - 6}" y="{round(mark.y + 4, 1)}" text-anchor="end">{mark.number}</text>'
    for text in plot.texts:
        yield f'<text x="{text.x}" y="{text.y}" text-anchor="{text.anchor}">{escape(text.words)}</text>'


@cache
def circle(radius: float) -> str:
    """A circle around the point reached: two half circles from its left. Radii are few, dots are many."""
    half, across = f"a{radius} {radius} 0 1 0", 2 * radius
    return f"m-{radius} 0{half} {across} 0{half} -{across} 0z"
