"""The few tags that pages need."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

NAVIGATION = (
    ("home:home", "Home"),
    ("journal:reflection_list", "Your reflections"),
    ("values:compass", "Your values compass"),
    ("coping:strategy_list", "Coping strategies"),
    ("journal:plan_list", "Your coping plans"),
    ("insights:insights", "Your insights"),
    ("supervision:summary_list", "Sharing"),
    ("reports:report_list", "Your reports"),
)


@register.simple_block_tag
def capture(content: str) -> SafeString:
    """Keep a piece of a page under a name, to say it twice: `{% capture as title %}...{% endcapture %}`."""
    return mark_safe(content.strip())  # noqa: S308  drawn by the template, so escaped there already


@register.simple_tag
def report_kept() -> str:
    """How long a finished report can be downloaded, in words: `{% report_kept %}`."""
    hours = settings.REPORT_KEPT_HOURS
    return "1 hour" if hours == 1 else f"{hours} hours"


class Within(NamedTuple):
    """Words within a piece of HTML of ours, which has {} in their place."""

    pattern: str
    words: str


@register.simple_tag
def attributes(given: dict[str, Any]) -> SafeString:
    """An element's attributes, as Django's forms write them, without a loop for each of a page's hundred inputs."""
    return flatatt(given)


@register.simple_tag
def table_heads(heads: Sequence[str], *, numeric: bool = False) -> SafeString:
    """The heads of a table's columns as one pattern, the first of which stands above what names its rows."""
    css = "nhsuk-table__header nhsuk-table__header--numeric" if numeric else "nhsuk-table__header"
    first, others = '<th class="nhsuk-table__header" scope="col">{}</th>', f'<th class="{css}" scope="col">{{}}</th>'
    return format_html(first + others * (len(heads) - 1), *heads)


@register.simple_tag
def table_rows(rows: Sequence[Sequence[Any]], *, numeric: bool = False, words: bool = False) -> SafeString:
    """Rows of a table, each a heading (`words`: somebody's own) and its cells, where a loop would be too slow.

    All rows are one pattern, which holds the numbers; Django puts in what is text.
    """
    heading = "nhsuk-table__header app-words" if words else "nhsuk-table__header"
    css = "nhsuk-table__cell nhsuk-table__cell--numeric" if numeric else "nhsuk-table__cell"
    pattern, texts = [], []
    for first, *cells in rows:
        within = first if isinstance(first, Within) else Within("{}", first)
        texts += [within.words, *(cell for cell in cells if not isinstance(cell, int))]
        pattern.append(f'<tr class="nhsuk-table__row"><th class="{heading}" scope="row">{within.pattern}</th>')
        pattern += [f'<td class="{css}">{cell if isinstance(cell, int) else "{}"}</td>' for cell in cells]
        pattern.append("</tr>\n")
    return format_html("".join(pattern), *texts) if rows else SafeString("")


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> SafeString:
    """The signed-in person's way round, with the page or the section that is open marked."""
    path = context["request"].path
    home, *others = sections()
    nowhere = home if path == home else ""
    section = max((href for href in others if path.startswith(href)), key=len, default=nowhere)
    return drawn_navigation(section, "page" if section == path else "true")


@register.simple_tag
@cache
def footer(organisation: str) -> SafeString:
    """The foot of every page: the same for everybody, so drawn once in a process."""
    return render_to_string("layouts/footer.html", {"service_organisation": organisation})


@cache
def sections() -> dict[str, str]:
    """Where each section begins, and what it is called."""
    return {reverse(name): text for name, text in NAVIGATION}


@cache
def drawn_navigation(section: str, how: str) -> SafeString:
    """The way round with this section marked, or none: the same for everybody, so drawn once in a process."""
    items = [
        {"href": href, "text": text, "current": how if href == section else ""} for href, text in sections().items()
    ]
    return render_to_string("layouts/navigation.html", {"items": items})
