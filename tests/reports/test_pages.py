"""The report pages: what each person may open, what they say, and what they do."""

import re
import uuid

import pytest
import time_machine
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.core.keyring import KeyRing
from apps.reports import content, tasks
from apps.reports.models import Report
from tests import factories
from tests.reports.pages import address, heading

ADDRESSES = ["report_detail", "report_download"]
ACTS = ["report_again", "report_erase"]

pytestmark = pytest.mark.usefixtures("sent")


# --- Whose it is ---


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("person", ["ben", "sam", "edie", "ada"])
def test_report_of_somebody_else_is_as_missing_as_a_random_id(client, world, ready, name, person):
    client.force_login(world[person])
    theirs = client.get(address(name, ready))
    random = client.get(reverse(f"reports:{name}", args=[uuid.uuid4()]))
    assert theirs.status_code == random.status_code == 404
    assert without_token(theirs) == without_token(random)
    assert theirs.headers.items() == random.headers.items()


@pytest.mark.parametrize("name", ACTS)
def test_act_on_somebody_elses_report_is_refused_and_changes_nothing(client, world, failed, name):
    client.force_login(world["ben"])
    before = Report.objects.values("state", "attempts", "last_attempt").get()
    theirs = client.post(address(name, failed))
    random = client.post(reverse(f"reports:{name}", args=[uuid.uuid4()]))
    assert theirs.status_code == random.status_code == 404
    assert without_token(theirs) == without_token(random)
    assert Report.objects.values("state", "attempts", "last_attempt").get() == before


def without_token(response):
    """The page but for its form token, which differs each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


@pytest.mark.parametrize("name", [*ADDRESSES, *ACTS])
def test_report_pages_ask_a_visitor_to_sign_in(client, ready, name):
    response = client.get(address(name, ready))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ACTS)
def test_acts_answer_to_post_alone(amina, failed, name):
    assert amina.get(address(name, failed)).status_code == 405


# --- The list ---


def test_report_list_is_empty_and_says_what_a_report_is(amina):
    response = amina.get(reverse("reports:report_list"))
    assert heading(response) == "Your reports"
    assert b"There is no report of yours here now" in response.content


def test_report_list_shows_a_ready_report_with_its_download_and_erase(amina, ready):
    page = amina.get(reverse("reports:report_list")).content.decode()
    assert f'href="{address("report_download", ready)}"' in page
    assert f'action="{address("report_erase", ready)}"' in page
    assert f"PDF, {ready.pages} page" in page


def test_report_list_leaves_out_what_is_past_its_time_although_the_row_is_there(amina, ready):
    with time_machine.travel(ready.expires_at):
        amina.force_login(ready.author)
        assert b"There is no report of yours here now" in amina.get(reverse("reports:report_list")).content
    assert Report.objects.filter(pk=ready.pk).exists()


def test_report_list_costs_the_same_number_of_queries_however_long(amina, world, ready, django_assert_num_queries):
    def queries():
        with django_assert_num_queries(4):  # session, person, reports, when the reflections were begun
            amina.get(reverse("reports:report_list"))

    queries()
    for _ in range(5):
        reflection = factories.make_reflection(world["amina"])
        Report.objects.create(author=world["amina"], reflection=reflection, version=3)
    queries()


# --- One report ---


def test_report_detail_while_it_is_made_updates_itself_and_works_without_a_script(amina, asked):
    response = amina.get(address("report_detail", asked))
    page = response.content.decode()
    assert heading(response) == "Making your report"
    assert 'role="status"' in page
    assert "report-progress.js" in page
    assert f'<a href="{address("report_detail", asked)}">Check again</a>' in page
    assert "http-equiv" not in page


def test_report_detail_asked_for_its_state_answers_json(amina, asked):
    response = amina.get(address("report_detail", asked), headers={"accept": "application/json"})
    assert response.json() == {"state": "queued", "text": "Waiting to be made."}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("accept", ["*/*", "text/html,application/xhtml+xml", "image/png", "", "nonsense"])
def test_report_detail_answers_a_page_to_everybody_else(amina, asked, accept):
    response = amina.get(address("report_detail", asked), headers={"accept": accept})
    assert response["Content-Type"].startswith("text/html")


def test_report_detail_of_a_ready_report_offers_the_download_and_says_when_it_ends(amina, ready):
    response = amina.get(address("report_detail", ready))
    ends = timezone.localtime(ready.expires_at)
    assert heading(response) == "Your report is ready"
    assert address("report_download", ready) in response.content.decode()
    assert f"It is erased on {ends.day} {ends:%B %Y} at {ends:%H:%M}" in response.content.decode()
    assert b"report-progress.js" not in response.content


def test_report_detail_of_a_failed_report_says_why_and_offers_to_try_again(amina, failed):
    response = amina.get(address("report_detail", failed))
    assert heading(response) == "Your report could not be made"
    assert failed.sentence in response.content.decode()
    assert address("report_again", failed) in response.content.decode()


def test_report_again_of_a_failed_report_ends_in_a_ready_one(amina, failed, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = amina.post(address("report_again", failed))
    assert response["Location"] == address("report_detail", failed)
    assert sent == [str(failed.pk)]
    tasks.make_report(sent[0])
    assert Report.objects.get().state == Report.State.READY


def test_report_again_of_a_report_on_its_way_changes_nothing(amina, asked):
    response = amina.post(address("report_again", asked), follow=True)
    assert b"on its way or ready" in response.content
    assert Report.objects.get().attempts == 0


# --- Downloading and erasing ---


def test_report_download_gives_the_pdf_to_keep(amina, ready):
    response = amina.get(address("report_download", ready))
    day = timezone.localdate(ready.created_at)
    assert response.content == ready.pdf
    assert response.content.startswith(b"%PDF-1.7")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="reflection-report-{day}.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"


def test_report_download_whose_key_is_gone_says_so_and_that_it_can_be_made_again(amina, ready, settings):
    settings.KEY_RING = KeyRing({"other": AESGCM(bytes(range(32)))})
    response = amina.get(address("report_download", ready))
    assert (response.status_code, heading(response)) == (410, "Your report cannot be opened")
    assert "This report can no longer be opened. Erase it here, then make it again." in response.content.decode()
    assert address("report_erase", ready) in response.content.decode()


def test_report_download_before_it_is_ready_is_not_found(amina, asked):
    assert amina.get(address("report_download", asked)).status_code == 404


@pytest.mark.parametrize("accept", ["text/html;a*=idna'x'%ff", "a" * 8000, "text/html;q=nan, application/json", ";;,"])
def test_report_detail_is_a_page_for_whatever_else_is_accepted(amina, asked, accept):
    page = amina.get(address("report_detail", asked), headers={"Accept": accept})
    assert page.headers["Content-Type"].startswith("text/html")


def test_report_download_of_a_reflection_that_goes_meanwhile_is_not_found(amina, ready, monkeypatch):
    written_at = content.written_at

    def deleted_meanwhile(*said):
        type(ready.reflection).objects.filter(pk=ready.reflection_id).delete()
        return written_at(*said)

    monkeypatch.setattr(content, "written_at", deleted_meanwhile)
    assert amina.get(address("report_download", ready)).status_code == 404


@pytest.mark.parametrize("name", ADDRESSES)
def test_report_past_its_time_is_not_found_although_the_row_is_there(amina, ready, name):
    with time_machine.travel(ready.expires_at):
        amina.force_login(ready.author)
        assert amina.get(address(name, ready)).status_code == 404
    assert Report.objects.filter(pk=ready.pk).exists()


@pytest.mark.parametrize("state", ["asked", "ready", "failed"])
def test_report_erase_removes_the_row_whatever_its_state(amina, request, state):
    found = request.getfixturevalue(state)
    response = amina.post(address("report_erase", found), follow=True)
    said = "cancelled" if state == "asked" else "erased"
    assert f"The report has been {said}" in response.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize("state", ["asked", "ready", "failed"])
def test_each_form_on_the_report_pages_carries_its_token(world, request, state):
    found = request.getfixturevalue(state)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world["amina"])
    for page in (reverse("reports:report_list"), address("report_detail", found), reverse("reports:report_new")):
        html = browser.get(page).content.decode()
        forms = re.findall(r'<form[^>]*action="(/reports/[^"]*)".*?</form>', html, re.DOTALL)
        tokens = re.findall(r'<form[^>]*action="/reports/[^"]*"[^>]*>\s*<input type="hidden" name="csrf', html)
        assert len(forms) == len(tokens) > 0
