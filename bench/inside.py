"""What is measured without a server: opening sealed texts in memory, and drawing a PDF in two ways."""

import re
from collections.abc import Callable

from django.conf import settings
from django.test import Client
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from apps.accounts.models import User
from apps.core.sealed import SealedField
from apps.journal.models import AppraisalAnswer, FollowUp, Plan, Reflection
from apps.journal.timeline import TEXTS
from apps.reports.content import Content
from apps.reports.pdf import draw
from bench.rows import NEEDLE, Author


def scan_in_memory(author: User) -> Callable[[], int]:
    """Opens every own sealed text from memory and looks for the needle: the least that the search can cost."""
    mine = {"reflection__author": author}
    values = [
        *sealed_values(Reflection, TEXTS, author=author),
        *sealed_values(AppraisalAnswer, ("text",), **mine),
        *sealed_values(Plan, ("when", "will"), **mine),
        *sealed_values(FollowUp, ("note", "when", "will"), author=author),
    ]

    def scan() -> int:
        hits = sum(NEEDLE in field.open(sealed, pk).casefold() for field, sealed, pk in values)
        assert hits == 1
        return hits

    return scan


def sealed_values(model: type, names: tuple[str, ...], **mine: object) -> list[tuple[SealedField, object, object]]:
    """Each sealed value with its field and its row's id."""
    fields = [model._meta.get_field(name) for name in names]
    rows = model.objects.filter(**mine).values_list("pk", *names)
    return [(field, sealed, pk) for pk, *row in rows for field, sealed in zip(fields, row, strict=True)]


def draw_warm(content: Content) -> Callable[[], object]:
    """The report as a warm worker draws it."""
    return lambda: draw(content)


def draw_naive(author: Author) -> Callable[[], object]:
    """The same words in the way that comes first to mind: the web page, with NHS.UK's stylesheet in it."""
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(author.user)
    page = browser.get(f"/journal/{author.completed}/").content.decode()
    page = re.sub(r"<(script|link)\b[^>]*>(</script>)?|<svg\b.*?</svg>", "", page, flags=re.DOTALL)
    css = (settings.VAR_DIR / "assets" / "nhsuk" / "nhsuk-frontend.min.css").read_text(encoding="utf-8")

    def naive() -> bytes:
        html = page.replace("</head>", f"<style>{css}</style></head>")
        return HTML(string=html).write_pdf(font_config=FontConfiguration(), pdf_variant="pdf/ua-1")

    return naive
