"""Choosing what goes into a report, seeing it, and then having it made: only from one's own."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.journal.models import FollowUp, ReflectionValue
from apps.reports.content import portfolio
from apps.reports.content.reflection import MOST_OFFERED
from apps.reports.forms_choosing import MOST_WHOLE, WhenForm
from apps.reports.models import Report
from apps.supervision.actions_summaries import answer_summary, open_summary
from apps.values.models import Placing
from tests import factories
from tests.reports.pages import COUNTS, PHASES, checked, heading, page_of, period_page, text_of, this_month

pytestmark = pytest.mark.usefixtures("sent")

# --- Which time ---


def test_report_when_offers_month_quarter_year_and_other_days(amina):
    page = text_of(amina.get(reverse("reports:report_when")))
    assert page.count('type="radio"') == 7
    assert "Other days" in page


@pytest.mark.parametrize(
    ("today", "names"),
    [
        (date(2027, 1, 1), ["January 2027, so far", "January to March 2027, so far", "2027, so far"]),
        (date(2026, 10, 31), ["October 2026, so far", "October to December 2026, so far", "2026, so far"]),
        (date(2026, 2, 15), ["February 2026, so far", "January to March 2026, so far", "2026, so far"]),
    ],
)
def test_report_when_tells_times_that_begin_on_the_same_day_from_each_other(today, names):
    form = WhenForm({}, today=today)
    offered = {name: key for key, name in form.fields["time"].choices}
    assert [name for name in offered if name.endswith("so far")] == names
    for name in names:
        assert WhenForm({"time": offered[name]}, today=today).is_valid()


def test_report_when_leads_to_the_page_of_these_days(amina):
    first, last = {"first_day": "1", "first_month": "9", "first_year": "2025"}, {"last_day": "30", "last_month": "9"}
    said = {"time": "own", "last_year": "2025"} | first | last
    response = amina.post(reverse("reports:report_when"), said)
    assert response.url == "/reports/new/period/2025-09-01/2025-09-30/"


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("30 9 2025", "1 9 2025", "The last day must be the same as or after the first day"),
        ("1 9 2150", "2 9 2150", "The first day must be today or in the past"),
        ("1 9 2025", "2 9 2150", "The last day must be today or in the past"),
        ("1 1 1920", "1 1 2020", "Choose 10 years at most"),
        ("31 2 2025", "1 9 2025", "Enter a real day, such as 27 3 2026"),
        ("1 1 2006", "1 1 2016", "Choose 10 years at most"),
        ("1 9 0001", "1 9 2025", "Choose 10 years at most"),
        ("x 9 2025", "1 9 2025", "Enter a real day, such as 27 3 2026"),
        ("² 9 2025", "1 9 2025", "Enter a real day, such as 27 3 2026"),
        ("1 9 " + "9" * 5000, "1 9 2025", "Enter a real day, such as 27 3 2026"),
        ("  ", "1 9 2025", "Enter the first day"),
        ("1 9 2025", "  ", "Enter the last day"),
    ],
)
def test_report_when_of_days_that_cannot_be_says_what_to_do(amina, first, last, says):
    said = {"time": "own"}
    for name, typed in (("first", first), ("last", last)):
        said |= {
            f"{name}_{part}": value for part, value in zip(("day", "month", "year"), typed.split(" "), strict=False)
        }
    response = amina.post(reverse("reports:report_when"), said)
    assert (response.status_code, says in text_of(response)) == (200, True)
    assert "There is a problem" in text_of(response)


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("2006-01-01", "2015-12-31", 200),
        ("2006-01-01", "2016-01-01", 404),
        ("2006-01-01", "2016-12-31", 404),
        ("2012-02-29", "2022-02-28", 200),
        ("2012-02-29", "2022-03-01", 404),
    ],
)
def test_report_period_of_ten_years_is_there_and_of_a_day_more_is_not(amina, first, last, status):
    assert amina.get(f"/reports/new/period/{first}/{last}/").status_code == status


def test_report_when_without_a_time_says_what_to_do(amina):
    assert "Choose which time to cover" in text_of(amina.post(reverse("reports:report_when")))


@pytest.mark.parametrize(
    "days", ["2025-09-30/2025-09-01", "2150-01-01/2150-01-02", "1920-01-01/2020-01-01", "x/y", "2025-02-31/2025-03-01"]
)
def test_report_period_of_days_that_cannot_be_is_not_found(amina, days):
    assert amina.get(f"/reports/new/period/{days}/").status_code == 404


# --- Period summary ---


def test_report_period_offers_the_authors_reflections_of_this_time_alone(amina, world):
    page = text_of(amina.get(this_month()))
    assert str(world["reflection"].pk) in page
    assert not [world[name].pk for name in ("draft", "bens_reflection") if str(world[name].pk) in page]
    assert f'value="{world["reflection"].pk}" checked' not in page


def test_report_period_says_what_will_be_in_it_and_what_may_identify_somebody(amina, world):
    world["reflection"].what_happened = "Amina's planted words: heron. Rang Mrs Smithers about it"
    world["reflection"].save()
    response = amina.post(this_month(), {"sections": COUNTS, "reflections": [world["reflection"].pk]})
    page = text_of(response)
    assert heading(response) == "Check your report"
    assert "What came up: counts from 1 reflection" in page
    assert "Whole reflections: 1" in page
    assert "<strong>Mrs Smithers</strong>" in page
    assert "Make the report" in page
    assert not Report.objects.exists()


def test_report_period_points_at_who_is_named_in_a_look_back_that_goes_on_paper_too(amina, world):
    plan = world["reflection"].plans.get()
    said = {"when": "Dr Okonkwo has gone", "will": "stand up", "note": "Rang Mrs Smithers"}
    FollowUp.objects.create(plan=plan, author=world["amina"], number=1, did="yes", helped=2, then="keep", **said)
    page = text_of(amina.post(this_month(), {"sections": [], "reflections": [world["reflection"].pk]}))
    for name in ("Mrs Smithers", "Dr Okonkwo"):
        assert f"<strong>{name}</strong>" in page
    assert "Your plan, looked back on" in page


def test_report_period_that_changed_since_it_was_seen_is_shown_again_before_it_is_made(amina, world):
    said = {"sections": [], "reflections": [world["reflection"].pk]}
    seen = amina.post(this_month(), said).context["seen"]
    assert f'name="seen" value="{seen}"' in text_of(amina.post(this_month(), said))
    world["reflection"].what_happened = "Rang Mrs Smithers"
    world["reflection"].save()  # in another tab
    again = amina.post(this_month(), said | {"checked": "yes", "seen": seen})
    assert "Something in it has changed since you looked." in text_of(again)
    assert "<strong>Mrs Smithers</strong>" in text_of(again)
    assert not Report.objects.exists()
    checked(amina, this_month(), **said, seen=again.context["seen"])


def test_report_period_says_of_each_section_what_it_counts(amina, world):
    factories.make_reflection(world["amina"], strain_after=None)
    factories.make_reflection(world["amina"], strain_before=None)
    page = text_of(amina.post(this_month(), {"sections": COUNTS, "reflections": []}))
    assert "What came up: counts from 3 reflections" in page
    assert "Strain before and after: counts from 1 reflection" in page
    closeness = sum(
        row.closeness is not None for row in ReflectionValue.objects.filter(reflection__author=world["amina"])
    )
    closeness += Placing.objects.owned_by(world["amina"]).count()
    assert f"How close values felt: counts from {closeness} answer" in page


def test_report_period_of_more_than_it_offers_says_how_to_come_to_the_older_ones(amina, world):
    factories.make_many(world["amina"], MOST_OFFERED - 1)
    assert "These are the latest" not in text_of(amina.get(this_month()))
    factories.make_many(world["amina"], 2)
    page = text_of(amina.get(this_month()))
    assert "These are the latest 150 of 152. For an older one, choose a shorter time." in page
    assert page.count('name="reflections"') == MOST_OFFERED


def test_report_period_holds_no_more_whole_reflections_than_one_pdf_does(amina, world):
    factories.make_many(world["amina"], MOST_WHOLE)
    all_of_them = [str(one) for one, _ in amina.get(this_month()).context["form"].fields["reflections"].choices]
    said = {"sections": ["strain"], "reflections": all_of_them}
    page = amina.post(this_month(), said)
    assert "Choose 20 reflections at most. For more of them, make a portfolio" in text_of(page)
    page = amina.post(this_month(), said | {"reflections": all_of_them[1:]})
    assert page.template_name == "reports/report_check.html"


def test_report_period_goes_back_to_what_was_chosen(amina, world):
    page = text_of(amina.post(this_month(), {"sections": ["strain"], "large": "on", "change": "yes"}))
    assert page.count(" checked") == 2
    assert "There is a problem" not in page


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({}, "Choose at least one part"),
        ({"sections": ["nonsense"]}, "Something you chose is not there any more. Choose again"),
        ({"sections": ["strain"], "reflections": ["x"]}, "Something you chose is not there any more. Choose again"),
    ],
)
def test_report_period_of_nothing_says_what_to_do(amina, said, says):
    page = text_of(amina.post(this_month(), said | {"checked": "yes"}))
    assert "There is a problem" in page
    assert says in page
    assert not Report.objects.exists()


def test_report_period_does_not_take_somebody_elses_reflection(amina, world):
    said = {"sections": ["strain"], "reflections": [world["bens_reflection"].pk], "checked": "yes"}
    assert "Something you chose is not there any more. Choose again" in text_of(amina.post(this_month(), said))
    assert not Report.objects.exists()


def test_report_period_with_nothing_in_it_says_so(amina, world):
    page = text_of(
        amina.post(
            period_page(timezone.localdate() - timedelta(900), timezone.localdate() - timedelta(800)),
            {"sections": COUNTS},
        )
    )
    assert "There is nothing in this to make a report of" in page


def test_report_period_takes_no_more_queries_for_more_reflections(amina, world, django_assert_num_queries):
    said = {"sections": COUNTS, "reflections": [world["reflection"].pk]}
    with django_assert_num_queries(14) as first:
        amina.post(this_month(), said)
    more = [factories.make_reflection(world["amina"]).pk for _ in range(4)]
    with django_assert_num_queries(len(first)):
        amina.post(this_month(), said | {"reflections": [world["reflection"].pk, *more]})


# --- The other kinds ---


def test_report_choose_of_evidence_says_counts_and_weeks(amina, world):
    page = text_of(amina.post(page_of("evidence"), {"weeks": "12", "sections": ["kinds", "weeks"]}))
    assert "counts from 1 reflection" in page
    assert "Week by week: reflections in 1 of 12 weeks" in page


def test_report_choose_of_evidence_holds_the_chosen_counts_alone(amina, world):
    page = text_of(amina.post(page_of("evidence"), {"weeks": "12", "sections": ["kinds"]}))
    assert ("counts from 1 reflection" in page, "Week by week" in page) == (True, False)
    assert "Choose at least one part" in text_of(amina.post(page_of("evidence"), {"weeks": "12"}))


def test_report_choose_of_a_pack_starts_with_what_was_not_discussed_yet(amina, world, summary):
    other = factories.make_summary(summary.link, ask="It was talked about: wren")
    opened = {"by": world["sam"], "pk": other.pk, "now": timezone.now()}
    open_summary(**opened)
    answer_summary(**opened, seen=0, text="", discussed=True)
    response = amina.get(page_of("supervision"))
    assert response.context["form"].fields["summaries"].initial == [str(summary.pk)]
    page = text_of(response)
    assert str(other.pk) in page
    assert "Shared with Sam. Discussed on " in page


def test_report_choose_of_no_kind_is_not_found(amina):
    for kind in ("summary", "reflection", "nonsense"):
        assert amina.get(f"/reports/new/{kind}/").status_code == 404


def test_report_choose_with_nothing_there_says_so(client, world):
    client.force_login(world["sam"])
    assert "Nothing that you shared can be read now" in text_of(client.get(page_of("supervision")))
    assert "You have no completed reflection yet" in text_of(client.get(page_of("portfolio")))
    page = text_of(client.post(page_of("evidence"), {"weeks": "12", "sections": ["kinds", "weeks"]}))
    assert "There is nothing in this to make a report of" in page


def test_report_choose_of_a_pack_offers_what_the_author_shared_and_can_be_read(amina, world, summary):
    bens = factories.make_summary(factories.make_link(world["ben"], world["sam"]), ask="badger")
    page = text_of(amina.get(page_of("supervision")))
    assert str(summary.pk) in page
    assert str(bens.pk) not in page
    assert "Shared with Sam" in page


def test_report_choose_of_a_pack_refuses_to_mix_what_two_readers_were_shown(amina, world, summary):
    other = factories.make_summary(factories.make_link(world["amina"], world["edie"]), ask="for Edie alone")
    response = amina.post(page_of("supervision"), {"summaries": [summary.pk, other.pk], "checked": "yes"})
    assert "with one and the same supervisor" in text_of(response)
    assert not Report.objects.exists()


def test_report_choose_of_a_portfolio_too_long_for_one_offers_its_years(amina, world, monkeypatch):
    monkeypatch.setattr(portfolio, "MOST_REFLECTIONS", 1)
    older = factories.make_reflection(world["amina"])
    last_year = timezone.now() - timedelta(days=400)
    older.created_at = last_year
    older.save()
    page = text_of(amina.get(page_of("portfolio")))
    assert "they are split by year" in page
    assert 'value="all"' not in page
    assert f"{last_year.year} (1 reflection)" in page
    said = {"time": "all", "sections": PHASES, "checked": "yes"}
    assert "Choose which time to cover" in text_of(amina.post(page_of("portfolio"), said))
