"""From frozen values to the bytes of a tagged PDF (decision 0010).

Nothing is ever fetched: a person's words enter only through an autoescaped template, so whatever asks for an address
is an escaping bug, and the drawing stops at once. Imported by the worker alone, for it takes a second to load.
"""

import gc
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, NoReturn, Protocol

import pydyf
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

STYLESHEET = settings.BASE_DIR / "static" / "print.css"
ZERO_WIDTH_SPACE_IN_PDF = b"<200b>"


class Content(Protocol):
    """What a gate gave for one report: frozen values, and the template that draws them."""

    template: ClassVar[str]

    def on_paper(self, undrawable: Collection[str]) -> dict[str, Any]:
        """What the template draws, every text ready for paper; letters in `undrawable` are named."""


@dataclass(frozen=True)
class Drawn:
    """A finished PDF."""

    pdf: bytes
    pages: int


class NothingToFetch(URLFetcher):
    """Ends the drawing at the first address anything asks for, whatever it is, and remembers that it was asked."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.asked = False

    def fetch(self, url: str, headers: object = None) -> NoReturn:
        """Raises FatalURLFetchingError, which does not repeat `url`: it may hold a person's words."""
        self.asked = True
        raise FatalURLFetchingError("A report asked for an address")


def draw(content: Content) -> Drawn:
    """The report of this content. Letters that no font here has are drawn again by name.

    Raises FatalURLFetchingError when the markup asks for any address.
    """
    drawn, undrawable = draw_markup(markup(content))
    if undrawable:
        drawn, _ = draw_markup(markup(content, undrawable))
    return drawn


def markup(content: Content, undrawable: frozenset[str] = frozenset()) -> str:
    """The report as XHTML, every text escaped by the template engine."""
    context = {"content": content, "service_name": settings.SERVICE_NAME, **content.on_paper(undrawable)}
    return render_to_string(content.template, context)


def draw_markup(html: str) -> tuple[Drawn, frozenset[str]]:
    """The PDF of a page of markup, and the letters in it that no font here has."""
    stylesheet, fonts = stylesheet_and_fonts()
    fetcher = NothingToFetch()
    with undrawable_letters() as undrawable, collector_off():
        page = HTML(string=html, base_url=None, url_fetcher=fetcher)
        document = page.render(font_config=fonts, stylesheets=[stylesheet])
        pdf = document.write_pdf(pdf_variant="pdf/ua-1", finisher=name_every_glyph)
    if fetcher.asked:  # WeasyPrint's drawing of SVG swallows even the fatal error
        raise FatalURLFetchingError("A report asked for an address")
    return Drawn(pdf, len(document.pages)), frozenset(undrawable)


@cache
def stylesheet_and_fonts() -> tuple[CSS, FontConfiguration]:
    """Both once a process: a fresh font configuration for each report would leak 0.2 MB a time."""
    fonts = FontConfiguration()
    css = STYLESHEET.read_text(encoding="utf-8")
    sheet = CSS(string=css, base_url=None, url_fetcher=NothingToFetch(), font_config=fonts)
    gc.collect()
    gc.freeze()  # what is loaded by now stays: the collector need not look at it after each report
    return sheet, fonts


@contextmanager
def collector_off() -> Iterator[None]:
    """Collect once after a report, not in it: 450 reports then grow a worker by 1 MB instead of 3."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


@contextmanager
def undrawable_letters() -> Iterator[set[str]]:
    """The letters WeasyPrint warns about while it draws; its log would name them, so it is kept from going further."""
    letters: set[str] = set()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.msg.startswith(".notdef glyph") and isinstance(record.args, tuple):
                letters.add(str(record.args[0]))

    logger, listener = logging.getLogger("weasyprint"), Listener()
    before = logger.level, logger.propagate
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(listener)
    try:
        yield letters
    finally:
        logger.removeHandler(listener)
        logger.level, logger.propagate = before


def name_every_glyph(_document: Document, pdf: pydyf.PDF) -> None:
    """Give glyphs that share one letter with their neighbour, as in Devanagari, a name: PDF/UA wants one for each."""
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and b"1 begincodespacerange" in stream.stream:
            stream.stream = [
                entry[:-2] + ZERO_WIDTH_SPACE_IN_PDF if isinstance(entry, bytes) and entry.endswith(b"> <>") else entry
                for entry in stream.stream
            ]
