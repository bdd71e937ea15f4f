"""What a report and its file are called: the usual print and the large print of one thing are told apart everywhere."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.urls import reverse
from django.utils import timezone

from apps.core.keyring import KeyRing
from apps.reports.actions import ask_for_copy, ask_for_report
from apps.reports.cpd.actions import ask_for_statement
from apps.reports.models import Report
from tests.reports.cpd import write
from tests.reports.making import made
from tests.reports.pages import address, checked, page_of, text_of

KINDS = ["reflection", "summary", "statement", "evidence"]

pytestmark = pytest.mark.usefixtures("sent")


@pytest.fixture
def browsers(amina, sam):
    """Whose each kind is."""
    return dict.fromkeys(KINDS, amina) | {"summary": sam}


@pytest.fixture
def both(request, world, amina):
    """The usual and the large print of one thing of this kind, each really made."""

    def of(kind):
        if kind == "evidence":
            said = {"weeks": "12", "sections": ["weeks"]}
            asked = [checked(amina, page_of(kind), **said, **large) for large in ({}, {"large": "on"})]
        elif kind == "summary":
            told = {"by": world["sam"], "summary_id": request.getfixturevalue("summary").pk, "now": timezone.now()}
            asked = [ask_for_copy(**told, large=large) for large in (False, True)]
        elif kind == "statement":
            told = {"by": world["amina"], "pk": write(world["amina"]).pk, "seen": 1}
            asked = [ask_for_statement(**told, large=large) for large in (False, True)]
        else:
            told = {"by": world["amina"], "reflection": world["reflection"]}
            asked = [ask_for_report(**told, large=large) for large in (False, True)]
        return [made(report) for report in asked]

    return of


@pytest.mark.parametrize("kind", KINDS)
def test_report_list_and_report_detail_say_which_is_in_large_print_and_erase_says_it_too(both, browsers, kind):
    large, usual = titles = [row["title"] for row in listed(browsers[kind], both(kind))]
    assert large == f"{usual}, large print" != ", large print"
    page = text_of(browsers[kind].get(reverse("reports:report_list")))
    for report, title in zip(Report.objects.newest_first(), titles, strict=True):
        detail = text_of(browsers[kind].get(address("report_detail", report)))
        assert f'<p class="nhsuk-lede-text app-words">{title}</p>' in detail
        for shown in (page, detail):
            assert f"the report: {title}</span>" in shown
        assert f">{title}</a>" in page


def listed(browser, reports):
    rows = browser.get(reverse("reports:report_list")).context["rows"]
    assert {row["report"] for row in rows} == set(reports)
    return rows


@pytest.mark.parametrize("kind", KINDS)
def test_report_download_of_the_large_print_has_a_name_that_says_so(both, browsers, kind):
    usual, large = (
        browsers[kind].get(address("report_download", report)).headers["Content-Disposition"] for report in both(kind)
    )
    assert usual.endswith('.pdf"')
    assert large == usual.replace(".pdf", "-large.pdf")


@pytest.mark.parametrize("kind", KINDS)
def test_report_list_where_no_key_opens_what_was_chosen_still_has_both_to_erase(both, browsers, kind, settings):
    reports = both(kind)
    settings.KEY_RING = KeyRing({"other": AESGCM(bytes(range(32)))})
    page = text_of(browsers[kind].get(reverse("reports:report_list")))
    assert "large print" not in page
    assert all(address("report_erase", report) in page for report in reports)
