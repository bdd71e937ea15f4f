"""Nothing is ever fetched: not from hostile words, and not even if escaping them failed."""

import io
import subprocess
import sys
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from apps.reports import walls
from apps.reports.pdf import Refused, draw, draw_markup
from apps.reports.renderer import NothingToFetch
from tests.reports import inside
from tests.reports.readings import content

CANARY = "the heron stands in the shallow water"
CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "fetching.toml").read_text())
REFUSED = CORPUS["asks"] | {f"link to {name}": markup for name, markup in CORPUS["links"].items()}
NOTHING = CORPUS["asks_for_nothing"]


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


def in_place(markup, places):
    """The markup with the places of this test in it."""
    for name, place in places.items():
        markup = markup.replace(f"{{{name}}}", place)
    return markup


def test_corpus_is_as_long_as_promised():
    assert len(REFUSED | NOTHING) >= 35


@pytest.mark.parametrize("hostile", (REFUSED | NOTHING).values(), ids=REFUSED | NOTHING)
def test_hostile_words_are_shown_as_they_were_typed(places, hostile):
    typed = in_place(hostile, places)
    pdf = draw(content(typed, label=typed, made_by=typed)).pdf
    assert without_spaces(inside.words(pdf)).count(without_spaces(typed)) == 3
    assert inside.links(pdf) == ["https://doi.org/10.1017/S1352465823000334"]


def without_spaces(text):
    """A text without what the end of a line on paper takes away."""
    return text.replace(" ", "")


@pytest.mark.parametrize("hostile", REFUSED.values(), ids=REFUSED)
def test_hostile_markup_ends_the_drawing_if_escaping_ever_failed(places, hostile):
    with pytest.raises(Refused):
        draw_markup(page_of(in_place(hostile, places)))


@pytest.mark.parametrize("hostile", NOTHING.values(), ids=NOTHING)
def test_markup_that_asks_for_nothing_brings_nothing_in(places, hostile):
    drawn = draw_markup(page_of(in_place(hostile, places)))
    assert CANARY not in inside.words(drawn.pdf)
    assert not embedded_files(drawn.pdf)
    assert inside.links(drawn.pdf) == []


def test_link_to_the_web_or_within_the_file_is_kept():
    drawn = draw_markup(page_of('<a href="https://doi.org/10.1000/1">x</a> <a href="#y">y</a><h2 id="y">y</h2>'))
    assert inside.links(drawn.pdf) == ["https://doi.org/10.1000/1", "y"]


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
    with pytest.raises(walls.Refused):
        CSS(url=places["file"], url_fetcher=NothingToFetch(), font_config=FontConfiguration())


@pytest.mark.parametrize("method", ["fetch", "open", "__call__"])
def test_fetcher_refuses_whatever_way_it_is_called(method):
    with pytest.raises(walls.Refused):
        getattr(NothingToFetch(), method)("https://example.test/")


OUT = {
    "a fetcher that lets everything through": "HTML(string=page, url_fetcher=URLFetcher()).write_pdf()",
    "a file": "open(places['path']).read()",
    "a file by way of its own code": 'open(f\'{__import__("sys").prefix}/{"../" * 20}{places["path"]}\').read()',
    "a socket": "__import__('socket').create_connection(places['host'].split(':'))",
    "another process": "__import__('subprocess').run(['true'])",
}


@pytest.mark.parametrize("way", OUT.values(), ids=OUT)
def test_wall_behind_the_fetcher_holds(places, way):
    """Were the fetcher forgotten somewhere, a renderer could still reach nothing."""
    program = f"""
from apps.reports.renderer import HTML, URLFetcher, warm_up
from apps.reports.walls import Refused, keep_in
places, page = {places!r}, {page_of('<img alt="x" src="{http}/image"/>').format(**places)!r}
warm_up()
try:
    keep_in()
    {way}
except Refused:
    print("refused")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("refused\n", 0)
