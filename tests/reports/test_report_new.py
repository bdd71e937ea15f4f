"""Choosing what to make a report of: one's own completed reflections, and nothing else."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.reports.forms import GONE, NO_PART
from apps.reports.models import Report
from tests import factories
from tests.reports import inside
from tests.reports.making import made
from tests.reports.pages import address, heading, text_of

pytestmark = pytest.mark.usefixtures("sent")


def test_report_new_offers_completed_reflections_alone(amina, world):
    page = amina.get(reverse("reports:report_new")).content.decode()
    assert str(world["reflection"].pk) in page
    assert str(world["draft"].pk) not in page
    assert str(world["bens_reflection"].pk) not in page


def test_report_new_without_a_completed_reflection_says_so(client, world):
    client.force_login(world["sam"])
    response = client.get(reverse("reports:report_new"))
    assert b"You have no completed reflection yet" in response.content
    assert b"Make the report" not in response.content


def test_report_new_of_one_reflection_says_what_will_be_in_it(amina, world):
    response = amina.get(reverse("reports:report_new"), {"reflection": world["reflection"].pk})
    page = response.content.decode()
    assert heading(response) == "Make a report"
    assert "What happened?" in page
    assert f'name="reflection" value="{world["reflection"].pk}"' in page
    assert "heron" not in page  # what is in it, not the words themselves


@pytest.mark.parametrize("whose", ["draft", "bens_reflection", "nobody", "nonsense"])
def test_report_new_of_what_cannot_be_reported_is_not_found(amina, world, whose):
    asked = {"nobody": uuid.uuid4(), "nonsense": "x' OR 1=1"}.get(whose) or world[whose].pk
    assert amina.get(reverse("reports:report_new"), {"reflection": asked}).status_code == 404


@pytest.mark.parametrize("page", ["journal:reflection_detail", "journal:reflection_close"])
def test_report_new_from_the_page_of_a_reflection_shows_the_check_and_makes_nothing(amina, world, page):
    reflection = world["reflection"]
    reflection.noticed = "Rang Mrs Smithers"
    reflection.save()
    [way] = re.findall(
        rf'<form[^>]*action="({reverse("reports:report_new")})".*?</form>',
        text_of(amina.get(reverse(page, args=[reflection.pk]))),
        re.DOTALL,
    )
    response = amina.post(way, {"reflection": reflection.pk}, follow=True)
    assert response.redirect_chain == [(f"{way}?reflection={reflection.pk}", 302)]
    for told in ("What will be in it", "What happened?", "Mrs Smithers", "Which parts should be in it?", "Large print"):
        assert told in text_of(response)
    assert not Report.objects.exists()


def test_report_new_posted_from_the_check_makes_a_report_and_shows_its_progress(amina, world):
    response = amina.post(reverse("reports:report_new"), preview_of(world["reflection"]), follow=True)
    report = Report.objects.get()
    assert response.redirect_chain == [(address("report_detail", report), 302)]
    assert heading(response) == "Making your report"
    assert report.author == world["amina"]


def preview_of(reflection, **said):
    all_of_it = {"reflection": reflection.pk, "parts": "yes", "phases": ["challenge", "values", "coping"]}
    return all_of_it | {"seen": reflection.version} | said


def test_report_new_holds_the_parts_that_its_author_chose_and_no_other(amina, world):
    page = amina.get(reverse("reports:report_new"), {"reflection": world["reflection"].pk})
    assert page.context["form"]["phases"].value() == ["challenge", "values", "coping"]
    amina.post(reverse("reports:report_new"), preview_of(world["reflection"], phases=["values"], large="on"))
    report = made(Report.objects.get())
    shown = inside.words(report.pdf)
    assert ("The diary was full" in shown, "heron" in shown, "stand up" in shown) == (True, False, False)
    assert "challenge" not in shown.lower()
    assert inside.pdf_ua_failures(report.pdf) == []


def test_report_new_of_other_parts_is_another_report_and_of_all_the_usual_one(amina, world):
    page = reverse("reports:report_new")
    for said in ({}, {"phases": ["values"]}, {"phases": ["values"]}, {"large": "on"}, {}):
        amina.post(page, preview_of(world["reflection"], **said))
    assert sorted(Report.objects.values_list("fingerprint", flat=True)) == ["", "large", "values"]


@pytest.mark.parametrize(
    ("phases", "said"),
    [([], NO_PART), (["x"], GONE)],
)
def test_report_new_of_no_part_says_what_to_do_and_makes_nothing(phases, said, amina, world):
    page = amina.post(reverse("reports:report_new"), preview_of(world["reflection"], phases=phases))
    assert said in text_of(page)
    assert "What will be in it" in text_of(page)
    assert not Report.objects.exists()


def test_report_new_takes_an_older_reflection_than_those_it_offers(amina, world):
    world["reflection"].__class__.objects.filter(pk=world["reflection"].pk).update(
        created_at=timezone.now() - timedelta(days=400)
    )
    for _ in range(21):
        factories.make_reflection(world["amina"])
    assert str(world["reflection"].pk) not in amina.get(reverse("reports:report_new")).content.decode()
    amina.post(reverse("reports:report_new"), preview_of(world["reflection"]))
    assert Report.objects.get().reflection_id == world["reflection"].pk


def test_report_new_pressed_twice_makes_one(amina, world):
    for _ in range(2):
        amina.post(reverse("reports:report_new"), preview_of(world["reflection"]))
    assert Report.objects.count() == 1


def test_report_new_ignores_an_author_sent_by_the_browser(amina, world):
    forged = {"author": world["ben"].pk, "state": "ready", "pdf": "x", "version": 9}
    amina.post(reverse("reports:report_new"), preview_of(world["reflection"], **forged))
    report = Report.objects.get()
    assert (report.author, report.state, report.version) == (world["amina"], Report.State.QUEUED, 3)


@pytest.mark.parametrize("whose", ["draft", "bens_reflection", "nobody", "nonsense", "nothing"])
@pytest.mark.parametrize("said", [{}, {"parts": "yes", "phases": ["values"]}], ids=["its page", "the check"])
def test_report_new_posted_for_what_cannot_be_reported_says_what_to_do(amina, world, whose, said):
    asked = {"nobody": uuid.uuid4(), "nonsense": "x" * 100_000, "nothing": ""}
    sent = {"reflection": asked[whose] if whose in asked else world[whose].pk} | said
    response = amina.post(reverse("reports:report_new"), sent)
    assert b"There is a problem" in response.content
    assert b"Choose the reflection to make a report of" in response.content
    assert not Report.objects.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.dictionaries(st.sampled_from(["reflection", "parts", "phases", "x"]), st.text(max_size=60), max_size=4))
def test_report_new_posted_with_anything_makes_nothing_and_never_breaks(amina, sent):
    for response in (amina.post(reverse("reports:report_new"), sent), amina.get(reverse("reports:report_new"), sent)):
        assert response.status_code in (200, 404)
    assert not Report.objects.exists()
