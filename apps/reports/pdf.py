"""From frozen values to the bytes of a tagged PDF (decisions 0010, 0027 and 0030).

A person's words enter only through an autoescaped template. A process of its own draws them: `process.py`. What many
reflections make long is drawn in parts: `parts.py`.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.template.loader import render_to_string

from apps.reports.parts import draw_in_parts, parts_of
from apps.reports.process import Drawn, Refused, RendererFailed, TooMuch, renderer
from apps.reports.states import Look, Tell, blindly, quietly

__all__ = ["Content", "Drawn", "Refused", "RendererFailed", "TooMuch", "draw", "draw_markup", "markup"]


class Content(Protocol):
    """What a gate gave for one report: frozen values, and the template that draws them."""

    template: ClassVar[str]

    @property
    def version(self) -> int:
        """Of what it is made from."""

    @property
    def large(self) -> bool:
        """Whether it is drawn in large print."""

    @property
    def is_long(self) -> bool:
        """Whether it may be of very many reflections, and so be drawn in parts."""

    def on_paper(self) -> dict[str, Any]:
        """What the template draws, every text ready for paper."""


def draw(content: Content, tell: Tell = quietly, look: Look = blindly) -> Drawn:
    """The PDF of what a gate gave. Raises Refused, TooMuch and RendererFailed.

    After each part `tell` hears how many pages are drawn, and about how many there will be; each second of waiting
    `look` sees whether somebody still waits. What they raise ends it all.
    """
    on_paper = content.on_paper()
    if content.is_long and (parts := parts_of(on_paper)):
        return draw_in_parts(on_paper, parts, partial(page, content), large=content.large, tell=tell, look=look)
    return draw_markup(page(content, content.template, on_paper), look)


def markup(content: Content) -> str:
    """The report as XHTML, every text escaped by the template engine."""
    return page(content, content.template, content.on_paper())


def page(content: Content, template: str, on_paper: Mapping[str, Any]) -> str:
    """A report or a part of one as XHTML, every text escaped by the template engine."""
    return render_to_string(template, {"content": content, "service_name": settings.SERVICE_NAME, **on_paper})


def draw_markup(html: str, look: Look = blindly) -> Drawn:
    """The PDF of a page of markup, whose title becomes the file's. Raises Refused, TooMuch and RendererFailed."""
    return renderer.draw(html, look=look)
