"""Writing a draft for its reader: what is typed is kept, what may identify somebody is asked about."""

import pytest
from django.utils import timezone

from apps.supervision import actions
from apps.supervision.models import SharedSummary
from tests.factories import make_link, make_summary
from tests.supervision.pages import composed, page_of, said_in, share_now, shown_in, text_of


def test_summary_edit_changes_the_copy_and_never_the_reflection(amina, link, world):
    edit, fields = composed(amina, world["reflection"], link, plans="I will pause: kingfisher", ask="How to say no")
    preview = amina.post(edit, fields, follow=True)
    assert "I will pause: kingfisher" in said_in(preview)
    assert world["reflection"].plans.get().will == "stand up and look out of the window"


def test_summary_edit_leaves_out_a_part_whose_text_was_emptied(amina, link, world):
    edit, fields = composed(amina, world["reflection"], link, plans="  ", ask="How to say no")
    said = said_in(amina.post(edit, fields, follow=True))
    assert "What I plan to do" not in said
    assert "What I would like from supervision" in said


def test_summary_edit_asks_about_each_identifier_and_keeps_the_words_meanwhile(amina, link, world):
    edit, fields = composed(amina, world["reflection"], link, ask="Mr Osprey rang 07700 900123. Mr Osprey again")
    page = amina.post(edit, fields)
    assert page.status_code == 422
    assert [found.words for found in page.context["found"]] == ["Mr Osprey", "07700 900123"]
    assert "Mr Osprey rang" in SharedSummary.objects.get().words
    where = "a person’s name in “What I would like from supervision”: Mr Osprey rang 07700 900123. Mr Osprey again"
    assert f"{where} Mr Osprey rang 07700 900123. Mr Osprey again" in text_of(page)  # once for each place
    fields |= {"version": 2, "decided": ["ask:Mr Osprey"]}
    assert [found.decided for found in amina.post(edit, fields).context["found"]] == [True, False]
    fields |= {"version": 3, "decided": ["ask:Mr Osprey", "ask:07700 900123"]}
    assert "Mr Osprey rang" in said_in(amina.post(edit, fields, follow=True))


def test_summary_edit_takes_no_decision_for_words_that_changed_since(amina, link, world):
    edit, fields = composed(amina, world["reflection"], link, ask="Mr Osprey")
    amina.post(edit, fields)
    fields |= {"version": 2, "text-ask": "Mr Kestrel", "decided": ["ask:Mr Osprey"]}
    assert amina.post(edit, fields).status_code == 422


@pytest.mark.parametrize("days", ["", "0", "-1", "366", "for ever", "30.5"])
def test_summary_edit_refuses_a_time_that_is_past_or_too_long(days, amina, link, world):
    edit, fields = composed(amina, world["reflection"], link, ask="kingfisher")
    page = amina.post(edit, fields | {"days": days})
    assert "Enter a number of days from 1 to 365" in text_of(page)
    assert "kingfisher" in page.content.decode()  # what was typed is still in the page


def test_summary_edit_saved_in_two_tabs_says_so_and_loses_neither(amina, link, world):
    edit, fields = composed(amina, world["reflection"], link)
    amina.post(edit, fields | {"text-ask": "one tab", "later": "1"})
    page = amina.post(edit, fields | {"text-ask": "another tab"})
    assert page.status_code == 409
    assert "another tab" in shown_in(page)["text-ask"]
    assert "one tab" in SharedSummary.objects.get().words
    again = fields | shown_in(page) | {"version": page.context["form"]["version"].value()}
    assert "another tab" in said_in(amina.post(edit, again, follow=True))


def test_summary_edit_lets_the_author_choose_another_reader_once_the_first_has_gone(amina, link, world):
    edit, fields = composed(amina, world["reflection"], link, ask="How to say no")
    other = make_link(world["amina"], world["edie"])
    actions.end_supervision(by=world["amina"], link=link, now=timezone.now())
    assert "not your supervisor here any more" in text_of(share_now(amina, edit, fields))
    amina.post(edit, fields | {"link": other.pk})
    assert SharedSummary.objects.get().link == other


def test_summary_edit_is_kept_although_nobody_is_left_to_read_it(amina, link, world):
    draft = make_summary(link, ask="kingfisher", shared=False)
    actions.end_supervision(by=world["sam"], link=link, now=timezone.now())
    said = {"version": 1, "days": 30, "text-ask": "an hour of writing", "text-challenges": "x"}
    amina.post(page_of(draft, "edit"), said | {"later": "1"})
    draft.refresh_from_db()
    assert "an hour of writing" in draft.words
    assert amina.get(page_of(draft, "preview")).url == page_of(draft, "edit")


def test_summary_edit_with_something_wrong_keeps_the_ticks_and_asks_about_what_was_typed(amina, link):
    draft = make_summary(link, ask="Mrs Smith said so", shared=False)
    said = {"version": 1, "days": 0, "text-ask": "Mrs Smith and Dr Jones", "text-challenges": "x"}
    page = amina.post(page_of(draft, "edit"), said | {"decided": ["ask:Mrs Smith"]}).content.decode()
    ticked = {found.mark: found.decided for found in amina.post(page_of(draft, "edit"), said).context["found"]}
    assert 'value="ask:Mrs Smith" checked' in page
    assert ticked == {"ask:Mrs Smith": False, "ask:Dr Jones": False}


def test_summary_discard_deletes_a_draft_and_never_what_was_shared(amina, link, summary):
    draft = make_summary(link, shared=False)
    assert "This cannot be undone." in text_of(amina.get(page_of(draft, "discard")))
    assert SharedSummary.objects.drafts().exists()  # asked first
    amina.post(page_of(draft, "discard"))
    assert amina.post(page_of(summary, "discard")).status_code == 404
    assert SharedSummary.objects.get() == summary
