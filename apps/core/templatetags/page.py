"""The few tags that pages need."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html_join
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


@register.simple_tag
def table_rows(rows: Sequence[Sequence[Any]], *, numeric: bool = False, words: bool = False) -> SafeString:
    """Rows of a table, each a heading (`words`: somebody's own) and its cells, where a loop would be too slow."""
    heading = "nhsuk-table__header app-words" if words else "nhsuk-table__header"
    css = "nhsuk-table__cell nhsuk-table__cell--numeric" if numeric else "nhsuk-table__cell"
    cells = f'<td class="{css}">{{}}</td>' * (len(rows[0]) - 1 if rows else 0)
    row = f'<tr class="nhsuk-table__row"><th class="{heading}" scope="row">{{}}</th>{cells}</tr>'
    return format_html_join("\n", row, rows)


@register.inclusion_tag("layouts/navigation.html", takes_context=True)
def navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The signed-in person's way round, with the page or the section that is open marked."""
    path = context["request"].path
    items = [{"href": reverse(name), "text": text} for name, text in NAVIGATION]
    sections = [item["href"] for item in items if path.startswith(item["href"])]
    open_section = max(sections, key=len, default="")
    for item in items:
        if item["href"] == path:
            item["current"] = "page"
        elif item["href"] == open_section != reverse("home:home"):
            item["current"] = "true"
    return {"items": items}
