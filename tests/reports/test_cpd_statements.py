"""CPD statements: written, begun from a reflection, changed and deleted by their author, and seen by nobody else."""

import uuid
from datetime import date

import pytest

from apps.journal.models import FollowUp
from apps.reports.cpd.models import CpdStatement
from tests import factories
from tests.journal.pages import text_of
from tests.reports.cpd import RECORD, SAYS, address, sent, write

NEW = f"{RECORD}new/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-11-26 12:00:00+00:00", tick=False)


@pytest.fixture
def statement(world):
    """Amina's; Ben has one too."""
    write(world["ben"], activity="Ben's course: bullfinch")
    return write(world["amina"])


def hers(world):
    return [row.says for row in CpdStatement.objects.owned_by(world["amina"])]


# --- Writing one ---


def test_cpd_new_keeps_what_was_typed_and_no_author_that_a_browser_names(amina, world):
    page = amina.post(NEW, sent(author=str(world["ben"].pk)), follow=True)
    assert "Your CPD statement is saved. Only you can see it." in text_of(page)
    assert hers(world) == [SAYS]


def test_cpd_new_needs_no_more_than_a_day_and_an_activity(amina, world):
    typed = sent(learned="", principle="", changed="", evidence="", next_step="")
    del typed["linked_to_cbt"]
    amina.post(NEW, typed)
    [said] = hers(world)
    assert (said["activity"], said["learned"], said["linked_to_cbt"]) == (SAYS["activity"], "", False)


def test_cpd_new_pressed_twice_makes_one_and_other_words_from_the_same_page_another(amina, world):
    typed = sent()
    assert amina.post(NEW, typed).url == amina.post(NEW, typed).url
    amina.post(NEW, typed | {"learned": "Something else"})
    assert len(hers(world)) == 2


WRONG = {
    "no activity": ({"activity": " \n "}, "Say what the activity was, in a few words"),
    "a long activity": ({"activity": "x" * 501}, "“Activity” can hold 500 characters. It has 501 now, so shorten it"),
    "a hidden character": ({"learned": "a\x08b"}, "Line 1 holds a hidden character that cannot be saved"),
    "no day": ({"done_on_day": "", "done_on_month": "", "done_on_year": ""}, "Enter the day, the month and the year"),
    "half a day": ({"done_on_month": ""}, "Enter a real day, such as 27 3 2026"),
    "a day that is none": ({"done_on_day": "31", "done_on_month": "2"}, "Enter a real day, such as 27 3 2026"),
    "words for a day": ({"done_on_day": "first"}, "Enter a real day, such as 27 3 2026"),
    "other figures": ({"done_on_day": "２"}, "Enter a real day, such as 27 3 2026"),
    "a huge number": ({"done_on_year": "9" * 5000}, "Enter a real day, such as 27 3 2026"),
    "tomorrow": (
        {"done_on_day": "27", "done_on_month": "11"},
        "The day of the activity must be today or in the past",
    ),
    "1900": ({"done_on_year": "1900"}, "The year of the activity must be 2000 or later"),
    "two figures of a year": ({"done_on_year": "26"}, "The year of the activity must be 2000 or later"),
    "no key": ({"page_key": "x"}, "This page was not sent whole"),
}


@pytest.mark.parametrize(("wrong", "message"), WRONG.values(), ids=WRONG)
def test_cpd_new_says_what_to_mend_and_keeps_every_word(amina, world, wrong, message):
    page = amina.post(NEW, sent() | wrong).content.decode()
    assert "<title>Error: " in page
    assert page.count(message) >= 1
    assert "sleep diary" in page
    assert hers(world) == []


def test_cpd_new_leads_from_the_error_to_the_first_box_of_the_day(amina):
    page = amina.post(NEW, sent(done_on_day="40")).content.decode()
    assert 'href="#id_done_on_0"' in page
    assert 'id="id_done_on_0"' in page
    assert 'value="40"' in page


def test_cpd_new_takes_today(amina, world):
    amina.post(NEW, sent(day=date(2026, 11, 26)))
    assert hers(world)[0]["done_on"] == date(2026, 11, 26)


def test_cpd_new_after_the_sign_in_ran_out_gives_the_words_back(client, world):
    page = client.post(NEW, sent(), headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 401
    assert "Small steps hold: dipper" in page.content.decode()


def test_cpd_new_never_holds_a_draft_back_for_what_may_identify_somebody(amina, world):
    amina.post(NEW, sent(learned="Mrs Whimbrel was born on 3/4/1950"))
    assert hers(world)[0]["learned"] == "Mrs Whimbrel was born on 3/4/1950"


# --- Begun from a reflection ---


@pytest.fixture
def reflection(world):
    """A completed one with a word planted in each of its answers."""
    said = {"what_happened": "heron", "noticed": "knot", "why_it_matters": "ruff", "already_helped": "gadwall"}
    return factories.make_reflection(
        world["amina"],
        examples=(("C3", "no-gap"), ("C1", "")),
        take_forward="One thing at a time",
        **said,
    )


def test_cpd_new_begins_from_what_was_learned_and_planned_and_not_from_what_happened(amina, reflection):
    page = amina.get(NEW, {"reflection": reflection.pk})
    first = page.context["form"].initial
    assert first["done_on"] == date(2026, 11, 26)
    assert first["activity"] == ("Reflection on practice: Holding distress; Volume, pace and targets")
    assert first["learned"] == "The diary was full, not me\n\nOne thing at a time"
    assert first["changed"] == ""
    assert "stand up and look out of the window" in first["next_step"]
    for word in ("heron", "knot", "ruff", "gadwall", "Anybody would"):
        assert word not in page.content.decode()


def test_cpd_new_says_what_was_done_as_changed_and_leaves_out_a_plan_that_was_dropped(amina, world, reflection):
    plan = reflection.plans.get()
    FollowUp.objects.create(plan=plan, author=world["amina"], number=1, did="partly", helped=2, then="keep")
    first = amina.get(NEW, {"reflection": reflection.pk}).context["form"].initial
    assert "stand up" in first["changed"]
    assert first["next_step"] == ""
    FollowUp.objects.update(did="no", helped=None, then="drop")
    plan.drop(at=reflection.completed_at)
    first = amina.get(NEW, {"reflection": reflection.pk}).context["form"].initial
    assert (first["changed"], first["next_step"]) == ("", "")


def test_cpd_new_from_a_reflection_that_is_not_there_for_me_is_not_found(amina, world):
    for other in (world["bens_reflection"].pk, world["draft"].pk, uuid.uuid4(), "x", ""):
        assert amina.get(NEW, {"reflection": other}).status_code == 404, other


def test_cpd_new_takes_no_word_from_a_reflection_that_a_form_names(amina, world):
    typed = sent(reflection=str(world["bens_reflection"].pk))
    amina.post(f"{NEW}?reflection={world['bens_reflection'].pk}", typed)
    assert hers(world) == [SAYS]


def test_cpd_new_from_a_reflection_costs_the_same_number_of_queries_with_more_plans(
    amina, reflection, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9):  # session, person, and the reflection with its parts
        amina.get(NEW, {"reflection": reflection.pk})


def test_a_statement_stays_when_the_reflection_it_began_from_is_deleted(amina, world, reflection):
    page = text_of(amina.get(f"/journal/{reflection.pk}/delete/"))
    assert "A CPD statement that you began from it stays too." in page
    amina.post(NEW, sent())
    reflection.delete()
    assert hers(world) == [SAYS]


# --- Reading, changing, deleting ---


def test_cpd_detail_says_what_was_written(amina, statement):
    words = text_of(amina.get(address("detail", statement)))
    for text in (*(text for text in SAYS.values() if isinstance(text, str)), "2 March 2026", "Linked to CBT Yes"):
        assert text in words


def test_cpd_change_keeps_the_new_words_and_a_second_press_is_no_clash(amina, world, statement):
    page = address("change", statement)
    assert 'value="2026"' in amina.get(page).content.decode()
    typed = sent(learned="Other words", version=1)
    assert amina.post(page, typed).url == address("detail", statement)
    assert amina.post(page, typed).status_code == 302
    assert hers(world) == [SAYS | {"learned": "Other words"}]


def test_cpd_change_made_from_an_older_page_shows_both_and_loses_neither(amina, world, statement):
    page = address("change", statement)
    amina.post(page, sent(learned="The first tab: smew", version=1))
    clash = amina.post(page, sent(learned="The second tab: goosander", version=1))
    assert clash.status_code == 409
    assert "You changed this statement in another tab." in text_of(clash)
    assert "smew" in text_of(clash)
    assert "goosander" in text_of(clash)
    assert hers(world)[0]["learned"] == "The first tab: smew"
    amina.post(page, clash.context["form"].data)
    assert hers(world)[0]["learned"] == "The second tab: goosander"


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 20])
def test_cpd_change_without_its_version_saves_nothing(amina, world, statement, version):
    page = amina.post(address("change", statement), sent(learned="Other words", version=version))
    assert "This page was not sent whole" in text_of(page)
    assert hers(world) == [SAYS]


def test_cpd_change_and_delete_of_somebody_elses_are_not_found_and_change_nothing(amina, world):
    bens = write(world["ben"])
    for name in ("detail", "change", "delete"):
        for ask in (amina.get, amina.post):
            assert ask(address(name, bens), sent(version=1)).status_code == 404
    assert CpdStatement.objects.get().says == SAYS


def test_cpd_delete_asks_and_then_deletes_mine_alone(amina, world, statement):
    assert "A reflection that it began from stays." in text_of(amina.get(address("delete", statement)))
    assert len(hers(world)) == 1
    assert amina.post(address("delete", statement)).url == RECORD
    assert hers(world) == []
    assert CpdStatement.objects.owned_by(world["ben"]).count() == 1
