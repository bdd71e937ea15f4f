"""`manage.py content_map`: prints which source each piece of content rests on, for docs/content.md."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand

from apps.coping.families import FAMILIES
from apps.coping.library import STRENGTHS, read_strategies
from apps.core.challenges import CATEGORIES
from apps.core.sources import SOURCES
from apps.journal.questions import read_questions
from apps.reports.cpd.requirements import BODIES
from apps.reports.cpd.statement import ASKS
from apps.values.appraisals import APPRAISALS
from apps.values.cards import read_values


class Command(BaseCommand):
    """Prints the content map; a test holds docs/content.md to it."""

    help = "Print the tables of docs/content.md: what each piece of content rests on."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every table."""
        self.stdout.write(content_map())


def content_map() -> str:
    """All the tables, as Markdown."""
    return "\n\n".join(
        [questions(), challenges(), values(), appraisals(), strategies(), registers(), statement(), sources()]
    )


def table(heading: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """One table under its heading."""
    columns = list(columns)
    lines = [columns, ["---"] * len(columns), *rows]
    return f"## {heading}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def questions() -> str:
    """Questions of the phases."""
    rows = ((q.phase, q.label, q.why, q.section, ", ".join(q.sources)) for q in read_questions())
    return table("Questions", ("Phase", "Question", "Why it is asked", "Section", "Rests on"), rows)


def challenges() -> str:
    """Categories, with how many of their examples lie with client, self and organisation."""
    rows = []
    for category in CATEGORIES.values():
        loci = [example.locus.value for example in category.examples]
        counts = (str(loci.count(locus)) for locus in "CSO")
        rows.append((category.id, category.name, *counts, ", ".join(category.sources)))
    return table("Work challenges", ("", "Category", "C", "S", "O", "Rests on"), rows)


def values() -> str:
    """Value cards."""
    rows = ((card.code, card.name, ", ".join(card.sources)) for card in read_values())
    return table("Value cards", ("", "Card", "Rests on"), rows)


def appraisals() -> str:
    """Appraisals, by number."""
    in_order = sorted(APPRAISALS.values(), key=lambda appraisal: int(appraisal.id[1:]))
    rows = ((a.id, a.label, " ".join(a.fits), ", ".join(a.sources)) for a in in_order)
    return table("Appraisals", ("", "Appraisal", "Fits", "Rests on"), rows)


def strategies() -> str:
    """Strategies, with their family and how much they rest on."""
    return table("Coping strategies", ("", "Strategy", "Family", "Fits", "Strength", "Rests on"), strategy_rows())


def strategy_rows() -> Iterator[tuple[str, ...]]:
    """A row for each strategy."""
    for file in read_strategies():
        content = file.content
        family, strength = FAMILIES[content.family].name, STRENGTHS[content.strength].name
        keys = ", ".join(citation["key"] for citation in content.sources)
        yield file.code, content.name, family, " ".join(content.fits), strength, keys


def registers() -> str:
    """What registers ask of CPD, with the day on which that was read."""
    columns = ("Register", "Activities a year", "Linked to CBT", "Hours", "Read on", "Rests on")
    rows = (
        (body.name, str(body.activities), str(body.linked), str(body.hours or ""), str(body.noted_on), body.source.key)
        for body in BODIES.values()
    )
    return table("What registers ask of CPD", columns, rows)


def statement() -> str:
    """What a CPD statement asks, with the day on which that was noted."""
    keys = ", ".join(source.key for source in ASKS.sources)
    rows = ((one.label, str(ASKS.noted_on), keys) for one in ASKS.questions)
    return table("What a CPD statement asks", ("Question", "Noted on", "Rests on"), rows)


def sources() -> str:
    """Sources, with how far each was read."""
    rows = ((s.key, f"[{s.cite}]({s.link})" if s.link else s.cite, s.kind, s.reading) for s in SOURCES.values())
    return table("Sources", ("Key", "Source", "Kind", "How far we read it"), rows)
