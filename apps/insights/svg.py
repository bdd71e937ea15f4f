"""Plots as SVG, for pages and for paper, in one colour: what differs is filled, shaded or open.

Written here and not by a template, which takes as long for the frame of one plot as this for nine with their dots.
Shapes that look alike are one path: few long ones are read and drawn sooner than many small ones. A dot is a line of
no length with a round end, the shortest way to say it; an open one has a smaller dot of the colour of paper in it.
Colour and letters in the attributes are paper's, which writes currentColor so; a page has its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from apps.insights.plots import Plot

HEAD = (
    '<svg class="app-plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 {height}" role="img" '
    'fill="currentColor" font-family="Noto Sans, sans-serif" font-size="12">\n<title>{title}</title>\n'
    '<path d="{lines}" stroke="currentColor" stroke-width="0.75" stroke-opacity="0.4"/>\n'
    '<g class="app-plot__mark" color="#005eb8" fill="currentColor" stroke="currentColor">\n'
)
EDGE = 1  # how thick a line around a shape is
DOTS = '<path d="{}" stroke-linecap="round" stroke-width="{}"/>'
HOLES = '<path class="app-plot__hole" d="{}" stroke="#ffffff" stroke-linecap="round" stroke-width="{}"/>'


def svg_of(plot: "Plot", *, left: int, right: int) -> SafeString:
    """The whole drawing; lines across go from `left` to `right`, and the number of each stands before it."""
    lines = "".join(f"M{left} {mark.y}H{right}" for mark in plot.marks)
    head = format_html(HEAD, height=plot.height, title=plot.title, lines=lines)
    return format_html("{}{}\n</g>\n{}\n</svg>", head, one_below_another(shapes(plot)), words(plot, left))


def one_below_another(pieces: Iterable[SafeString]) -> SafeString:
    """Each on a line of its own."""
    return format_html_join("\n", "{}", ((piece,) for piece in pieces))


def shapes(plot: "Plot") -> Iterator[SafeString]:
    """Bars, then joins, which lie below dots: one path for all that look alike."""
    bars, dots = defaultdict(list), defaultdict(list)
    for x, y, width, height, shade in plot.bars:
        bars[shade].append(f"M{x} {y}h{width}v{height}h-{width}z")
    for x, y, radius, is_open in plot.dots:
        dots[radius, is_open].append(f"M{x} {y}h0")
    for shade, paths in sorted(bars.items()):
        yield format_html('<path d="{}" fill-opacity="{}"/>', "".join(paths), shade)
    if plot.joins:
        joined = "".join(f"M{join.x} {join.y}L{join.to_x} {join.to_y}" for join in plot.joins)
        yield format_html('<path d="{}" stroke-width="0.75"/>', joined)
    for (radius, is_open), paths in sorted(dots.items()):
        yield format_html(DOTS, "".join(paths), round(2 * radius + EDGE, 2))
        if is_open:
            yield format_html(HOLES, "".join(paths), round(2 * radius - EDGE, 2))


def words(plot: "Plot", left: int) -> SafeString:
    """The numbers of marks, and texts."""
    numbers = [(left - 6, round(mark.y + 4, 1), "end", mark.number) for mark in plot.marks]
    texts = [(text.x, text.y, text.anchor, text.words) for text in plot.texts]
    return format_html_join("\n", '<text x="{}" y="{}" text-anchor="{}">{}</text>', [*numbers, *texts])
