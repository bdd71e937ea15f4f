"""What each part is called, and its tables: the same for the page, where their headings lead on, and for paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from apps.core.templatetags.page import address
from apps.insights.gather.evidence import Evidence
from apps.insights.parts import Challenges, Closeness, Insights
from apps.insights.ranges import Range

HEAD, CELL, NUMERIC = "nhsuk-table__header", "nhsuk-table__cell", "--numeric"
SECTIONS = {
    "challenges": "What came up",
    "strain": "Strain before and after",
    "values": "Values lived and stepped on",
    "closeness": "How close values felt",
    "strategies": "Planned, done and found helpful",
}
EVIDENCE_SECTIONS = {"kinds": "Kinds of challenge", "weeks": "Week by week"}


class Heading(NamedTuple):
    """What names a row: words, after its letter in a plot where it has one, which may lead somewhere."""

    words: str
    href: str = ""
    letter: str = ""

    def __str__(self) -> str:
        return f"{self.letter}. {self.words}" if self.letter else self.words

    @property
    def html(self) -> str:
        """As it is drawn."""
        words = escape(self.words)
        named = f'<a href="{escape(self.href)}">{words}</a>' if self.href else words
        return f"{escape(self.letter)}. {named}" if self.letter else named


Leads = Callable[..., Heading]  # names a row after its reflections, to which it leads


@dataclass(frozen=True)
class Table:
    """Rows below the heads of their columns, the first of which names each row."""

    caption: str
    heads: Sequence["str | Heading"]
    rows: Sequence[Sequence[Any]]
    numeric: bool = True  # its cells are numbers, not words
    words: bool = False  # what names the rows may be somebody's own words
    is_behind: bool = False  # it is behind its plot, which says what it is

    @property
    def html(self) -> SafeString:
        """The table itself, drawn as a plot is: seven of them by a template would take as long as counting."""
        caption = "nhsuk-u-visually-hidden" if self.is_behind else "nhsuk-table__caption--s"
        first, *others = (head.html if isinstance(head, Heading) else escape(head) for head in self.heads)
        css = f"{HEAD} {HEAD}{NUMERIC}" if self.numeric else HEAD
        drawn = (
            '<table class="nhsuk-table">',
            f'<caption class="nhsuk-table__caption {caption}">{escape(self.caption)}</caption>',
            f'<thead class="nhsuk-table__head"><tr><th class="{HEAD}" scope="col">{first}</th>',
            *(f'<th class="{css}" scope="col">{head}</th>' for head in others),
            '</tr></thead>\n<tbody class="nhsuk-table__body">',
            *(self.row(name, *cells) for name, *cells in self.rows),
            "</tbody></table>",
        )
        # Caption, heads, names, addresses and cells are escaped where they are put in; the rest is this file's.
        return mark_safe("\n".join(drawn))  # noqa: S308

    def row(self, name: Any, *cells: Any) -> str:
        """One row."""
        named = name.html if isinstance(name, Heading) else escape(str(name))
        css = f"{CELL} {CELL}{NUMERIC}" if self.numeric else CELL
        said = f'</td><td class="{css}">'.join([str(cell) if isinstance(cell, int) else escape(cell) for cell in cells])
        head = f"{HEAD} app-words" if self.words else HEAD
        heading = f'<th class="{head}" scope="row">{named}</th>'
        return f'<tr class="nhsuk-table__row">{heading}<td class="{css}">{said}</td></tr>'


def tables(insights: Insights) -> dict[str, dict[str, Table]]:
    """Those of each part that there is, by the name of the part and their own."""
    reflections, found = ways_to_reflections(insights.chosen), {}
    if insights.challenges:
        found["challenges"] = challenges_tables(insights.challenges, reflections)
    if strain := insights.strain:
        caption, when = "Strain before and after, the oldest first", ("When", "Before", "After")
        found["strain"] = {"given": Table(caption, when, strain.over, numeric=False, is_behind=True)}
    if values := insights.values:
        fared = [
            (reflections(f"value={row.pk}", row.name, row.letter), row.lived, row.stepped_on) for row in values.rows
        ]
        caption = "How often each value was lived and stepped on"
        found["values"] = {"fared": Table(caption, ("Value", "Lived", "Stepped on"), fared, words=True)}
    if insights.closeness:
        found["closeness"] = closeness_tables(insights.closeness, reflections)
    if strategies := insights.strategies:
        tried = [
            (reflections(f"strategy={row.key}", row.name, row.letter), row.planned, row.done, row.helped)
            for row in strategies.rows
        ]
        heads = ("Strategy", "Planned", "Done", "Helped")
        found["strategies"] = {"tried": Table("Strategies in plans", heads, tried, words=True)}
    return found


def challenges_tables(part: Challenges, reflections: Leads) -> dict[str, Table]:
    """Places over time, and kinds."""
    ways = [reflections(f"challenge={one.locus}", one.name) if one.times else one.name for one in part.places]
    kinds = [(reflections(f"challenge={kind.id}", kind.name), kind.times) for kind in part.kinds]
    caption = "Reflections by where a challenge lies, the oldest first"
    return {
        "places": Table(caption, ("When", *ways), part.over, is_behind=True),
        "kinds": Table("Kinds of challenge", ("What came up", "Reflections"), kinds),
    }


def closeness_tables(part: Closeness, reflections: Leads) -> dict[str, Table]:
    """Values, and each answer over time. A value that came up in no reflection leads to where it was placed."""
    ways = [
        reflections(f"value={row.pk}", row.name, row.letter)
        if row.came_up
        else Heading(row.name, reverse("values:value_detail", args=[row.pk]), row.letter)
        for row in part.rows
    ]
    close = [(way, row.answers, row.lowest, row.highest) for way, row in zip(ways, part.rows, strict=True)]
    lettered = ("When", *(row.letter for row in part.rows))
    heads = ("Value", "Answers", "Lowest", "Highest")
    return {
        "close": Table("How close values were, from 0 to 10", heads, close, words=True),
        "given": Table("Each answer by value, the oldest first", lettered, part.over, numeric=False, is_behind=True),
    }


def evidence_tables(evidence: Evidence) -> dict[str, Table]:
    """Those of the evidence page, by the name of their part."""
    number = len(evidence.weeks)
    shown = 3 if number > 4 else 2  # columns; of four weeks both counts are the same
    heads = ("What came up", "Last 4 weeks", f"All {number} weeks")[:shown]
    kinds = [(kind.name, kind.lately, kind.times)[:shown] for kind in evidence.kinds]
    weeks = [
        (week.days, week.reflections, "; ".join(f"{kind.name}: {kind.times}" for kind in week.kinds))
        for week in evidence.weeks_with_some
    ]
    return {
        "kinds": Table("Reflections in which each kind came up", heads, kinds),
        "weeks": Table(
            "Reflections in each week, the oldest first", ("Week", "Reflections", "What came up"), weeks, numeric=False
        ),
    }


def ways_to_reflections(chosen: Range) -> Leads:
    """Names rows after their reflections in the range chosen, to which each leads."""
    list_url, rest = address("journal:reflection_list"), f"&state=completed&time={chosen.in_timeline}"

    def lead(which: str, name: str, letter: str = "") -> Heading:
        return Heading(name, f"{list_url}?{which}{rest}", letter)

    return lead
