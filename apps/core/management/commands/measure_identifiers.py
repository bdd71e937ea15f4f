"""Measures the identifier check against sentences whose identifiers are marked."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.core.identifiers import Finding, Kind, find

SENTENCES = "tests/core/identifier_sentences.toml"
MARK = re.compile(r"\[(?P<kind>[a-z_]+)\|(?P<words>[^\]]+)\]")


@dataclass
class Level:
    """How the check does on marked sentences, counted by kind."""

    sentences: int = 0
    marked: Counter[Kind] = field(default_factory=Counter)
    missed: list[tuple[Kind, str]] = field(default_factory=list)
    false_alarms: list[tuple[Kind, str]] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        """Check one marked sentence."""
        text, marks = read_marks(sentence)
        findings = find(text)
        self.sentences += 1
        self.marked.update(mark.kind for mark in marks)
        self.missed += [(mark.kind, text) for mark in marks if not any(meets(mark, found) for found in findings)]
        self.false_alarms += [(found.kind, text) for found in findings if not any(meets(mark, found) for mark in marks)]


def measure(path: Path) -> Level:
    """How the check does on every sentence in the file."""
    level = Level()
    for sentences in tomllib.loads(path.read_text(encoding="utf-8")).values():
        for sentence in sentences:
            level.add(sentence)
    return level


def read_marks(sentence: str) -> tuple[str, list[Finding]]:
    """The sentence without its marks, and the places they marked."""
    text, marks, last = "", [], 0
    for match in MARK.finditer(sentence):
        text += sentence[last : match.start()]
        marks.append(Finding(len(text), len(text) + len(match["words"]), Kind(match["kind"])))
        text, last = text + match["words"], match.end()
    return text + sentence[last:], marks


def meets(mark: Finding, found: Finding) -> bool:
    """Whether the check points at the marked place, as the marked kind."""
    return mark.kind == found.kind and mark.start < found.end and found.start < mark.end


class Command(BaseCommand):
    """Prints misses and false alarms by kind, and the sentences they were in."""

    help = __doc__

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=settings.BASE_DIR / SENTENCES)

    def handle(self, *, file: Path, **_options: Any) -> None:
        try:
            level = measure(file)
        except FileNotFoundError as error:
            raise CommandError(f"{file} is not there. Give the path of a file of marked sentences.") from error
        missed, alarms = Counter(kind for kind, _ in level.missed), Counter(kind for kind, _ in level.false_alarms)
        self.stdout.write(f"{level.sentences} sentences, {level.marked.total()} identifiers")
        self.stdout.write(f"{'kind':<12}{'marked':>8}{'missed':>8}{'false alarms':>14}")
        for kind in Kind:
            self.stdout.write(f"{kind:<12}{level.marked[kind]:>8}{missed[kind]:>8}{alarms[kind]:>14}")
        for heading, places in (("Missed", level.missed), ("False alarms", level.false_alarms)):
            self.stdout.write(f"\n{heading}")
            for kind, text in places:
                self.stdout.write(f"  {kind}: {text}")
