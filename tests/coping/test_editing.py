"""From a draft to the library: one person writes, another publishes, and nothing that was published ever changes."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.coping.actions import discard_version, publish_version, write_strategy, write_version
from apps.coping.models import Strategy, StrategyVersion, WrongState
from tests.factories import make_editor
from tests.journal.pages import text_of

PUBLISHED = {"state": "published", "published_at": timezone.now()}


@pytest.fixture
def strategy(world):
    return Strategy.objects.published().get(code="S01")


@pytest.fixture
def draft(world, strategy):
    """Edie's draft of version 2."""
    return write_version(by=world["edie"], strategy=strategy, content=reworded(strategy.shown))


@pytest.fixture
def eli(world):
    """A second editor."""
    return make_editor("eli@example.nhs.uk", name="Eli")


def reworded(version, **changes):
    return replace(version.content, **({"summary": "Stand up for a minute."} | changes))


def shown():
    return Strategy.objects.published().get(code="S01").shown


def test_a_version_goes_from_draft_through_review_into_the_library(world, draft, eli):
    assert (draft.number, draft.state, draft.written_by) == (2, "draft", "Edie")
    draft.send_for_review(by=world["edie"])
    assert shown().number == 1
    publish_version(by=eli, version=draft)
    assert (shown(), shown().summary, shown().reviewer) == (draft, "Stand up for a minute.", eli)
    assert shown().published_at


def test_who_wrote_a_version_cannot_publish_it(world, draft):
    draft.send_for_review(by=world["edie"])
    with pytest.raises(WrongState, match="You wrote this version"):
        publish_version(by=world["edie"], version=draft)
    assert shown().number == 1


def test_who_last_changed_a_version_cannot_publish_it(world, draft, eli):
    world["edie"].is_active = False
    world["edie"].save()
    draft = StrategyVersion.objects.get(pk=draft.pk)
    draft.rewrite(reworded(draft, name="Reset"), by=eli)  # Edie has left: her draft is anybody's to go on with
    draft.send_for_review(by=eli)
    with pytest.raises(WrongState, match="You wrote this version"):
        publish_version(by=eli, version=draft)


def test_the_database_refuses_a_version_reviewed_by_its_writer(world, draft):
    with pytest.raises(IntegrityError, match="reviewed_by_a_second_person"), transaction.atomic():
        StrategyVersion.objects.filter(pk=draft.pk).update(reviewer=world["edie"], **PUBLISHED)


def test_the_database_refuses_a_published_version_without_its_moment(draft):
    with pytest.raises(IntegrityError, match="published_at_a_moment"), transaction.atomic():
        StrategyVersion.objects.filter(pk=draft.pk).update(state="published")


def test_one_version_at_a_time_is_in_the_works(draft, strategy, eli):
    with pytest.raises(WrongState, match="Version 2 is in the works already"):
        write_version(by=eli, strategy=strategy, content=draft.content)
    second = StrategyVersion.saying(draft.content, strategy=strategy, number=3, origin="editor", editor=eli)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_a_draft_is_changed_sent_and_discarded_by_its_writer_alone(draft, eli):
    for act in (lambda: draft.rewrite(draft.content, by=eli), lambda: draft.send_for_review(by=eli)):
        with pytest.raises(WrongState, match="not a draft of yours"):
            act()
    with pytest.raises(WrongState, match="not a draft of yours"):
        discard_version(by=eli, version=draft)
    assert StrategyVersion.objects.filter(pk=draft.pk).exists()


def test_a_draft_of_somebody_who_is_no_editor_any_more_is_anybodys_to_go_on_with(world, draft, eli):
    world["edie"].groups.clear()  # she may still sign in
    draft = StrategyVersion.objects.get(pk=draft.pk)
    draft.rewrite(reworded(draft, name="Reset"), by=eli)
    assert draft.editor == eli


def test_a_version_in_review_stays_as_it_is_until_it_is_sent_back(world, draft, eli):
    draft.send_for_review(by=world["edie"])
    with pytest.raises(WrongState, match="it is in review"):
        draft.rewrite(reworded(draft, name="Reset"), by=world["edie"])
    draft.send_back(note="Say how long.")
    assert (draft.state, draft.note, draft.editor) == ("draft", "Say how long.", world["edie"])
    with pytest.raises(WrongState, match="not in review"):
        publish_version(by=eli, version=draft)


def test_a_published_version_never_changes(world, strategy):
    used = strategy.shown
    used.summary = "Something else."
    for act in (used.save, used.delete, lambda: used.rewrite(used.content, by=world["edie"])):
        with pytest.raises(WrongState):
            act()
    assert shown().summary != "Something else."


def test_a_reflection_shows_the_version_it_used(client, world, strategy, eli):
    client.force_login(world["amina"])
    draft = write_version(by=world["edie"], strategy=strategy, content=reworded(strategy.shown, name="Stand up"))
    draft.send_for_review(by=world["edie"])
    publish_version(by=eli, version=draft)
    assert "Strategy: Reset minute" in text_of(client.get(f"/journal/{world['reflection'].pk}/"))
    assert world["reflection"].plans.get().version.number == 1


def test_a_plan_keeps_the_words_of_a_retired_strategy_and_leads_to_no_page_that_is_gone(client, world, strategy):
    client.force_login(world["amina"])
    assert b'href="/coping/reset-minute/"' in client.get("/coping/plans/").content
    strategy.retire()
    page = client.get("/coping/plans/")
    assert "Strategy: Reset minute" in text_of(page)
    assert b'href="/coping/reset-minute/"' not in page.content


def test_retire_takes_a_strategy_out_and_bring_back_puts_it_in_as_it_was(world, strategy, draft, eli):
    before = strategy.shown
    strategy.retire()
    assert not Strategy.objects.published().filter(code="S01").exists()
    draft.send_for_review(by=world["edie"])
    with pytest.raises(WrongState, match="Bring it back first"):
        publish_version(by=eli, version=draft)
    with pytest.raises(WrongState, match="nothing to retire"):
        strategy.retire()
    strategy.bring_back()
    assert shown() == before
    with pytest.raises(WrongState, match="not retired"):
        strategy.bring_back()


def test_publish_of_what_nobody_reviewed_is_refused(strategy, draft):
    with pytest.raises(WrongState, match="was not published"):
        strategy.publish(draft)
    with pytest.raises(WrongState, match="ever published"):
        _ = Strategy(slug="empty").shown


def test_a_discarded_draft_goes_and_takes_a_strategy_along_that_has_nothing_else(world, strategy, draft):
    discard_version(by=world["edie"], version=draft)
    assert strategy.versions.count() == 1
    first = write_strategy(by=world["edie"], slug="sing", content=draft.content)
    discard_version(by=world["edie"], version=first)
    assert not Strategy.objects.filter(slug="sing").exists()


def test_an_editor_s_account_can_go_and_what_was_published_stays(world, draft, eli):
    draft.send_for_review(by=world["edie"])
    publish_version(by=eli, version=draft)
    world["edie"].delete()
    eli.delete()
    assert (shown().number, shown().written_by) == (2, "somebody who has left")
