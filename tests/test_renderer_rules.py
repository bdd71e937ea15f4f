"""What draws is called in one place, with a fetcher that fetches nothing: read from the code itself.

WeasyPrint's own fetcher reads files and the network. Whoever forgets ours once lets a report read both.
"""

import ast
import re

import pytest
from django.conf import settings

APPS = settings.BASE_DIR / "apps"
RENDERER = APPS / "reports" / "renderer.py"
KNOW_IT = {RENDERER, APPS / "reports" / "mending.py"}  # the second mends what was drawn, and draws nothing
NAMES_IT = re.compile(r"\bweasyprint\b|\b(HTML|CSS|Attachment)\(")  # in an import, a text or a call
READ_ADDRESSES = {"HTML", "CSS", "Attachment"}
OURS = "NothingToFetch"


def unsafe_calls(code):
    """The lines that call what reads addresses without a fetcher of ours, or with an address to start from."""
    tree = ast.parse(code)
    given = {ast.unparse(one.targets[0]): one.value for one in ast.walk(tree) if isinstance(one, ast.Assign)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in READ_ADDRESSES:
            said = {one.arg: one.value for one in node.keywords}
            fetcher = said.get("url_fetcher")
            made = given.get(fetcher.id) if isinstance(fetcher, ast.Name) else fetcher
            is_ours = isinstance(made, ast.Call) and getattr(made.func, "id", "") == OURS
            if not is_ours or "base_url" not in said or ast.unparse(said["base_url"]) != "None":
                yield node.lineno


def test_nothing_but_the_renderer_knows_what_draws():
    others = [path for path in APPS.rglob("*.py") if path not in KNOW_IT]
    assert [str(path) for path in others if NAMES_IT.search(path.read_text(encoding="utf-8"))] == []
    assert all(NAMES_IT.search(path.read_text(encoding="utf-8")) for path in KNOW_IT)


def test_the_renderer_gives_our_fetcher_to_all_that_reads_addresses_and_none_to_start_from():
    code = RENDERER.read_text(encoding="utf-8")
    assert code.count("HTML(") >= 1
    assert list(unsafe_calls(code)) == []
    assert "default_url_fetcher" not in code


@pytest.mark.parametrize(
    "code",
    [
        "HTML(string=html, base_url=None)",
        "HTML(string=html, url_fetcher=NothingToFetch())",
        "HTML(string=html, base_url='https://example.org/', url_fetcher=NothingToFetch())",
        "weasyprint.CSS(string='', base_url=None, url_fetcher=default_url_fetcher)",
        "fetcher = URLFetcher()\nCSS(string='', base_url=None, url_fetcher=fetcher)",
        "HTML(**said)",
        "Attachment(url='file:///etc/passwd')",
    ],
)
def test_the_guard_of_drawing_sees_a_call_that_may_fetch(code):
    assert list(unsafe_calls(code)) == [len(code.splitlines())]
