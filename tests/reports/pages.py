"""What the tests of the report pages ask of a page."""

import re

from django.urls import reverse


def address(name, report):
    return reverse(f"reports:{name}", args=[report.pk])


def heading(response):
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode()).group(1)
