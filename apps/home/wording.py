"""Everything that Keel says of its own, piece by piece: content, templates, and the labels and messages in the code."""

import ast
import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from apps.coping.families import FAMILIES
from apps.coping.library import STRENGTHS, read_strategies
from apps.core.challenges import CATEGORIES
from apps.core.reading_age import Reading, in_sentences, measure
from apps.core.sources import SOURCES
from apps.home.support import read_support
from apps.reports.cpd.requirements import BODIES
from apps.reports.cpd.statement import ASKS
from apps.values.appraisals import APPRAISALS
from apps.values.cards import read_values

SHORTEST = 30  # words: in fewer, one syllable more or less moves the age by months
LABEL = re.compile(r"(\S+ ){0,2}\S*[^.?!”]\Z")  # up to three words and no full stop, such as "Sign in": no sentence

# How words stand in a template's source. A tag may hold the sign that ends an element, so elements see over it.
NOT_SAID = re.compile(r"\{#.*?#\}|<script.*?</script>|\{% block \w+_attrs %\}.*?\{% endblock %\}", re.DOTALL)
WITHIN_LINE = re.compile(r"</?(?:a|b|em|span|strong)\b(?:\{\{.*?\}\}|\{%.*?%\}|[^>])*>")
ELEMENT = re.compile(r"</?[a-z!](?:\{\{.*?\}\}|\{%.*?%\}|[^>])*>", re.IGNORECASE)
SAID_BY_PART = re.compile(r"\{% include [^%]*?\btext=\"([^\"]*)\"[^%]*%\}")
NEXT_BLOCK = re.compile(r"\{% (?:else|elif|empty|for|endfor|block|endblock|include|extends)\b.*?%\}")
SILENT = re.compile(
    r"\{% (?:end\w+|if|with|capture|autoescape|csrf_token|load|url [^%]* as)\b.*?%\}|\{\{[^}]*\|pluralize.*?\}\}"
)
FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


@dataclass(frozen=True)
class Piece:
    """What is read in one go, and where it stands."""

    place: str
    sentences: tuple[str, ...]

    @property
    def reading(self) -> Reading:
        """How hard it is to read."""
        return measure(self.sentences)

    @property
    def hardest(self) -> str:
        """The sentence to begin with: where words are many and long."""
        return max(self.sentences, key=lambda sentence: measure([sentence]).syllables)


def pieces() -> list[Piece]:
    """Every piece; what is too short to measure is read together with what lies beside it."""
    found: dict[str, list[str]] = defaultdict(list)
    for place, texts in (*content(), *templates(), *code()):
        sentences = [sentence for text in texts for sentence in in_sentences(text)]
        is_short = sum(len(sentence.split()) for sentence in sentences) < SHORTEST
        found[f"{place.rpartition('/')[0]}/*" if is_short and "/" in place else place] += sentences
    return [Piece(place, tuple(sentences)) for place, sentences in found.items() if sentences]


def content() -> Iterator[tuple[str, Iterable[str]]]:
    """What the content files say: each strategy, appraisal and challenge, and the short lines of a kind together."""
    for strategy in read_strategies():
        shown = strategy.content
        basis = (source["says"] for source in shown.sources)
        yield f"strategy {strategy.code}", (shown.summary, *shown.steps, shown.caution, *basis)
    for appraisal in APPRAISALS.values():
        yield f"appraisal {appraisal.id}", (appraisal.wording, appraisal.watch_out)
    for category in CATEGORIES.values():
        yield f"challenge {category.id}", (category.summary, *(example.text for example in category.examples))
    yield "value cards", (card.summary for card in read_values())
    yield "families", (family.summary for family in FAMILIES.values())
    yield "strengths", (strength.meaning for strength in STRENGTHS.values())
    yield "CPD requirements", (body.check for body in BODIES.values())
    yield "CPD statement", (question.hint for question in ASKS.questions)
    yield "sources", (source.reading for source in SOURCES.values())
    support = read_support(settings.BASE_DIR / "apps/home/content/support.toml")
    yield "support lines", (f"{route.when} {route.how}" for route in (*support.routes, *support.local))


def templates() -> Iterator[tuple[str, Iterable[str]]]:
    """Each page, part of a page and email, in every branch: what only some people see is read too."""
    for file in sorted((settings.BASE_DIR / "templates").rglob("*.*")):
        source = file.read_text(encoding="utf-8")
        lines = words_of_page(source) if file.suffix == ".html" else words_of_mail(source)
        yield str(file.relative_to(settings.BASE_DIR)), said(lines)


def words_of_page(source: str) -> list[str]:
    """What the source of a page says, a text for each block of it."""
    text = ELEMENT.sub("\0", WITHIN_LINE.sub("", NOT_SAID.sub("", source)))
    text = NEXT_BLOCK.sub("\0", SAID_BY_PART.sub("\0\\1\0", text))
    return html.unescape(filled_in(text)).split("\0")


def words_of_mail(source: str) -> list[str]:
    """What the source of a plain mail says, a text for each line of it."""
    return filled_in(NEXT_BLOCK.sub("\n", NOT_SAID.sub("", source))).split("\n")


def filled_in(text: str) -> str:
    """`text` with "this" for each word that is filled in when it is shown."""
    return FILLED_IN.sub("this", SILENT.sub("", text))


def code() -> Iterator[tuple[str, Iterable[str]]]:
    """Labels, hints, errors and messages, app by app. What core says is for whoever runs Keel."""
    for app in sorted(set((settings.BASE_DIR / "apps").iterdir()) - {settings.BASE_DIR / "apps/core"}):
        files = (file for file in sorted(app.rglob("*.py")) if not {"management", "migrations"} & set(file.parts))
        texts = (text for file in files for text in words_of_code(file.read_text(encoding="utf-8")))
        yield f"labels and messages in apps/{app.name}/", said(texts)


def words_of_code(source: str) -> list[str]:
    """The texts of a module that begin like a sentence and are no docstrings."""
    nodes = list(ast.walk(ast.parse(source)))
    apart = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    apart |= {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = [text_of(node) for node in nodes if id(node) not in apart]
    return [text for text in texts if re.match(r"[A-Z“]", text)]


def text_of(node: ast.AST) -> str:
    """The text that a node of a syntax tree writes, with "this" for each word that is filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) if isinstance(part, ast.Constant) else "this" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def said(texts: Iterable[str]) -> list[str]:
    """Those of `texts` that are sentences rather than labels, with single spaces."""
    tidy = (" ".join(text.split()) for text in texts)
    return [text for text in tidy if text.replace("this", "").strip() and not LABEL.match(text)]
