"""Editors read what was sent to them and nothing else, learn nobody's name, and answer once."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from apps.coping import actions_own as actions
from apps.coping.models import SuggestedStrategy
from tests.coping.own import write
from tests.journal.pages import text_of

LIST = "/admin/coping/suggestedstrategy/"


@pytest.fixture
def copy(world):
    """What Amina sent to the editors; another strategy of hers, and Ben's, she and he kept to themselves."""
    write(world["amina"], name="Avocet hour")
    write(world["ben"], name="Bittern bath")
    return actions.suggest_own(by=world["amina"], pk=write(world["amina"]).pk, seen=1)


@pytest.fixture
def edie(client, world):
    """A browser in which an editor is signed in."""
    client.force_login(world["edie"])
    return client


def page(copy):
    return reverse("admin:coping_suggestedstrategy_change", args=[copy.pk])


def test_editors_read_what_was_sent_and_not_what_was_kept_nor_who_sent_it(edie, world, copy):
    pages = [response.content.decode() for response in map(edie.get, (LIST, page(copy), f"{page(copy)}history/"))]
    assert "Skylark walk" in pages[0]
    assert "Walk round the skylark field once" in pages[1]
    for html in pages:
        for kept in ("Avocet", "Bittern", "amina", "Amina", str(world["amina"].pk)):
            assert kept not in html


@pytest.mark.parametrize("lookup", ["author", "author__exact", "author__id__exact", "author__email"])
def test_editors_cannot_ask_for_one_persons_suggestions(edie, world, copy, lookup):
    asked = world["amina"].email if lookup.endswith("email") else world["amina"].pk
    assert edie.get(LIST, {lookup: asked}).status_code == 400
    assert edie.get(LIST, {"state__exact": "new"}).status_code == 200


@pytest.mark.parametrize(("act", "state"), [("take up", "taken_up"), ("decline", "declined")])
def test_an_editor_answers_once_and_who_did_is_noted_without_a_word_of_it(edie, world, copy, act, state):
    assert edie.post(page(copy), {"act": act}).url == page(copy)
    assert "act" not in edie.get(page(copy)).content.decode().partition('class="submit-row"')[2]
    assert "This was answered already" in text_of(edie.post(page(copy), {"act": "decline"}, follow=True))
    assert SuggestedStrategy.objects.get().state == state
    noted = LogEntry.objects.get()
    assert (noted.user, noted.object_repr) == (world["edie"], f"suggested strategy {copy.pk}")


def test_nobody_but_editors_answers(client, world, copy):
    client.force_login(world["sam"])
    assert client.post(page(copy), {"act": "decline"}).status_code == 404
    assert SuggestedStrategy.objects.get().is_waiting
