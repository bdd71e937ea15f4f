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
    also = f"&amp;state=completed&amp;time={insights.chosen.in_timeline}"
    return {
        "kinds": [
            (format_html(f'<a href="{list_url}?challenge={kind.id}{also}">{{}}</a>', kind.name), kind.times)
            for kind in kinds
        ],
        "values": [
            (
                lettered(row.letter, f'<a href="{list_url}?value={row.pk}{also}">{{}}</a>', row.name),
                row.lived,
                row.stepped_on,
            )
            for row in values
        ],
        "strategies": [(strategy(row, library), row.planned, row.done, row.helped) for row in strategies],
    }


def lettered(letter: str, pattern: str, name: str) -> SafeString:
    """A name in a piece of HTML, after its row's letter in the plot where it has one."""
    return format_html(f"{letter}. {pattern}" if letter else pattern, name)


def strategy(row: Tried, library: str) -> SafeString:
    """A strategy's name, which leads to its page where it has one."""
    if row.has_page:
        page = reverse("coping:own_detail", args=[row.key]) if row.is_own else f"{library}{row.key}/"
        return lettered(row.letter, f'<a href="{page}">{{}}</a>', row.name)
    said = row.name or ("Your own strategies that you deleted" if row.is_own else "Plans in your own words")
    return lettered(row.letter, "{}", said)
