"""Draws XHTML as a tagged PDF: the program of a process of its own, which `process.py` starts and ends (decision 0027).

It knows no key, no database and no setting of Keel's. Words come in by the one pipe it has and leave by it as a PDF. It
fetches nothing, links to nothing but pages of the web, and each report has its bounds: what breaks them, breaks alone.
"""

import gc
import logging
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NoReturn

from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from apps.reports.drawn import WHOLE, Drawn
from apps.reports.mending import finish
from apps.reports.walls import Refused, TooLarge, serve

ROOT = Path(__file__).parent.parent.parent
STYLESHEET = ROOT / "static" / "print.css"
MOST_PAGES = 500
SAMPLE = (
    '<html lang="en-GB"><head><title>x</title></head><body><h1>x</h1><p>x <b>x</b> \N{GRINNING FACE}</p></body></html>'
)


class NothingToFetch(URLFetcher):
    """Ends the drawing at the first address anything asks for, whatever it is, and remembers that it was asked."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.asked = False

    def fetch(self, url: str, headers: object = None) -> NoReturn:
        """Raises Refused, which does not repeat `url`: it may hold a person's words."""
        self.asked = True
        raise Refused("A report asked for an address")


# --- Drawing ---


def draw(html: str, kind: str = WHOLE) -> Drawn:
    """The PDF of a page of markup. Letters that no font here has are drawn by name. Raises Refused, and TooLarge."""
    try:
        with undrawable_letters() as undrawable:
            drawn = draw_as_it_is(html, kind)
        return draw_as_it_is(named(html, undrawable), kind) if undrawable else drawn
    except FatalURLFetchingError:  # WeasyPrint's own word, were the fetcher ever to fail by itself
        raise Refused("A report asked for an address") from None


def draw_as_it_is(html: str, kind: str) -> Drawn:
    """The PDF of a page of markup. Raises Refused, and TooLarge."""
    stylesheet, fonts = stylesheet_of(kind), all_fonts()
    fetcher = NothingToFetch()
    page = HTML(string=html, base_url=None, url_fetcher=fetcher)
    document = page.render(font_config=fonts, stylesheets=[stylesheet])
    if len(document.pages) > MOST_PAGES:
        raise TooLarge
    allow_links_to_the_web_alone(document)
    allow_title_and_language_alone(document)
    places = {name: number for number, page in reversed([*enumerate(document.pages, 1)]) for name in page.anchors}
    keep_links_to_other_parts(document)
    pdf = document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    if fetcher.asked:  # WeasyPrint's drawing of SVG swallows even the fatal error
        raise Refused("A report asked for an address")
    return Drawn(pdf, len(document.pages), places)


@cache
def all_fonts() -> FontConfiguration:
    """Once a process: a fresh font configuration for each report would leak 0.2 MB a time."""
    return FontConfiguration()


@cache
def stylesheet_of(kind: str) -> CSS:
    """The stylesheet as it is for a whole report or for a kind of part, which it knows as kinds of media."""
    fetcher = NothingToFetch()
    return CSS(string=rules(), base_url=None, media_type=kind, url_fetcher=fetcher, font_config=all_fonts())


@cache
def rules() -> str:
    """What the stylesheet says, read while files may still be read."""
    return STYLESHEET.read_text(encoding="utf-8")


def allow_links_to_the_web_alone(document: Document) -> None:
    """Raises Refused for a link to anything but `https:` and this same file."""
    links = [(kind, str(target)) for page in document.pages for kind, target, *_ in page.links]
    if not all(kind == "internal" or (kind == "external" and to.startswith("https://")) for kind, to in links):
        raise Refused("A report links to something else than a page of the web")


def allow_title_and_language_alone(document: Document) -> None:
    """Drop whatever else the markup would tell about itself. A file to attach stays, for the fetcher to refuse."""
    said = document.metadata
    document.metadata = DocumentMetadata(title=said.title, lang=said.lang, attachments=said.attachments)


def keep_links_to_other_parts(document: Document) -> None:
    """Let a link to a place that is not here lead to the first page: WeasyPrint would drop it. Joining leads it on."""
    named = {name for page in document.pages for name in page.anchors}
    led_to = {target for page in document.pages for kind, target, *_ in page.links if kind == "internal"}
    document.pages[0].anchors.update(dict.fromkeys(led_to - named, (0, 0, 0, 0)))


# --- Letters that no font here has ---


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


def named(html: str, letters: set[str]) -> str:
    """The markup with these letters in words. None of them is a sign of markup: every font has those."""
    return html.translate({ord(letter): name_of(letter) for letter in letters})


def name_of(letter: str) -> str:
    """A letter in words, such as `[slightly smiling face]`, or its number where it has no name."""
    return f"[{unicodedata.name(letter, '').lower() or f'U+{ord(letter):04X}'}]"


# --- The program ---


def draw_frames(kind: bytes, html: bytes) -> Drawn:
    """What `draw` gives for a page of markup that came in by the pipe."""
    return draw(html.decode(), kind.decode())


def warm_up() -> None:
    """Load all that a report needs. What is there by now stays: the collector need not look at it again."""
    gc.disable()
    draw(SAMPLE)
    gc.collect()
    gc.freeze()


def main() -> None:
    """Warm up, then draw for whoever started this."""
    warm_up()
    serve(draw_frames)
