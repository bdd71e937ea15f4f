"""Where the compass's pages are, what they say and draw, and how tests fill a compass."""

import re
import uuid
from datetime import timedelta
from xml.etree import ElementTree

from django.utils import timezone

from apps.values import actions
from apps.values.models import Pick, Placing, ValueCard

COMPASS, CHOOSE, PLACE, SKIP = "/values/", "/values/choose/", "/values/place/", "/values/skip/"
SVG = "{http://www.w3.org/2000/svg}"


def cards(*codes: str) -> list[ValueCard]:
    """Library cards by code."""
    return [ValueCard.objects.library().get(code=code) for code in codes]


def choose(person, *codes: str, own=()) -> list[ValueCard]:
    """Put values on somebody's compass; those on it then, in its order."""
    actions.choose_values(by=person, cards=cards(*codes), own=own)
    return [pick.card for pick in Pick.objects.owned_by(person)]


def picked(person) -> list[str]:
    """The names on somebody's compass, in its order."""
    return [pick.card.name for pick in Pick.objects.owned_by(person)]


def place(person, card: ValueCard, *closenesses: int) -> None:
    """Placings a day apart, the last of them now."""
    now = timezone.now()
    days = range(len(closenesses) - 1, -1, -1)
    Placing.objects.bulk_create(
        Placing(owner=person, card=card, closeness=closeness, placed_at=now - timedelta(days=day))
        for day, closeness in zip(days, closenesses, strict=True)
    )


def answers(closeness: dict[ValueCard, object], page_key=None) -> dict[str, object]:
    """What the page of placing sends."""
    sent = {f"closeness-{card.pk}": number for card, number in closeness.items()}
    return sent | {"page_key": page_key or uuid.uuid4()}


def placings(person) -> list[tuple[str, int]]:
    """Every placing of somebody's, the oldest first, as name and closeness."""
    return [(row.card.name, row.closeness) for row in Placing.objects.owned_by(person)]


def drawings(response) -> list[ElementTree.Element]:
    """The drawings of a page. Fails unless each is sound XML."""
    found = re.findall(r"<svg class=\"app-plot\".*?</svg>", response.content.decode(), re.DOTALL)
    return [ElementTree.fromstring(svg) for svg in found]


def drawn_numbers(svg: ElementTree.Element) -> list[int]:
    """The numbers in the dots of a compass."""
    return [int(text.text) for text in svg.iter(f"{SVG}text") if text.get("class") == "app-plot__closeness"]


def title(svg: ElementTree.Element) -> str:
    """What a drawing says to those who cannot see it."""
    return svg.findtext(f"{SVG}title").strip()


def tables(response) -> list[list[int]]:
    """The numbers of each table of a page."""
    found = re.findall(r"<tbody.*?</tbody>", response.content.decode(), re.DOTALL)
    return [[int(number) for number in re.findall(r'cell--numeric">(\d+)<', table)] for table in found]
