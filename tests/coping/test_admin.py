"""Editors at their pages: what they may open, what they may press, and what a second pair of eyes sees."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from apps.coping.library import FIELD_NAMES
from apps.coping.models import Strategy, StrategyVersion
from tests.factories import make_editor
from tests.journal.pages import text_of

ADD = reverse("admin:coping_strategyversion_add")


def browser_of(person):
    """A browser in which this person is signed in."""
    browser = Client()
    browser.force_login(person)
    return browser


@pytest.fixture
def edie(world):
    """Edie's browser: she writes."""
    return browser_of(world["edie"])


@pytest.fixture
def eli(world):
    """Eli's browser: a second editor, who reviews."""
    return browser_of(make_editor("eli@example.nhs.uk", name="Eli"))


@pytest.fixture
def strategy(world):
    return Strategy.objects.published().get(code="S01")


def page_of(row):
    return reverse(f"admin:coping_{row._meta.model_name}_change", args=[row.pk])


def typed(page, **changes):
    """What the form on a page would send, with `changes`."""
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in (values | changes).items() if value not in (None, False)}


def write(browser, strategy, **changes):
    """Write a next version of a strategy; the draft."""
    address = f"{ADD}?strategy={strategy.pk}"
    answer = browser.post(address, typed(browser.get(address), **changes))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    return StrategyVersion.objects.in_work().get()


def problems(answer):
    return [str(error) for errors in answer.context["adminform"].form.errors.values() for error in errors]


def test_strategyversion_add_starts_from_the_newest_version_and_changes_only_what_was_changed(edie, strategy):
    draft = write(edie, strategy, summary="Stand up for a minute.")
    assert draft.content.differing_from(strategy.shown.content) == ["summary"]
    assert (draft.number, draft.state, draft.origin, draft.written_by) == (2, "draft", "editor", "Edie")


def test_strategyversion_change_takes_a_version_from_its_writer_to_the_library(edie, eli, strategy):
    draft = write(edie, strategy, summary="Stand up for a minute.")
    edie.post(page_of(draft), typed(edie.get(page_of(draft)), caution="Not while driving.", _send="1"))
    words = text_of(eli.get(page_of(draft)))
    assert "One line (changed) Stand up for a minute. A short break for your body before the next contact." in words
    assert "Caution (changed) Not while driving." in words
    assert "Steps (changed)" not in words
    draft.refresh_from_db()
    eli.post(page_of(draft), {"act": "publish", "seen": draft.digest})
    shown = Strategy.objects.published().get(code="S01").shown
    assert (shown.number, shown.summary, shown.caution) == (2, "Stand up for a minute.", "Not while driving.")
    assert [entry.change_message for entry in LogEntry.objects.order_by("action_time")] == [
        "Wrote version 2",
        "Wrote and sent for review version 2",
        "Published version 2",
    ]


def test_strategyversion_change_lets_no_writer_publish_her_own(edie, strategy):
    draft = write(edie, strategy, _send="1")
    assert "Publish it" not in text_of(edie.get(page_of(draft)))
    answer = edie.post(page_of(draft), {"act": "publish", "seen": draft.digest}, follow=True)
    assert "You wrote this version, so somebody else has to publish it." in text_of(answer)
    assert Strategy.objects.published().get(code="S01").shown.number == 1


def test_strategyversion_change_publishes_only_what_the_reviewer_read(edie, eli, strategy):
    draft = write(edie, strategy, _send="1")
    answer = eli.post(page_of(draft), {"act": "publish", "seen": "what it said before"}, follow=True)
    assert "This version was changed since you opened it." in text_of(answer)
    assert Strategy.objects.published().get(code="S01").shown.number == 1


def test_strategyversion_change_is_sent_back_with_a_note_that_its_writer_reads(edie, eli, strategy):
    draft = write(edie, strategy, _send="1")
    assert "Say in the note what to change." in text_of(eli.post(page_of(draft), {"act": "send back"}, follow=True))
    eli.post(page_of(draft), {"act": "send back", "note": "Say how long."})
    assert "Sent back with this note: Say how long." in text_of(edie.get(page_of(draft)))
    assert "Say how long." not in str(LogEntry.objects.values_list("change_message", flat=True))


def test_strategyversion_change_hands_a_note_back_that_could_not_be_kept(edie, eli, strategy):
    draft = write(edie, strategy, _send="1")
    answer = eli.post(page_of(draft), {"act": "send back", "note": "Say how\x1blong."}, follow=True)
    assert "Line 1 holds a hidden character" in text_of(answer)
    assert StrategyVersion.objects.in_work().get().state == "in_review"
    edie.post(page_of(draft), {"act": "send back"})
    answer = eli.post(page_of(draft), {"act": "send back", "note": "Say how long."}, follow=True)
    assert "it is draft. Your note was: Say how long." in text_of(answer)


def test_strategyversion_change_is_read_only_to_others_and_once_it_is_published(edie, eli, strategy):
    draft = write(edie, strategy)
    sent = typed(edie.get(page_of(draft)), name="Eli’s")
    assert eli.post(page_of(draft), sent).status_code == 404
    assert edie.post(page_of(strategy.shown), sent).status_code == 404
    answer = eli.post(page_of(draft), {"act": "discard", "sure": "1"}, follow=True)
    assert "This is not a draft of yours" in text_of(answer)
    draft.refresh_from_db()
    assert draft.name == "Reset minute"


def test_strategyversion_change_in_two_tabs_keeps_the_first_and_hands_the_second_back(edie, strategy):
    draft = write(edie, strategy)
    first, second = (typed(edie.get(page_of(draft)), name=name) for name in ("First", "Second"))
    edie.post(page_of(draft), first)
    answer = edie.post(page_of(draft), second)
    assert problems(answer) == [
        "This draft was changed elsewhere since you opened this page. "
        "Yours is not saved. Keep your words, and open the draft again."
    ]
    assert 'value="Second"' in answer.content.decode()
    draft.refresh_from_db()
    assert draft.name == "First"


def test_strategyversion_add_by_two_editors_at_once_keeps_the_first_and_hands_the_second_back(edie, eli, strategy):
    address = f"{ADD}?strategy={strategy.pk}"
    elis = typed(eli.get(address), name="Eli’s")
    write(edie, strategy, name="Edie’s")
    answer = eli.post(address, elis)
    assert problems(answer) == [
        "Version 2 is in the works already, by Edie. Yours is not saved. Keep your words, and open that version."
    ]
    assert StrategyVersion.objects.in_work().get().name == "Edie’s"


def test_strategyversion_add_of_a_new_strategy_gives_it_an_address_that_is_free(edie, eli, strategy):
    sent = typed(edie.get(f"{ADD}?strategy={strategy.pk}"), of="", name="Sing out loud")
    edie.post(ADD, sent | {"_send": "1"})
    first = StrategyVersion.objects.in_work().get()
    assert (first.strategy.slug, first.number, first.strategy.code) == ("sing-out-loud", 1, None)
    for taken in ("Sing out loud", "Plans", "???"):
        assert problems(edie.post(ADD, sent | {"name": taken})) == [
            "There is a page with such a name already. Choose another name"
        ]
    eli.post(page_of(first), {"act": "publish", "seen": first.digest})
    assert "Sing out loud" in text_of(edie.get("/coping/sing-out-loud/"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "Enter a name"),
        ({"family": "resets"}, "Select a valid choice"),
        ({"minutes": "0"}, "Enter whole minutes, from 1 to 600"),
        ({"minutes": "5", "minutes_max": "2"}, "Enter no fewer minutes than above, or none"),
        ({"fits": []}, "Choose at least one challenge that it fits"),
        ({"answers": ["back-to-front"]}, "Select a valid choice"),
        ({"steps": " \n "}, "Enter at least one step"),
        ({"steps": "Stand up.\nStand  up."}, "“Stand up.” is there twice. Take one away"),
        ({"name": "Reset\x07"}, "Line 1 holds a hidden character that cannot be saved"),
        ({"sources": "E9 says so"}, "“E9 says so” needs a key, a colon and what the source says"),
        ({"sources": "E99: So."}, "“E99” is not the key of a source. The keys are practice, ours, P1"),
        ({"strength": ""}, "Choose how much it rests on"),
    ],
)
def test_strategyversion_add_says_what_to_put_right(edie, strategy, changes, says):
    address = f"{ADD}?strategy={strategy.pk}"
    (problem,) = problems(edie.post(address, typed(edie.get(address), **changes)))
    assert problem.startswith(says)
    assert not StrategyVersion.objects.in_work().exists()


def test_strategyversion_add_takes_every_strategy_of_the_files_as_it_is(edie):
    """The form can say all that the files say."""
    for strategy in Strategy.objects.published():
        address = f"{ADD}?strategy={strategy.pk}"
        draft = write(edie, strategy)
        assert draft.content.differing_from(strategy.shown.content) == [], f"{strategy}: {FIELD_NAMES}"
        edie.post(page_of(draft), {"act": "discard", "sure": "1"})
        assert edie.get(address).status_code == 200


def test_strategyversion_change_discards_a_draft_once_the_box_is_ticked(edie, strategy):
    draft = write(edie, strategy)
    assert "Tick the box" in text_of(edie.post(page_of(draft), {"act": "discard"}, follow=True))
    edie.post(page_of(draft), {"act": "discard", "sure": "1"})
    assert not StrategyVersion.objects.in_work().exists()


def test_strategyversion_change_discards_a_first_draft_and_with_it_the_strategy(edie, strategy):
    new = typed(edie.get(f"{ADD}?strategy={strategy.pk}"), name="Quite new", of=None)
    draft = StrategyVersion.objects.get(pk=edie.post(ADD, new).url.split("/")[-3])
    answer = edie.post(page_of(draft), {"act": "discard", "sure": "1"}, follow=True)
    assert "Discarded the draft of version 1." in text_of(answer)
    assert not Strategy.objects.filter(slug="quite-new").exists()
    assert edie.get("/admin/").status_code == 200  # where it was noted


def test_strategy_change_retires_and_brings_back(edie, strategy):
    edie.post(page_of(strategy), {"act": "retire"})
    assert edie.get("/coping/reset-minute/").status_code == 404
    assert "nothing to retire" in text_of(edie.post(page_of(strategy), {"act": "retire"}, follow=True))
    edie.post(page_of(strategy), {"act": "bring back"})
    assert edie.get("/coping/reset-minute/").status_code == 200
    assert "Retired the strategy" in text_of(edie.get(reverse("admin:coping_strategy_history", args=[strategy.pk])))


def test_strategy_change_by_staff_who_are_no_editors_is_not_there(world, strategy):
    world["edie"].groups.clear()
    edie = browser_of(world["edie"])
    assert edie.get(page_of(strategy)).status_code == 404
    assert edie.post(page_of(strategy), {"act": "retire"}).status_code == 404
    assert Strategy.objects.published().filter(code="S01").exists()


def test_strategy_changelist_shows_what_waits_in_as_many_queries_however_many(
    edie, strategy, django_assert_num_queries
):
    write(edie, strategy, name="Reset for a minute", _send="1")
    edie.get(reverse("admin:index"))  # which says that it was sent
    with django_assert_num_queries(8):
        page = edie.get(reverse("admin:coping_strategy_changelist"))
    assert "Reset for a minute Published Version 2: in review, by Edie S01" in text_of(page)
