"""From the choice of a time to a PDF of it, by way of what will be in it."""

from apps.reports.models import Report
from tests import factories
from tests.journeys.stage import ON_A_PHONE
from tests.journeys.worker import made_for, running_worker
from tests.reports.inside import pdf_ua_failures, words


def test_amina_makes_a_period_summary_and_sees_first_what_will_be_in_it(amina, world):
    world["reflection"].noticed = "Rang Mrs Smithers"
    world["reflection"].save()
    amina.opens("/reports/new/", "Make a report")
    amina.follows("Period summary")
    amina.sees("Period summary")
    amina.presses("Continue")
    amina.reads("Choose which time to cover")
    amina.chooses("Other days", to="Which time?")
    amina.presses("Continue")
    amina.reads("Enter the first day")
    with_year = world["reflection"].created_at.year
    amina.chooses(f"{with_year}, so far", to="Which time?")
    amina.presses("Continue")
    amina.sees("Period summary")
    amina.page.get_by_label("Large print").check()
    amina.presses("Continue")
    amina.sees("Check your report")
    amina.reads("What came up: counts from 1 reflection")
    amina.does_not_read("Mrs Smithers")
    amina.presses("Make the report")
    pdf = made_for(amina)
    assert "Period summary" in words(pdf)
    assert Report.objects.get().kind == Report.Kind.PERIOD


def test_amina_looks_at_the_other_kinds_and_finds_nothing_amiss(amina, world):
    for kind, heading in (
        ("evidence", "Evidence page"),
        ("supervision", "Supervision pack"),
        ("record", "CPD record"),
        ("portfolio", "Portfolio"),
    ):
        amina.opens(f"/reports/new/{kind}/", heading)
    amina.presses("Continue")
    amina.sees("Check your report")
    amina.reads("Reflections: 1")


@ON_A_PHONE
def test_amina_makes_an_evidence_page_a_pack_for_sam_and_her_portfolio(amina, world):
    factories.make_summary(factories.make_link(world["amina"], world["sam"]))
    with running_worker():
        for kind, heading, in_it in (
            ("evidence", "Evidence page", "Volume, pace and targets"),
            ("supervision", "Supervision pack", "For Sam"),
            ("portfolio", "Portfolio", "Contents"),
        ):
            amina.opens(f"/reports/new/{kind}/", heading)
            amina.presses("Continue")
            amina.sees("Check your report")
            amina.presses("Make the report")
            amina.sees("Your report is ready")
            pdf = amina.downloads("Download the report")
            assert pdf_ua_failures(pdf) == []
            assert in_it in words(pdf)
