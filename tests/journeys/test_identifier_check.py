"""Told while she writes: what may identify somebody is pointed at under the answer, and nothing stands in her way."""

from tests.factories import make_link, make_summary
from tests.journeys.person import NO_CONNECTION
from tests.journeys.stage import ON_A_PHONE

ASKS, ASK = "What happened?", "What I would like from supervision"
NUMBER = "They wanted a dotterel answer on 07700 900123 by noon"
NAME = "They wanted a dotterel answer, and Mrs Redshank rang"
NOBODY = "They wanted a dotterel answer by noon"
TOLD_OF_NUMBER = "This may identify someone: a phone number, “07700 900123”. Keel does not find everything."
TOLD_OF_NAME = "This may identify someone: a person’s name, “Mrs Redshank”. Keel does not find everything."
LISTEN = """() => {
  window.heard = [];
  const hear = ({ target }) => target.role === "status" && target.textContent && heard.push(target.textContent);
  new MutationObserver((changes) => changes.forEach(hear)).observe(document.body, { subtree: true, childList: true });
}"""  # what a screen reader would read out


@ON_A_PHONE
def test_amina_is_told_of_a_phone_number_under_her_answer_until_she_takes_it_out(amina, world):
    amina.opens(f"/journal/{world['draft'].pk}/challenge/", "Work challenge")
    amina.writes(ASKS, NUMBER)
    amina.reads(TOLD_OF_NUMBER)
    amina.finds(NUMBER, in_field=ASKS)
    amina.looks_again()
    amina.writes(ASKS, NOBODY)
    amina.does_not_read("This may identify someone")
    amina.presses("Save and continue")
    amina.sees("Values connection")


@ON_A_PHONE
def test_amina_is_told_of_what_her_summary_says_now_by_no_late_answer_and_without_a_network_of_nothing(amina, world):
    summary = make_summary(make_link(world["amina"], world["sam"]), shared=False)
    amina.opens(f"/sharing/{summary.pk}/edit/", "Write it for your supervisor")
    amina.page.evaluate(LISTEN)
    with amina.answers_to("/identifiers/") as answers:
        answers.come_late()
        amina.writes(ASK, NUMBER)
        amina.waits_until(lambda: answers.late, "an answer to be on its way")
        amina.writes(ASK, NAME)
    amina.reads(TOLD_OF_NAME)
    amina.expects(NO_CONNECTION)
    amina.loses_the_network()
    amina.writes(ASK, f"{NAME} twice")
    amina.takes_a_moment()
    amina.writes(ASK, NOBODY)
    amina.does_not_read("This may identify someone")
    assert amina.page.evaluate("heard") == [TOLD_OF_NAME]
    amina.has_the_network_back()
    amina.presses("Save and continue")
    amina.sees("Check and share")
