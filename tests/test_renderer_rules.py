"""What draws is called in one place, with a fetcher that fetches nothing: read from the code itself.

WeasyPrint's own fetcher reads files and the network. Whoever forgets ours once lets a report read both.
"""

import ast
from textwrap import dedent

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
RENDERER = ROOT / "apps" / "reports" / "renderer.py"
CODE = [path for path in sorted((ROOT / "apps").rglob("*.py")) if "migrations" not in path.parts]
READ_ADDRESSES = {"HTML", "CSS", "Attachment"}  # with a fetcher of WeasyPrint's unless they are given one
OUR_FETCHER = "NothingToFetch"
FROM_WORDS = {"import_module", "__import__", "import_string"}


def drawn_unsafely(code, *, may_draw=False):
    """Where code may fetch: a sentence for each use of what reads addresses, but for safe calls where it may draw."""
    tree = ast.parse(code)
    imported, parents, types = imports_of(tree), parents_of(tree), annotations_of(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and is_weasyprint(node.module) and node.names[0].name == "*":
            yield f"line {node.lineno}: everything of WeasyPrint's by no name"
        if isinstance(node, ast.Call) and last_name(node.func) in FROM_WORDS and names_weasyprint(node):
            yield f"line {node.lineno}: WeasyPrint imported by a text"
        if isinstance(node, ast.Name | ast.Attribute) and (used := full_name(node, imported)):
            above = parents[node]
            if used == "weasyprint" and not isinstance(above, ast.Attribute):
                yield f"line {node.lineno}: WeasyPrint handed on as a whole"
            elif fetches(used) and node not in types and not (may_draw and is_safe_call(above, node, parents)):
                yield f"line {node.lineno}: {used.rpartition('.')[2]}"


def imports_of(tree):
    """The full name that each imported name stands for, wherever in the file it is imported."""
    found = {}
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=module, names=names, level=level):
                before = f"apps.{module}" if level else module
                found |= {one.asname or one.name: f"{before}.{one.name}" for one in names}
            case ast.Import(names=names):
                whole = {one.asname: one.name for one in names if one.asname}
                found |= whole | {first: first for one in names if not one.asname for first in one.name.split(".")[:1]}
    return found


def parents_of(tree):
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def annotations_of(tree):
    """All that stands where a type is said: it calls nothing."""
    said = [getattr(node, place, None) for node in ast.walk(tree) for place in ("annotation", "returns")]
    return {part for one in said if one for part in ast.walk(one)}


def full_name(node, imported):
    """What a name or a dotted name stands for, if it begins with something imported."""
    match node:
        case ast.Name(id=name):
            return imported.get(name, "")
        case ast.Attribute(value=value, attr=name):
            before = full_name(value, imported)
            return f"{before}.{name}" if before else ""
    return ""


def last_name(node):
    return getattr(node, "id", getattr(node, "attr", ""))


def is_weasyprint(module):
    return str(module).partition(".")[0] == "weasyprint"


def names_weasyprint(call):
    return any(isinstance(one, ast.Constant) and is_weasyprint(one.value) for one in call.args)


def fetches(full):
    """Whether this reads addresses, also where a module of ours passes it on."""
    first, _, name = full.partition(".")
    return first in ("weasyprint", "apps") and name.rpartition(".")[2] in READ_ADDRESSES


def is_safe_call(call, called, parents):
    """Whether it is called here, with our own fetcher and no address to start from."""
    if not isinstance(call, ast.Call) or call.func is not called:
        return False
    given = {one.arg: one.value for one in call.keywords}
    starts_nowhere = isinstance(given.get("base_url"), ast.Constant) and given["base_url"].value is None
    return starts_nowhere and is_ours(given.get("url_fetcher"), parents)


def is_ours(fetcher, parents):
    """Whether this is a fetcher of ours, or a name that in its function stands for nothing else."""
    if isinstance(fetcher, ast.Name):
        given = given_to(fetcher.id, function_of(fetcher, parents))
        return bool(given) and all(isinstance(one, ast.Call) and is_ours(one, parents) for one in given)
    return isinstance(fetcher, ast.Call) and last_name(fetcher.func) == OUR_FETCHER


def function_of(node, parents):
    while not isinstance(node, ast.FunctionDef | ast.Module):
        node = parents[node]
    return node


def given_to(name, function):
    """Every value that a name is given in a function."""
    assigned = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    return [node.value for node in assigned if name in map(last_name, node.targets)]


def test_only_the_renderer_calls_what_may_fetch_and_gives_it_our_fetcher():
    found = [
        f"{path.relative_to(ROOT)}, {sentence}"
        for path in CODE
        for sentence in drawn_unsafely(path.read_text(encoding="utf-8"), may_draw=path == RENDERER)
    ]
    assert found == []


SAFE = {
    "as the renderer does": """
        from weasyprint import HTML
        def draw(html):
            fetcher = NothingToFetch()
            return HTML(string=html, base_url=None, url_fetcher=fetcher)""",
    "with a fetcher made on the spot": """
        import weasyprint
        weasyprint.CSS(string="", base_url=None, url_fetcher=NothingToFetch())""",
}
UNSAFE = {
    "without a fetcher": """
        from weasyprint import HTML
        HTML(string=html, base_url=None)""",
    "with their own fetcher": """
        from weasyprint import HTML, default_url_fetcher
        HTML(string=html, base_url=None, url_fetcher=default_url_fetcher)""",
    "with a fetcher that comes from elsewhere": """
        from weasyprint import CSS
        def style(fetcher):
            return CSS(string="", base_url=None, url_fetcher=fetcher)""",
    "with a fetcher that becomes another": """
        from weasyprint import HTML
        def draw(html):
            fetcher = NothingToFetch()
            fetcher = URLFetcher()
            return HTML(string=html, base_url=None, url_fetcher=fetcher)""",
    "with a fetcher of ours in another function alone": """
        from weasyprint import HTML
        def other():
            fetcher = NothingToFetch()
        def draw(html, fetcher):
            return HTML(string=html, base_url=None, url_fetcher=fetcher)""",
    "without an address to start from": """
        from weasyprint import HTML
        HTML(string=html, url_fetcher=NothingToFetch())""",
    "with an address to start from": """
        from weasyprint import HTML
        HTML(string=html, base_url="https://example.org/", url_fetcher=NothingToFetch())""",
    "with who knows what": """
        from weasyprint import HTML
        HTML(**said)""",
    "a file to attach": """
        from weasyprint import Attachment
        Attachment(url="file:///etc/passwd")""",
    "by another name": """
        from weasyprint import HTML as Page
        Page(string=html)""",
    "through the library": """
        import weasyprint as paper
        paper.HTML(string=html)""",
    "through one of its modules": """
        import weasyprint.text.fonts
        weasyprint.CSS(string="")""",
    "imported in a function": """
        def draw(html):
            from weasyprint import HTML
            return HTML(html)""",
    "handed on": """
        from functools import partial
        from weasyprint import CSS
        style = partial(CSS, base_url=None)""",
    "as a class to inherit from": """
        import weasyprint
        class Page(weasyprint.HTML): pass""",
    "the library handed on": """
        import weasyprint
        getattr(weasyprint, "HTML")(string=html)""",
    "as a type that is called too": """
        from weasyprint import CSS
        def style() -> CSS:
            return CSS(string="")""",
    "everything imported": "from weasyprint import *",
    "imported by a text": """
        from importlib import import_module
        getattr(import_module("weasyprint"), "HTML")(string=html)""",
}


@pytest.mark.parametrize("code", UNSAFE.values(), ids=UNSAFE)
def test_the_guard_of_drawing_sees_what_may_fetch_even_in_the_renderer(code):
    assert list(drawn_unsafely(dedent(code), may_draw=True)) != []


@pytest.mark.parametrize("code", SAFE.values(), ids=SAFE)
def test_the_guard_of_drawing_lets_a_safe_call_be_in_the_renderer_and_nowhere_else(code):
    assert list(drawn_unsafely(dedent(code), may_draw=True)) == []
    assert len(list(drawn_unsafely(dedent(code)))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "from apps.reports.renderer import HTML\nHTML(string=html)",
        "from .renderer import HTML\nHTML(string=html)",
        "from apps.reports import renderer\nrenderer.HTML(string=html)",
    ],
)
def test_the_guard_of_drawing_sees_what_the_renderer_passes_on(code):
    assert list(drawn_unsafely(code)) != []


def test_the_guard_of_drawing_has_something_to_guard():
    """It finds the calls of the renderer as it is, so after a new name of its file or fetcher it looks at something."""
    found = {sentence.rpartition(" ")[2] for sentence in drawn_unsafely(RENDERER.read_text(encoding="utf-8"))}
    assert found == {"HTML", "CSS"}
