"""The walls of the house, read from the code itself: doors, names, sizes, and what no page may hold."""

import ast
import re
import tomllib
from statistics import median

import pytest
from django.apps import apps
from django.conf import settings

from apps.core.access import addresses
from config.access import OURS

ROOT = settings.BASE_DIR
DOORS = {
    "owned_by",
    "readable_by",
    "published",
    "supervised_by",
    "joining",
    "offered_to",
    "received_by",
}  # each says in words whose rows they are
LONGEST_FUNCTION, LONGEST_VIEW, USUAL_FUNCTION = 40, 25, 10  # lines
LONGEST_FILE, LONGEST_TEMPLATE = 300, 80  # lines


def files(pattern, *folders):
    return [
        path for folder in folders for path in sorted((ROOT / folder).rglob(pattern)) if "migrations" not in path.parts
    ]


def here(path):
    return str(path.relative_to(ROOT))


CODE = files("*.py", "apps", "config", "scripts", "bench", "tests")
VIEWS = files("views*.py", "apps")
TEMPLATES = files("*.html", "templates")
SCRIPTS = files("*.js", "static")
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in CODE}


def functions(path):
    """Every function in a file with its length in lines, its decorators and docstring counted."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(TREES[path]):
        if isinstance(node, kinds):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            yield node.name, node.end_lineno - first + 1


# --- Doors only ------------------------------------------------------------------------------------------------------


def without_a_door(tree):
    """Where a view reaches rows by anything but a door: something else after `Model.objects`, or a bare model."""
    entered = {
        node.func.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in DOORS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and node not in entered:
            yield f"line {node.lineno}: .objects without a door"
        if isinstance(node, ast.Attribute) and node.attr in ("_base_manager", "_default_manager"):
            yield f"line {node.lineno}: {node.attr}"
        if is_shortcut(node) and not isinstance(node.args[0], ast.Call):
            yield f"line {node.lineno}: {node.func.id} on a bare model"


def is_shortcut(node):
    shortcuts = ("get_object_or_404", "get_list_or_404")
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in shortcuts


@pytest.mark.parametrize("path", VIEWS, ids=here)
def test_view_reaches_rows_through_a_door_only(path):
    assert list(without_a_door(TREES[path])) == []


@pytest.mark.parametrize(
    "code",
    [
        "Reflection.objects.get(pk=pk)",
        "Reflection.objects.all().owned_by(user)",
        "rows = Reflection.objects",
        "Reflection._base_manager.owned_by(user)",
        "get_object_or_404(Reflection, pk=pk)",
        "get_object_or_404(Reflection.objects, pk=pk)",
    ],
)
def test_the_guard_of_the_doors_sees_a_way_round_them(code):
    assert list(without_a_door(ast.parse(code))) != []


def test_the_guard_of_the_doors_lets_a_door_be_used():
    assert list(without_a_door(ast.parse("get_object_or_404(Reflection.objects.owned_by(user).whole(), pk=pk)"))) == []


def test_every_door_used_in_a_view_says_in_a_sentence_whose_rows_they_are():
    defined = {
        node.name: ast.get_docstring(node)
        for path in files("models.py", "apps")
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.FunctionDef) and node.name in DOORS
    }
    assert defined
    assert all(defined.values())


def test_no_person_leads_back_to_private_rows():
    """`related_name="+"` on each key to a person: no reverse accessor walks round the doors."""
    person = apps.get_model(settings.AUTH_USER_MODEL)
    back = [
        str(relation.field)
        for relation in person._meta.related_objects
        if relation.related_model.__module__.startswith("apps.") and not relation.hidden
    ]
    assert back == []


def test_every_module_of_pages_and_of_acts_is_named_where_the_one_is_kept_from_the_other():
    """A new views_*.py is easily forgotten there: import-linter takes no part of a name for a pattern."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    kept = next(contract for contract in contracts if contract["name"] == "Rules know nothing of pages")
    for start, named in (("views", "forbidden_modules"), ("forms", "forbidden_modules"), ("actions", "source_modules")):
        modules = {f"apps.*.{path.stem}" for path in (ROOT / "apps").glob(f"*/{start}*.py")}
        assert modules, start
        assert modules <= set(kept[named])


# --- One name, four places -------------------------------------------------------------------------------------------


OWN_ADDRESSES = [(name, pattern) for name, _, pattern in addresses() if name in OURS]


@pytest.mark.parametrize(("name", "pattern"), OWN_ADDRESSES, ids=[name for name, _ in OWN_ADDRESSES])
def test_address_and_view_have_one_name(name, pattern):
    app, _, own = name.partition(":")
    assert (pattern.callback.__module__.split(".")[1], pattern.callback.__name__) == (app, own)


@pytest.mark.parametrize("name", OURS)
def test_address_has_tests_that_start_with_its_name(name):
    app, _, own = name.partition(":")
    tests = [function for path in CODE if path.is_relative_to(ROOT / "tests" / app) for function, _ in functions(path)]
    assert [test for test in tests if test.startswith(f"test_{own}_")], f"tests/{app}/ has no test_{own}_..."


# --- Sizes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CODE, ids=here)
def test_code_file_and_its_functions_are_short_enough_to_hold_in_the_head(path):
    most = LONGEST_VIEW if path in VIEWS else LONGEST_FUNCTION
    assert [f"{name} has {lines} lines" for name, lines in functions(path) if lines > most] == []
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_most_functions_are_a_few_lines():
    own = [path for path in CODE if not path.is_relative_to(ROOT / "tests")]
    assert median(lines for path in own for _, lines in functions(path)) <= USUAL_FUNCTION


def test_templates_look_their_addresses_up():
    """Error pages write them down: what looks addresses up may be what broke."""
    lean = {ROOT / "templates" / "layouts" / "error.html", *(ROOT / "templates").glob("[45]*.html")}
    written_down = re.compile(r"""(?:href|action)=["']/""")
    assert [here(path) for path in TEMPLATES if path not in lean and written_down.search(path.read_text())] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=here)
def test_template_is_short_enough_to_hold_in_the_head(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_TEMPLATE


# --- What no page may hold -------------------------------------------------------------------------------------------


INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style on an element": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a script on an element": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script as an address": re.compile(r"javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE
    ),
    "unescaped words": re.compile(r"\|\s*safe\b|\{%\s*autoescape off"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=here)
def test_template_holds_nothing_that_the_content_policy_forbids(path):
    text = path.read_text(encoding="utf-8")
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<script>alert(1)</script>", "a script in the page"),
        ('<script type="module">x</script>', "a script in the page"),
        ("<STYLE>p{}</STYLE>", "a style in the page"),
        ('<p class="a" style="color:red">', "a style on an element"),
        ('<button onclick="go()">', "a script on an element"),
        ('<a href="javascript:go()">', "a script as an address"),
        ('<link rel="stylesheet" href="//fonts.example.org/a.css">', "something from elsewhere"),
        ("{{ text|safe }}", "unescaped words"),
    ],
)
def test_the_guard_of_the_templates_sees_what_it_looks_for(html, what):
    assert [name for name, pattern in INLINE.items() if pattern.search(html)] == [what]


KEPT_IN_THE_BROWSER = re.compile(
    r"localStorage|sessionStorage|indexedDB|caches\.open|serviceWorker|document\.cookie\s*="
)
MARKUP_FROM_WORDS = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")


@pytest.mark.parametrize("path", SCRIPTS, ids=here)
def test_script_keeps_no_words_in_the_browser_and_makes_no_markup_of_them(path):
    text = path.read_text(encoding="utf-8")
    assert KEPT_IN_THE_BROWSER.findall(text) == []
    assert MARKUP_FROM_WORDS.findall(text) == []


def test_the_guards_have_something_to_guard():
    assert all(len(found) > few for found, few in ((CODE, 50), (VIEWS, 3), (TEMPLATES, 50), (SCRIPTS, 3)))


# --- Decisions -------------------------------------------------------------------------------------------------------


def test_decisions_have_a_number_each_and_those_that_code_names_are_there():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))
    named = {number for path in CODE for number in re.findall(r"decision (\d{4})", path.read_text(encoding="utf-8"))}
    assert named
    assert named <= set(numbers)
