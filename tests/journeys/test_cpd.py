"""From a completed reflection to a CPD statement, a count for the year, and paper."""

from django.utils import timezone

from tests.journeys.stage import ON_A_PHONE
from tests.journeys.worker import made_for
from tests.reports.cpd import write
from tests.reports.inside import words


@ON_A_PHONE
def test_amina_uses_her_reflection_for_cpd_and_takes_it_on_paper(amina, world):
    amina.opens(f"/journal/{world['reflection'].pk}/", "Your reflection")
    amina.follows("Use it for CPD")
    amina.sees("Write a CPD statement")
    amina.does_not_read("heron")
    amina.writes("The CBT principle it relates to", "Behavioural activation: turnstone")
    amina.writes("Evidence", "Notes that Mrs Whimbrel may see")
    amina.presses("Save this statement")
    amina.sees("Your CPD statement")
    amina.reads("The diary was full, not me")
    amina.presses("Make the report")
    amina.sees("Your CPD statement")
    amina.reads("Look at what may identify someone")
    amina.follows_first("Change Mrs Whimbrel")
    amina.sees("Change your CPD statement")
    amina.writes("Evidence", "Notes in my folder")
    amina.presses("Save this statement")
    amina.sees("Your CPD statement")
    amina.presses("Make the report")
    pdf = made_for(amina)
    assert "turnstone" in words(pdf)
    amina.opens("/reports/cpd/", "Your CPD record")
    amina.follows("BABCP")
    amina.reads("1 of 5 activities, 0 of 4 linked to CBT")
    amina.follows_first("None")


@ON_A_PHONE
def test_amina_takes_a_year_of_her_cpd_on_paper_once_she_saw_what_will_be_in_it(amina, world):
    today = timezone.localdate()
    write(world["amina"], done_on=today, learned="Mrs Whimbrel slept")
    write(world["amina"], done_on=today, linked_to_cbt=False)
    amina.opens("/reports/cpd/", "Your CPD record")
    amina.follows("BPS Wider Psychological Workforce Register")
    amina.reads("2 of 5 activities, 1 of 3 linked to CBT")
    amina.presses("Make the report")
    amina.sees("Check your report")
    amina.reads("Statements: 2")
    amina.reads("Mrs Whimbrel")
    amina.presses("Change what is in it")
    amina.sees("CPD record")
    amina.page.get_by_label("What I learned").uncheck()
    amina.page.get_by_label("Large print").check()
    amina.presses("Continue")
    amina.sees("Check your report")
    amina.reads("The check found nothing")
    amina.presses("Make the report")
    pdf = made_for(amina)
    assert f"CPD record of {today.year}" in words(pdf)
    assert "Whimbrel" not in words(pdf)
