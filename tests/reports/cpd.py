"""CPD statements of the cast, and how a page sends one."""

import uuid
from datetime import date

from django.urls import reverse

from apps.reports.cpd.actions import write_statement

RECORD = "/reports/cpd/"
SAYS = {
    "done_on": date(2026, 3, 2),
    "activity": "A day about pacing: wagtail",
    "learned": "Small steps hold: dipper",
    "principle": "Behavioural activation",
    "changed": "I plan one step at a time",
    "evidence": "Certificate in my folder",
    "next_step": "Try it with the sleep diary",
    "linked_to_cbt": True,
}


def write(person, **others):
    """A statement that this person wrote."""
    return write_statement(by=person, page_key=uuid.uuid4(), says=SAYS | others)


def address(name, statement):
    """Where one of a statement's pages is."""
    return reverse(f"reports:cpd_{name}", args=[statement.pk])


def sent(*, day=SAYS["done_on"], **others):
    """A statement as a browser sends it."""
    words = {name: text for name, text in SAYS.items() if name not in ("done_on", "linked_to_cbt")}
    parts = {"done_on_day": str(day.day), "done_on_month": str(day.month), "done_on_year": str(day.year)}
    return words | parts | {"linked_to_cbt": "on", "page_key": str(uuid.uuid4())} | others
