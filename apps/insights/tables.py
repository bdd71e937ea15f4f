"""The tables of the page, beside their plots or behind them; those whose headings lead on are the page's alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.core.templatetags.page import Within
from apps.insights.parts import Close, Fared, Insights, Tried


@dataclass(frozen=True)
class Table:
    """Rows below the heads of their columns, the first of which names each row."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]
    numeric: bool = True  # its cells are numbers, not words
    words: bool = False  # what names the rows may be somebody's own words
    is_behind: bool = False  # it is behind its plot, which says what it is


def tables(insights: Insights) -> dict[str, Table]:
    """Those of the parts that there are, by name."""
    library, list_url = reverse("coping:strategy_list"), reverse("journal:reflection_list")  # once: a row costs less
    found = {}

    def reflections(which: str, name: str, letter: str = "") -> Within:
        also = f"&amp;state=completed&amp;time={insights.chosen.in_timeline}"
        return lettered(letter, f'<a href="{list_url}?{which}{also}">{{}}</a>', name)

    def value(row: Close | Fared) -> Within:
        return reflections(f"value={row.pk}", row.name, row.letter)

    if challenges := insights.challenges:
        kinds = [(reflections(f"challenge={kind.id}", kind.name), kind.times) for kind in challenges.kinds]
        caption = "Reflections by where a challenge lies, the oldest first"
        found["places"] = Table(caption, ("When", "Work", "Clients", "Self"), challenges.over, is_behind=True)
        caption = "Kinds of challenge, with the way to your reflections"
        found["kinds"] = Table(caption, ("What came up", "Reflections"), kinds)
    if strain := insights.strain:
        caption = "Strain before and after, the oldest first"
        found["strain"] = Table(caption, ("When", "Before", "After"), strain.over, numeric=False, is_behind=True)
    if values := insights.values:
        fared = [(value(row), row.lived, row.stepped_on) for row in values.rows]
        caption = "Values, with the way to your reflections"
        found["values"] = Table(caption, ("Value", "Lived", "Stepped on"), fared, words=True)
    if closeness := insights.closeness:
        close = [
            (value(row) if row.came_up else placed(row), row.answers, row.lowest, row.highest) for row in closeness.rows
        ]
        caption = "How close, with the way to your reflections"
        found["close"] = Table(caption, ("Value", "Answers", "Lowest", "Highest"), close, words=True)
        caption, heads = "Each answer by value, the oldest first", ("When", *(row.letter for row in closeness.rows))
        found["closeness"] = Table(caption, heads, closeness.over, numeric=False, is_behind=True)
    if strategies := insights.strategies:
        tried = [(strategy(row, library), row.planned, row.done, row.helped) for row in strategies.rows]
        heads = ("Strategy", "Planned", "Done", "Helped")
        found["strategies"] = Table("Strategies in your plans", heads, tried, words=True)
    return found


def placed(row: Close) -> Within:
    """A value that came up in no reflection leads to where it was placed."""
    return lettered(row.letter, f'<a href="{reverse("values:value_detail", args=[row.pk])}">{{}}</a>', row.name)


def lettered(letter: str, pattern: str, name: str) -> Within:
    """A name in a piece of HTML, after its row's letter in the plot where it has one."""
    return Within(f"{letter}. {pattern}" if letter else pattern, name)


def strategy(row: Tried, library: str) -> Within:
    """A strategy's name, which leads to its page where it has one."""
    if row.has_page:
        page = reverse("coping:own_detail", args=[row.key]) if row.is_own else f"{library}{row.key}/"
        return lettered(row.letter, f'<a href="{page}">{{}}</a>', row.name)
    said = row.name or ("Your own strategies that you deleted" if row.is_own else "Plans in your own words")
    return lettered(row.letter, "{}", said)
