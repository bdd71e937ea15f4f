"""A process of Keel that does what tests ask of it, one JSON line at a time. A Site starts it, with Django set up."""

import json
import sys
import time
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.journal.models import Plan
from apps.journal.reminders import ask_for_reminders
from apps.reports.actions import ask_for_chosen, ask_for_report
from apps.reports.content import GATES
from apps.reports.models import Report
from tests import factories


def prepare():
    """One person in the migrated database."""
    factories.make_person("amina@example.nhs.uk", name="Amina")


def ask(words):
    """Ask for the report of a new reflection: its id, and how long the request would have waited."""
    author = User.objects.get()
    reflection = factories.make_reflection(author, what_happened=words)
    start = time.monotonic()
    report = ask_for_report(by=author, reflection=reflection)
    return {"id": str(report.pk), "seconds": time.monotonic() - start}


def ask_to_be_reminded(email):
    """Have somebody with a plan of today ask to be reminded at this very minute, as if it had been yesterday."""
    now = timezone.localtime()
    person = User.objects.filter(email=email).first() or factories.make_person(email)
    Plan.objects.filter(pk=factories.make_reflection(person).plans.get().pk).update(look_back_on=now.date())
    ask_for_reminders(by=person, at=now.time(), now=now - timedelta(days=1))


def ask_for_portfolio(number, words):
    """Ask for the portfolio of so many new reflections: its id."""
    author = User.objects.get()
    for _ in range(number):
        factories.make_reflection(author, what_happened=words)
    asked = {"first": "", "last": "", "sections": ["challenge"], "large": False}
    said = GATES["portfolio"].gather(author, asked)
    return str(ask_for_chosen(by=author, kind=Report.Kind.PORTFOLIO, asked=asked, said=said).pk)


def again(pk):
    """Press the button that the page of a failed report has, after what it says."""
    author, report = User.objects.get(), Report.objects.get(pk=pk)
    assert report.sentence.endswith("Try again a little later."), report.sentence
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(author)
    address = reverse("reports:report_again", args=[pk])
    assert browser.post(address).url == reverse("reports:report_detail", args=[pk])


def look(pk):
    """How far a report is."""
    return Report.objects.values("state", "reason", "attempts", "step", "pages", "size").get(pk=pk)


def look_inside(pk):
    """Whether the bytes of a report are a PDF, and how many there are."""
    pdf = Report.objects.get(pk=pk).pdf
    return {"is_pdf": pdf.startswith(b"%PDF-1.7") and pdf.rstrip().endswith(b"%%EOF"), "size": len(pdf)}


def count():
    """How many reports there are."""
    return Report.objects.count()


ACTS = {
    act.__name__: act for act in (prepare, ask, ask_for_portfolio, ask_to_be_reminded, again, look, look_inside, count)
}


def main():
    """Answer until nobody asks any more."""
    for line in sys.stdin:
        name, *args = json.loads(line)
        print(json.dumps(ACTS[name](*args)), flush=True)
        connection.close()
