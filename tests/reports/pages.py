"""What the tests of the report pages ask of a page."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from apps.reports.models import Report

COUNTS = ["challenges", "strain", "values", "closeness", "strategies"]
PHASES = ["challenge", "values", "coping"]


def address(name, report):
    return reverse(f"reports:{name}", args=[report.pk])


def heading(response):
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode()).group(1)


def page_of(kind):
    return reverse("reports:report_choose", args=[kind])


def period_page(first, last):
    return reverse("reports:report_period", args=[first.isoformat(), last.isoformat()])


def this_month():
    """The page of a period summary in which both Amina's and Ben's reflections lie."""
    today = timezone.localdate()
    return period_page(today - timedelta(days=27), today)


def text_of(response):
    return response.content.decode()


def checked(browser, page, **said):
    """The report asked for once what is in it was seen."""
    seen = browser.post(page, said).context["seen"]
    response = browser.post(page, said | {"checked": "yes", "seen": seen})
    assert response.status_code == 302, text_of(response)
    return Report.objects.latest("created_at")
