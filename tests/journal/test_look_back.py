"""Looking back on a plan: what is asked, what is kept, and what becomes of the plan."""

import html
import uuid
from datetime import date

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.journal.models import FollowUp, Plan
from tests import factories
from tests.journal.pages import page, text_of

NOVEMBER = "2026-11-26 09:00+00:00"


@pytest.fixture
def plan(world, time_machine):
    """Amina's plan, two days after its day has come."""
    time_machine.move_to(NOVEMBER, tick=False)
    return world["reflection"].plans.get()


def address(plan) -> str:
    return f"/coping/plans/{plan.pk}/"


def said(plan, **answers) -> dict[str, object]:
    """What the page sends: done, helped, and kept until tomorrow, but for `answers`."""
    usual = {"number": 1, "did": "yes", "helped": "3", "note": "", "then": "keep", "look_back": "tomorrow"}
    return usual | {"when": plan.when, "will": plan.will} | answers


def answers_to(plan) -> list[FollowUp]:
    return list(FollowUp.objects.filter(plan=plan))


def fresh(plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def test_plan_look_back_says_the_plan_and_its_strategy_in_its_own_words(client, plan, world):
    client.force_login(world["amina"])
    words = text_of(client.get(address(plan)))
    assert "Look back on your plan" in words
    assert "When my last call before lunch ends, I will stand up and look out of the window" in words
    assert "Reset minute" in words


def test_plan_look_back_keeps_what_is_said(client, plan, world):
    client.force_login(world["amina"])
    response = client.post(address(plan), said(plan, did="partly", helped="2", note="A wagtail came by"))
    assert response.url == "/coping/plans/"
    [kept] = answers_to(plan)
    assert (kept.did, kept.helped, kept.note, kept.then, kept.number) == ("partly", 2, "A wagtail came by", "keep", 1)
    assert (kept.version, kept.when, kept.will) == (plan.version, plan.when, plan.will)
    assert kept.answered_at == timezone.now()


@pytest.mark.parametrize(
    ("choice", "day"),
    [("tomorrow", date(2026, 11, 27)), ("three_days", date(2026, 11, 29)), ("next_week", date(2026, 12, 3))],
)
def test_plan_look_back_and_keep_asks_again_on_the_day_chosen(client, plan, world, choice, day):
    client.force_login(world["amina"])
    client.post(address(plan), said(plan, look_back=choice))
    kept = fresh(plan)
    assert (kept.look_back_on, kept.looked_back_at) == (day, None)
    assert (kept.when, kept.will) == (plan.when, plan.will)


def test_plan_look_back_and_change_gives_the_plan_new_words_and_the_answer_keeps_the_old(client, plan, world):
    client.force_login(world["amina"])
    client.post(address(plan), said(plan, then="change", when="the kettle is on", will="count to nine"))
    changed, [kept] = fresh(plan), answers_to(plan)
    assert changed.in_words() == "When the kettle is on, I will count to nine"
    assert (kept.when, kept.will) == (plan.when, plan.will)
    assert changed.look_back_on == date(2026, 11, 27)


def test_plan_look_back_and_drop_is_done_with_it(client, plan, world):
    client.force_login(world["amina"])
    client.post(address(plan), said(plan, then="drop", look_back=""))
    assert fresh(plan).looked_back_at == timezone.now()
    assert not Plan.objects.owned_by(world["amina"]).to_look_back_on(today=timezone.localdate())


def test_plan_look_back_on_a_plan_that_is_done_can_open_it_again(client, plan, world):
    client.force_login(world["amina"])
    client.post(address(plan), said(plan, then="drop"))
    assert "You are done with this plan" in text_of(client.get(address(plan)))
    client.post(address(plan), said(plan, number=2))
    assert fresh(plan).looked_back_at is None
    assert [row.then for row in answers_to(plan)] == ["drop", "keep"]


def test_plan_look_back_on_what_was_not_done_forgets_whether_it_helped(client, plan, world):
    client.force_login(world["amina"])
    client.post(address(plan), said(plan, did="no", helped="4"))
    assert [row.helped for row in answers_to(plan)] == [None]


@pytest.mark.parametrize("then", ["keep", "change", "drop"])
def test_plan_look_back_pressed_twice_keeps_one_answer(client, plan, world, then):
    client.force_login(world["amina"])
    sent = said(plan, then=then, note="once", will="hum" if then == "change" else plan.will)
    for _ in range(2):
        assert client.post(address(plan), sent).url == "/coping/plans/"
    assert [row.note for row in answers_to(plan)] == ["once"]


def test_plan_look_back_answered_in_another_tab_shows_both_and_can_keep_both(client, plan, world):
    client.force_login(world["amina"])
    client.post(address(plan), said(plan, note="from the other tab", then="change", will="hum"))
    response = client.post(address(plan), said(plan, note="from this tab", did="partly"))
    assert response.status_code == 409
    words = text_of(response)
    assert "in another tab" in words
    assert "from the other tab" in words
    assert "from this tab" in words
    assert 'name="number" value="2"' in response.content.decode()
    client.post(address(plan), said(fresh(plan), number=2, note="from this tab"))
    assert [row.note for row in answers_to(plan)] == ["from the other tab", "from this tab"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"did": ""}, "Select whether you did it"),
        ({"did": "maybe"}, "Select whether you did it"),
        ({"helped": ""}, "Say how much it helped, from 0 to 4"),
        ({"helped": "5"}, "Select a number from 0 to 4"),
        ({"helped": "-1"}, "Select a number from 0 to 4"),
        ({"helped": "a lot"}, "Select a number from 0 to 4"),
        ({"then": ""}, "Select what becomes of the plan"),
        ({"then": "delete"}, "Select what becomes of the plan"),
        ({"look_back": ""}, "Select when to look back on it again"),
        ({"look_back": "none"}, "Select a day from the list"),
        ({"then": "change", "will": " "}, "Say what you will do"),
        ({"then": "change", "when": ""}, "Say when you will do it"),
        ({"will": "something else"}, "Select “Change it” to keep them"),
        ({"note": "a\x00b"}, "Line 1 holds a hidden character"),
        ({"when": "b" * 1001, "then": "change"}, "can hold 1,000 characters. It has 1001 now"),
    ],
)
def test_plan_look_back_with_a_wrong_answer_says_what_to_do_and_shows_every_word(client, plan, world, wrong, message):
    client.force_login(world["amina"])
    response = client.post(address(plan), said(plan, note="A wagtail came by") | wrong)
    shown = response.content.decode()
    assert message in html.unescape(text_of(response))
    assert "<title>Error: Look back on your plan" in shown
    assert "A wagtail came by" in shown or "note" in wrong
    assert all(words in shown for words in wrong.values() if len(words) > 9)
    assert answers_to(plan) == []
    assert fresh(plan).look_back_on == plan.look_back_on


@pytest.mark.parametrize("number", ["", "0", "2", "-1", "x", "9" * 400, "١"])
def test_plan_look_back_with_a_forged_number_writes_nothing_and_keeps_the_words_on_the_page(
    client, plan, world, number
):
    client.force_login(world["amina"])
    response = client.post(address(plan), said(plan, number=number, note="A wagtail came by"))
    assert response.status_code == 409
    assert "A wagtail came by" in text_of(response)
    assert answers_to(plan) == []


def test_plan_look_back_takes_nobody_and_no_time_from_the_browser(client, plan, world):
    client.force_login(world["amina"])
    forged = {"plan": world["bens_reflection"].plans.get().pk, "answered_at": "2020-01-01", "author": world["ben"].pk}
    client.post(address(plan), said(plan) | forged)
    [kept] = answers_to(plan)
    assert (kept.plan, kept.answered_at) == (plan, timezone.now())


def test_plan_look_back_on_somebody_elses_plan_is_not_there(client, plan, world):
    client.force_login(world["ben"])
    for send in (client.get, lambda where: client.post(where, said(plan))):
        theirs, nobodys = send(address(plan)), send(f"/coping/plans/{uuid.uuid4()}/")
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.content == nobodys.content
    assert answers_to(plan) == []


def test_plan_look_back_waits_until_the_reflection_is_complete(client, plan, world):
    client.force_login(world["amina"])
    world["reflection"].reopen()
    assert client.get(address(plan)).status_code == 404
    assert client.post(address(plan), said(plan)).status_code == 404


def test_plan_look_back_counts_as_a_save_of_the_coping_phase(client, plan, world):
    """So that the PDF is made afresh, and a coping page opened before asks before it undoes the change."""
    client.force_login(world["amina"])
    client.post(address(plan), said(plan, then="change", will="hum"))
    stale = client.post(page(world["reflection"], "coping"), {"version": 3, "when-1": plan.when, "will-1": plan.will})
    assert stale.status_code == 409
    assert fresh(plan).will == "hum"


def test_plan_look_back_shows_in_the_reflection_and_is_found_by_the_search(client, plan, world):
    client.force_login(world["amina"])
    client.post(address(plan), said(plan, then="change", will="hum", note="A wagtail came by"))
    words = text_of(client.get(page(world["reflection"])))
    assert "I will hum" in words
    assert "Looked back on 26 November 2026: done, helped 3 out of 4" in words
    assert "The plan was then: When my last call before lunch ends, I will stand up" in words
    assert "A wagtail came by" in words
    assert "heron" in text_of(client.post("/journal/", {"q": "WAGTAIL"}))
    assert "heron" not in text_of(client.post("/journal/", {"q": "wagtails"}))


def test_plan_look_back_words_stay_when_the_plan_is_emptied_in_a_reopened_reflection(client, plan, world):
    client.force_login(world["amina"])
    client.post(address(plan), said(plan, note="A wagtail came by"))
    reflection = plan.reflection
    reflection.plan(1, look_back="", today=timezone.localdate(), version=None, when="", will="")
    assert [row.note for row in answers_to(plan)] == ["A wagtail came by"]


ANSWERS = st.fixed_dictionaries(
    {
        "did": st.sampled_from(["yes", "partly", "no", "", "perhaps"]),
        "helped": st.sampled_from(["", "0", "1", "4", "5", "x"]),
        "note": st.text(max_size=1200),
        "then": st.sampled_from(["keep", "change", "drop", ""]),
        "look_back": st.sampled_from(["tomorrow", "next_week", "none", ""]),
        "number": st.sampled_from(["1", "2", ""]),
    },
    optional={"when": st.text(max_size=50), "will": st.text(max_size=50)},
)


@given(ANSWERS)
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_plan_look_back_keeps_any_answer_whole_or_shows_it_again(amina, world, answers):
    plan = factories.make_reflection(world["amina"]).plans.get()
    sent = said(plan) | {name: text.encode("utf-8", "ignore").decode() for name, text in answers.items()}
    response = amina.post(address(plan), sent)
    note = sent["note"].replace("\r\n", "\n").replace("\r", "\n")
    kept = answers_to(plan)
    if response.status_code == 302:
        assert [(row.note, row.helped is None) for row in kept] == [(note, row.did == "no") for row in kept]
        assert len(kept) == 1
        assert (fresh(plan).looked_back_at is None) == (kept[0].then != "drop")
    else:
        assert response.status_code in {200, 409}
        assert kept == []
        if "\x00" not in note:
            assert note in html.unescape(response.content.decode()).replace("\r\n", "\n").replace("\r", "\n")
