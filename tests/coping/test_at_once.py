"""Two editors, or one who presses twice, at the same moment."""

from apps.coping.models import Strategy
from tests.coping.test_admin import ADD, browser_of, problems, typed
from tests.factories import make_editor
from tests.journal.test_at_once import at_once


def test_a_new_strategy_sent_four_times_at_once_is_made_once_and_the_others_are_handed_back(transactional_db):
    edie = make_editor("edie@example.nhs.uk", name="Edie")
    browsers = [browser_of(edie) for _ in range(4)]
    strategy = Strategy.objects.published().get(code="S01")
    sent = typed(browsers[0].get(f"{ADD}?strategy={strategy.pk}"), of=None, name="Sing out loud")
    answers = at_once(*(lambda browser=browser: browser.post(ADD, sent) for browser in browsers))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]
    assert {text for answer in answers if answer.status_code == 200 for text in problems(answer)} == {
        "There is a page with such a name already. Choose another name"
    }
