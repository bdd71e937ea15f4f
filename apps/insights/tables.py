"""Rows of tables whose headings lead on, for the page alone: drawn here, since there can be many (`table_rows`)."""

from django.urls import reverse

from apps.core.templatetags.page import Within
from apps.insights.parts import Insights, Tried

Row = tuple[Within, *tuple[int, ...]]


def tables(insights: Insights) -> dict[str, list[Row]]:
    """Those of kinds of challenge, of values, of closeness and of strategies, by name."""
    kinds = insights.challenges.kinds if insights.challenges else ()
    values = insights.values.rows if insights.values else ()
    close = insights.closeness.rows if insights.closeness else ()
    strategies = insights.strategies.rows if insights.strategies else ()
    library, list_url = reverse("coping:strategy_list"), reverse("journal:reflection_list")  # once: a row costs less

    def reflections(letter: str, which: str, name: str) -> Within:
        also = f"&amp;state=completed&amp;time={insights.chosen.in_timeline}"
        return lettered(letter, f'<a href="{list_url}?{which}{also}">{{}}</a>', name)

    return {
        "kinds": [(reflections("", f"challenge={kind.id}", kind.name), kind.times) for kind in kinds],
        "values": [(reflections(row.letter, f"value={row.pk}", row.name), row.lived, row.stepped_on) for row in values],
        "closeness": [
            (reflections(row.letter, f"value={row.pk}", row.name), row.answers, row.lowest, row.highest)
            for row in close
        ],
        "strategies": [(strategy(row, library), row.planned, row.done, row.helped) for row in strategies],
    }


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
