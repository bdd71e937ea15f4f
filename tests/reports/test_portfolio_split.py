"""A portfolio of more than one PDF can hold: each reflection is in exactly one of the times that are offered."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from apps.journal.models import Reflection
from apps.journal.patterns import start_of
from apps.reports.content import portfolio
from apps.reports.content.reflection import completed_in
from apps.reports.forms_choosing import PortfolioForm
from apps.reports.models import Report
from apps.reports.views import way_to_choose
from tests import factories
from tests.reports.making import made
from tests.reports.pages import PHASES, checked, page_of, text_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SAID = {"sections": PHASES, "checked": "yes"}
pytestmark = pytest.mark.usefixtures("sent")


@pytest.fixture(autouse=True)
def at_most_four(monkeypatch, world, time_machine):
    """Four reflections in one PDF, and none of Amina's yet."""
    time_machine.move_to(NOW, tick=False)
    monkeypatch.setattr(portfolio, "MOST_REFLECTIONS", 4)
    Reflection.objects.filter(author=world["amina"]).delete()


def fill(author, *days):
    """A completed reflection for each of these local days, begun just after midnight: in summer UTC is a day behind."""
    for day in days:
        at = start_of(date.fromisoformat(day)) + timedelta(minutes=5)
        factories.make_reflection(author, created_at=at)


def offered(author):
    """The form's pieces: what each is called, and the reflections that a portfolio of it would hold."""
    pieces = PortfolioForm(author=author, like={}).offered.values()
    return {one.name: list(completed_in(author, one.first, one.last).values_list("pk", flat=True)) for one in pieces}


def numbers(pieces):
    return {name: len(held) for name, held in pieces.items()}


def all_once(author, pieces):
    return Counter(pk for held in pieces.values() for pk in held) == Counter(
        Reflection.objects.owned_by(author).completed().values_list("pk", flat=True)
    )


def test_a_quarter_over_the_limit_is_offered_by_month_and_a_month_over_it_by_days(world):
    fill(world["amina"], "2024-01-01", "2024-12-31", "2025-02-01", "2025-06-30", "2025-07-01", "2025-07-31")
    fill(world["amina"], *(f"2025-08-{day:02}" for day in (1, 2, 15, 16, 16, 31)), "2025-09-30", "2025-10-01")
    fill(world["amina"], "2025-08-03", "2025-08-03", "2026-01-01")
    pieces = offered(world["amina"])
    assert numbers(pieces) == {
        "2026": 1,
        "October to December 2025": 1,
        "September 2025": 1,
        "17 August 2025 to 31 August 2025": 1,
        "9 August 2025 to 16 August 2025": 3,
        "1 August 2025 to 8 August 2025": 4,
        "July 2025": 2,
        "April to June 2025": 1,
        "January to March 2025": 1,
        "2024": 2,
    }
    assert all_once(world["amina"], pieces)


def too_long(author, time):
    """The address where the author of a portfolio of this time, which had too many pages, can choose another."""
    first, last = time or ("", "")
    asked = json.dumps({"first": first, "last": last, "sections": ["values"], "large": True})
    report = Report.objects.create(author=author, kind="portfolio", fingerprint=str(time), asked=asked)
    Report.objects.claim(report.pk, now=timezone.now()).fail(Report.Reason.TOO_LONG)
    return way_to_choose(Report.objects.get(pk=report.pk))


@pytest.mark.parametrize(
    ("time", "shorter"),
    [
        (None, ["July to September 2025", "April to June 2025"]),
        (("2025-01-01", "2025-12-31"), ["July to September 2025", "April to June 2025"]),
        (("2025-04-01", "2025-06-30"), ["June 2025", "May 2025"]),
        (("2025-05-01", "2025-05-31"), ["2 May 2025", "1 May 2025"]),  # all within days that are halved again and again
        (("2025-05-01", "2025-05-01"), []),
    ],
)
def test_a_time_with_too_many_pages_is_offered_in_shorter_ones_with_the_same_parts(amina, world, time, shorter):
    fill(world["amina"], "2025-05-01", "2025-05-02", "2025-06-30", "2025-07-01")
    form = amina.get(too_long(world["amina"], time)).context["form"]
    assert [one.name for one in form.offered.values()] == ["Everything", *shorter]
    chosen = form.offered[form["time"].value()]
    assert chosen.name == (shorter[0] if shorter else "Everything")
    assert (form["sections"].value(), form["large"].value()) == (["values"], True)


def test_a_shorter_time_of_one_with_too_many_pages_can_be_made(amina, world):
    fill(world["amina"], "2025-05-01", "2025-06-30")
    address = too_long(world["amina"], ("2025-04-01", "2025-06-30"))
    checked(amina, address, time="2025-05-01--2025-05-31", sections=PHASES)
    assert Report.objects.unfinished().get().choices["last"] == "2025-05-31"


def test_a_shorter_time_can_be_made_when_the_one_with_too_many_pages_is_gone(amina, world):
    fill(world["amina"], "2025-05-01", "2025-06-30")
    address = too_long(world["amina"], None)
    Report.objects.all().delete()
    assert checked(amina, address, time="2025-05-01--2025-05-31", sections=PHASES)


def test_ticks_of_somebody_elses_portfolio_are_nothing_to_go_by(amina, world):
    fill(world["amina"], "2025-05-01")
    form = amina.get(too_long(world["ben"], None)).context["form"]
    assert form["sections"].value() == list(portfolio.CHOICES)
    assert not form["large"].value()


@pytest.mark.parametrize(
    "key", ["x", "--", "2025-05-01", "2025-12-31--2025-01-01", "2024-01-01--2025-12-31", "2025-02-30--x"]
)
def test_a_time_that_is_none_is_offered_in_no_shorter_ones(amina, world, key):
    fill(world["amina"], "2025-05-01", "2025-06-30")
    page = amina.get(page_of("portfolio"), {"like": "x", "too_long": key})
    assert [one.name for one in page.context["form"].offered.values()] == ["Everything"]


def test_all_in_one_quarter_is_offered_and_not_called_nothing(amina, world):
    fill(world["amina"], *(f"2026-05-{day:02}" for day in range(1, 10)))
    page = text_of(amina.get(page_of("portfolio")))
    assert "You have no completed reflection yet" not in page
    assert "You have 9 reflections. One PDF holds up to 4" in page
    assert all_once(world["amina"], offered(world["amina"]))


def test_a_day_over_the_limit_is_offered_and_said_to_be_too_much(amina, world):
    fill(world["amina"], *["2026-05-09"] * 5, "2026-05-10")
    pieces = offered(world["amina"])
    assert numbers(pieces) == {"10 May 2026": 1, "9 May 2026": 5}
    assert all_once(world["amina"], pieces)
    page = text_of(amina.post(page_of("portfolio"), {"time": "2026-05-09--2026-05-09"} | SAID))
    assert "There is too much in this for one PDF. Choose another time" in page
    assert not Report.objects.exists()


def test_one_more_completed_before_it_is_drawn_ends_it_as_too_long(amina, world):
    fill(world["amina"], *(f"2026-05-{day:02}" for day in range(1, 5)))
    report = checked(amina, page_of("portfolio"), time="all", sections=PHASES)
    fill(world["amina"], "2026-05-05")
    report = made(report)
    assert (report.state, report.reason) == (Report.State.FAILED, Report.Reason.TOO_LONG)
    smaller = f'<a href="{page_of("portfolio")}?like={report.pk}&amp;too_long=all">choose less</a>'
    assert smaller in amina.get(f"/reports/{report.pk}/").content.decode()


DAYS = st.dates(date(2023, 12, 1), date(2024, 3, 31)) | st.dates(date(1990, 1, 1), date(2030, 12, 31))


@example(written={date(2024, 9, 9): 5}, year=2024)  # beside a day of none
@given(written=st.dictionaries(DAYS, st.integers(1, 6)), year=st.sampled_from([2023, 2024]))
def test_split_of_any_year_has_each_of_its_days_in_one_piece_that_fits_or_is_a_single_day(written, year):
    by_day = Counter(written)
    pieces = portfolio.split(date(year, 1, 1), date(year, 12, 31), by_day)
    for day in by_day:
        assert sum(one.first <= day <= one.last for one in pieces) == (day.year == year)
    assert sum(one.reflections for one in pieces) == sum(number for day, number in by_day.items() if day.year == year)
    assert all(one.fits or (one.first == one.last and one.reflections) for one in pieces)
    assert [one.first for one in pieces] == sorted((one.first for one in pieces), reverse=True)
    assert by_day == Counter(written)
