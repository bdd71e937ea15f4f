"""Two people, two tabs, two requests at the same moment: one order of the two, and no word lost."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from apps.journal import actions, views, views_phases
from apps.journal.forms import ChallengeForm, CopingForm
from apps.journal.models import OutOfDate, Reflection
from tests import factories
from tests.journal.pages import page
from tests.journal.test_saving import sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def amina():
    return factories.make_person("amina@example.nhs.uk")


@pytest.fixture
def draft(amina):
    return factories.make_draft(amina)


def at_once(*acts):
    """Run `acts` at the same moment, each with a connection of its own; their results or exceptions, in order."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def saving(form_class, draft, by, *, version=0, **fields):
    """An act that saves a phase against `version`."""

    def act():
        fresh = Reflection.objects.owned_by(by).whole().get(pk=draft.pk)
        form = form_class(sent(version=str(version), **fields), reflection=fresh, author=by)
        assert form.is_valid()
        return actions.save_phase(by=by, pk=draft.pk, answers=form, against=version, finished=True)

    return act


def test_six_saves_of_one_phase_against_one_version_have_one_winner(amina, draft):
    results = at_once(*(saving(ChallengeForm, draft, amina, what_happened=f"tab {n}") for n in range(6)))
    winners = [n for n, result in enumerate(results) if isinstance(result, Reflection)]
    assert [type(result) for n, result in enumerate(results) if n not in winners] == [OutOfDate] * 5
    kept = Reflection.objects.owned_by(amina).get(pk=draft.pk)
    assert (kept.version, kept.what_happened) == (1, f"tab {winners[0]}")


def test_two_phases_saved_at_once_are_both_kept(amina, draft):
    at_once(
        saving(ChallengeForm, draft, amina, what_happened="one tab", challenges=["C3", "C4:notes-unfinished"]),
        saving(CopingForm, draft, amina, take_forward="another tab", when__1="noon comes", will__1="eat"),
    )
    kept = Reflection.objects.owned_by(amina).whole().get(pk=draft.pk)
    assert (kept.version, kept.what_happened, kept.take_forward) == (2, "one tab", "another tab")
    assert (len(kept.challenges.all()), len(kept.plans.all())) == (3, 1)


def test_a_start_pressed_six_times_at_once_makes_one_reflection(amina):
    key = uuid.uuid4()
    results = at_once(*[lambda: actions.start_reflection(by=amina, kind="full", start_key=key)] * 6)
    assert len({result.pk for result in results}) == 1
    assert Reflection.objects.owned_by(amina).count() == 1


def test_completing_while_a_tab_saves_never_completes_words_its_author_has_not_seen(amina):
    whole = factories.make_reflection(amina)
    whole.reopen()
    at_once(
        saving(ChallengeForm, whole, amina, version=3, what_happened="late words", challenges="C3"),
        lambda: actions.complete_reflection(by=amina, pk=whole.pk, seen=3, looked=True),
    )
    kept = Reflection.objects.owned_by(amina).get(pk=whole.pk)
    assert kept.what_happened == "late words"
    assert kept.is_draft


@pytest.mark.parametrize("act", ["challenge", "autosave", "complete", "reopen"])
def test_an_act_on_a_reflection_deleted_meanwhile_finds_nothing(client, amina, monkeypatch, act):
    whole = factories.make_reflection(amina)
    if act != "reopen":
        whole.reopen()
    client.force_login(amina)
    found = views.own_reflection

    def found_and_then_deleted(request, pk):
        reflection = found(request, pk)
        Reflection.objects.owned_by(amina).filter(pk=pk).delete()
        return reflection

    for module in (views, views_phases):
        monkeypatch.setattr(module, "own_reflection", found_and_then_deleted)
    answer = client.post(page(whole, act), {"version": 3, "phase": "challenge"})
    monkeypatch.undo()
    assert client.get(answer.url).status_code == 404 if act == "reopen" else answer.status_code == 404
