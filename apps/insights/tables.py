"""Rows of tables whose headings lead on, for the page alone: drawn here, since there can be many (`table_rows`)."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.insights.parts import Insights, Tried

Row = tuple[SafeString, *tuple[int, ...]]


def tables(insights: Insights) -> dict[str, list[Row]]:
    """Those of kinds of challenge, of values and of strategies, by name."""
    kinds = insights.challenges.kinds if insights.challenges else ()
    values = insights.values.rows if insights.values else ()
    strategies = insights.strategies.rows if insights.strategies else ()
    library, list_url = reverse("coping:strategy_list"), reverse("journal:reflection_list")  # once: a row costs less
    time = insights.chosen.in_timeline
    return {
        "kinds": [(reflections_with(list_url, f"challenge={kind.id}", time, kind.name), kind.times) for kind in kinds],
        "values": [
            (
                lettered(row.letter, reflections_with(list_url, f"value={row.pk}", time, row.name)),
                row.lived,
                row.stepped_on,
            )
            for row in values
        ],
        "strategies": [
            (lettered(row.letter, strategy(row, library)), row.planned, row.done, row.helped) for row in strategies
        ],
    }


def reflections_with(list_url: str, said: str, time: str, name: str) -> SafeString:
    """A name that leads to the completed reflections of this time in which it came up."""
    return format_html('<a href="{}?{}&amp;state=completed&amp;time={}">{}</a>', list_url, said, time, name)


def lettered(letter: str, name: SafeString | str) -> SafeString:
    """A name after its letter in the plot, where it has one."""
    return format_html("{}. {}", letter, name) if letter else format_html("{}", name)


def strategy(row: Tried, library: str) -> SafeString | str:
    """A strategy's name, which leads to its page where it has one."""
    if row.has_page:
        page = reverse("coping:own_detail", args=[row.key]) if row.is_own else f"{library}{row.key}/"
        return format_html('<a href="{}">{}</a>', page, row.name)
    return row.name or ("Your own strategies that you deleted" if row.is_own else "Plans in your own words")
