"""Nothing is ever fetched: not from hostile words, and not even if escaping them failed."""

import io
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from apps.reports.pdf import NothingToFetch, draw, draw_markup
from tests.reports import inside
from tests.reports.readings import content

CANARY = "the heron stands in the shallow water"
# {http} is a server of this test, {file} a file with the canary, {host} the server without its scheme.
ASKS = {
    "attachment in a link element": '<link rel="attachment" href="{file}"/>',
    "attachment over http": '<link rel="attachment" href="{http}/attachment"/>',
    "attachment in an anchor": '<a rel="attachment" href="{file}">x</a>',
    "stylesheet": '<link rel="stylesheet" href="{http}/style.css"/>',
    "stylesheet from a file": '<link rel="stylesheet" href="{file}"/>',
    "alternate spelling of file": '<link rel="stylesheet" href="FILE://{path}"/>',
    "file on localhost": '<link rel="stylesheet" href="file://localhost{path}"/>',
    "import": "<style>@import url({http}/import.css);</style>",
    "import as a string": '<style>@import "{file}";</style>',
    "font": "<style>@font-face {{ font-family: x; src: url({http}/font.ttf) }} p {{ font-family: x }}</style>",
    "font from a file": "<style>@font-face {{ font-family: x; src: url({file}) }} p {{ font-family: x }}</style>",
    "background": '<p style="background: url({http}/background.png)">x</p>',
    "background in a sheet": "<style>p {{ background-image: url({http}/b.png) }}</style>",
    "list image": '<ul style="list-style-image: url({http}/list.png)"><li>x</li></ul>',
    "border image": '<p style="border-image: url({http}/border.png) 1">x</p>',
    "generated content": "<style>p::before {{ content: url({http}/content.png) }}</style>",
    "page background": "<style>@page {{ background: url({http}/page.png) }}</style>",
    "image": '<img alt="x" src="{http}/image.png"/>',
    "image from a file": '<img alt="x" src="{file}"/>',
    "image from cloud metadata": '<img alt="x" src="http://169.254.169.254/latest/meta-data/"/>',
    "image over ftp": '<img alt="x" src="ftp://{host}/image.png"/>',
    "image from data": '<img alt="x" src="data:image/png;base64,iVBORw0KGgo="/>',
    "image that redirects": '<img alt="x" src="{http}/redirect"/>',
    "image with its own base": '<base href="{http}/"/><img alt="x" src="relative.png"/>',
    "image with a scheme nobody knows": '<img alt="x" src="gopher://{host}/x"/>',
    "object": '<object data="{http}/object.svg">x</object>',
    "object from a file": '<object data="{file}">x</object>',
    "embed": '<embed src="{http}/embed.svg"/>',
    "svg image": '<svg width="9" height="9"><image href="{http}/svg.png" width="9" height="9"/></svg>',
    "svg image, older": '<svg width="9" height="9"><image xlink:href="{file}" width="9" height="9"/></svg>',
    "svg nested in data": '<img alt="x" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E%3C/svg%3E"/>',
}
ASKS_FOR_NOTHING = {
    "script": "<script>fetch('{http}/script')</script>",
    "frame": '<iframe src="{http}/frame"></iframe>',
    "entity": '<!DOCTYPE x [<!ENTITY y SYSTEM "{file}">]><p>&y;</p>',
    "refresh": '<meta http-equiv="refresh" content="0; url={http}/refresh"/>',
    "processing instruction": '<?xml-stylesheet href="{http}/pi.css"?>',
    "svg use": '<svg width="9" height="9"><use href="{http}/use.svg#x"/></svg>',
    "svg style": '<svg width="9" height="9"><style>@import url({http}/svg.css);</style></svg>',
    "form": '<form action="{http}/form"><input/></form>',
}


class Counting(BaseHTTPRequestHandler):
    """Counts who asks, and answers with something that may be taken for anything."""

    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(302 if self.path == "/redirect" else 200)
        self.send_header("Location", "/redirected")
        self.end_headers()
        self.wfile.write(CANARY.encode())

    def log_message(self, *_words):
        """Not to the terminal."""


@pytest.fixture(scope="module")
def server():
    with HTTPServer(("127.0.0.1", 0), Counting) as counting:
        thread = threading.Thread(target=counting.serve_forever, daemon=True)
        thread.start()
        yield counting
        counting.shutdown()
        thread.join()


@pytest.fixture
def places(server, tmp_path):
    """Where hostile markup would like to look."""
    Counting.asked.clear()
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    host = f"127.0.0.1:{server.server_port}"
    yield {"http": f"http://{host}", "host": host, "file": secret.as_uri(), "path": str(secret)}
    assert Counting.asked == []


@pytest.mark.parametrize("hostile", [*ASKS.values(), *ASKS_FOR_NOTHING.values()], ids=[*ASKS, *ASKS_FOR_NOTHING])
def test_hostile_words_are_shown_as_they_were_typed(places, hostile):
    typed = hostile.format(**places)
    pdf = draw(content(typed, label=typed, made_by=typed)).pdf
    assert without_spaces(inside.words(pdf)).count(without_spaces(typed)) == 3
    assert inside.links(pdf) == ["https://doi.org/10.1017/S1352465823000334"]


def without_spaces(text):
    """A text without what the end of a line on paper takes away."""
    return text.replace(" ", "")


@pytest.mark.parametrize("hostile", ASKS.values(), ids=ASKS)
def test_hostile_markup_ends_the_drawing_if_escaping_ever_failed(places, hostile):
    with pytest.raises(FatalURLFetchingError) as caught:
        draw_markup(page_of(hostile.format(**places)))
    assert CANARY not in str(caught.value)
    assert places["path"] not in str(caught.value)


@pytest.mark.parametrize("hostile", ASKS_FOR_NOTHING.values(), ids=ASKS_FOR_NOTHING)
def test_markup_that_asks_for_nothing_brings_nothing_in(places, hostile):
    drawn, _ = draw_markup(page_of(hostile.format(**places)))
    assert CANARY not in inside.words(drawn.pdf)
    assert not embedded_files(drawn.pdf)


def page_of(body):
    return f'<html lang="en-GB"><head><title>x</title></head><body>{body}<p>x</p></body></html>'


def embedded_files(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return list(file.attachments)


def test_a_renderer_left_to_itself_would_have_fetched(server, tmp_path):
    """The twin: what WeasyPrint does with the same markup when nobody stops it."""
    Counting.asked.clear()
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    body = f'<link rel="attachment" href="{secret.as_uri()}"/><img alt="x" src="http://127.0.0.1:{server.server_port}/image"/>'
    pdf = HTML(string=page_of(body)).write_pdf()
    assert Counting.asked == ["/image"]
    assert embedded_files(pdf)


def test_stylesheet_given_by_address_ends_the_drawing_too(places):
    with pytest.raises(FatalURLFetchingError):
        CSS(url=places["file"], url_fetcher=NothingToFetch(), font_config=FontConfiguration())


@pytest.mark.parametrize("method", ["fetch", "open", "__call__"])
def test_fetcher_refuses_whatever_way_it_is_called(method):
    with pytest.raises(FatalURLFetchingError):
        getattr(NothingToFetch(), method)("https://example.test/")
