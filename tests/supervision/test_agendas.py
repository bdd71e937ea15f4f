"""Agendas: what is offered for one, how its items are discussed one by one, and what carries over."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.journal.models import Plan, Reflection
from apps.supervision import drafting
from apps.supervision.actions_summaries import start_summary
from apps.supervision.models import Receipt, SharedSummary, SummarySource
from apps.supervision.snapshot import Part, Snapshot
from tests.factories import answer, make_link
from tests.supervision.pages import (
    LIST,
    SHARED,
    answer_of,
    page_of,
    reading_of,
    reflection_of,
    said_in,
    shared_from,
    text_of,
)

AGENDA = reverse("supervision:summary_new_agenda")


@pytest.fixture
def marked(world):
    """Three of Amina's reflections marked for supervision, the newest first."""
    skills, cases = Reflection.Supervision.CLINICAL_SKILLS, Reflection.Supervision.CASE_MANAGEMENT
    return [
        reflection_of(world["amina"], days_ago=1, supervision=skills, what_happened="wagtail"),
        reflection_of(world["amina"], days_ago=2, supervision=cases, examples=(("C1", ""),)),
        reflection_of(world["amina"], days_ago=3, supervision=skills),
    ]


def test_summary_new_agenda_offers_what_is_marked_for_supervision_and_is_mine(amina, link, marked, world):
    reflection_of(world["ben"], supervision=Reflection.Supervision.CLINICAL_SKILLS)
    page = amina.get(AGENDA)
    assert list(page.context["form"].offered) == [str(one.pk) for one in marked]
    words = text_of(page)
    assert "Marked for clinical skills" in words
    assert "Nothing is shared yet." in words
    assert "only the reflections that you marked for supervision" in words
    assert words.count("Number for the reflection of ") == 3


def test_summary_new_agenda_keeps_the_order_that_the_author_numbers(amina, link, marked):
    places = {f"place-{marked[0].pk}": "2", f"place-{marked[2].pk}": "1", f"place-{marked[1].pk}": ""}
    texts = amina.get(amina.post(AGENDA, {"link": link.pk} | places).url).context["form"].texts
    assert [text.label for text in texts][1:] == ["Item 1: clinical skills", "Item 2: clinical skills"]
    draft = SharedSummary.objects.get()
    assert list(draft.sources.values_list("reflection", flat=True)) == [marked[2].pk, marked[0].pk]
    assert "wagtail" not in draft.words  # what happened is not copied


@pytest.mark.parametrize("place", ["0", "-1", "21", "1.5", "first"])
def test_summary_new_agenda_refuses_a_place_that_is_none(place, amina, link, marked):
    page = amina.post(AGENDA, {"link": link.pk, f"place-{marked[0].pk}": place})
    assert "Enter a whole number from 1 to 20, or leave it empty" in text_of(page)


def test_summary_new_agenda_asks_for_one_item_at_least_and_ten_at_most(amina, link, marked, world):
    assert "Number at least one reflection" in text_of(amina.post(AGENDA, {"link": link.pk}))
    for _ in range(8):
        reflection_of(world["amina"], supervision=Reflection.Supervision.CASE_MANAGEMENT)
    every = {f"place-{pk}": "1" for pk in amina.get(AGENDA).context["form"].offered}
    assert "Number at most 10 reflections" in text_of(amina.post(AGENDA, {"link": link.pk} | every))
    assert not SharedSummary.objects.exists()


def test_summary_new_agenda_ignores_a_reflection_that_is_not_the_authors(amina, link, marked, world):
    theirs = reflection_of(world["ben"], supervision=Reflection.Supervision.CLINICAL_SKILLS)
    places = {f"place-{marked[0].pk}": "2", f"place-{theirs.pk}": "1", f"place-{world['reflection'].pk}": "3"}
    amina.post(AGENDA, {"link": link.pk} | places)
    assert list(SummarySource.objects.values_list("reflection", flat=True)) == [marked[0].pk]


def agenda_of(link, marked, **texts):
    """An agenda of these reflections that was shared."""
    material = drafting.gather_agenda(link.practitioner, [one.pk for one in marked])
    parts = tuple(
        Part(part.key, part.label, texts.get(part.key.replace("-", "_"), part.text)) for part in material.parts
    )
    kind, today = SharedSummary.Kind.AGENDA, timezone.localdate()
    start = {"sources": material.sources, "today": today, "kind": kind}
    return shared_from(start_summary(by=link.practitioner, link=link, snapshot=Snapshot(parts), **start))


def test_shared_answer_names_no_item_of_an_agenda_that_was_never_opened(sam, link, marked):
    agenda = agenda_of(link, marked)
    page = sam.post(reading_of(agenda, "answer"), answer_of(agenda, items=["99"]))
    assert page.status_code == 422
    assert "clinical skills" not in text_of(page)
    assert not Receipt.objects.exists()


def test_shared_answer_marks_the_items_that_were_discussed_and_the_rest_carries_over(amina, sam, link, marked):
    agenda = agenda_of(link, marked)
    page = sam.get(reading_of(agenda))
    assert "Item 1: clinical skills" in said_in(page)
    sam.post(reading_of(agenda, "answer"), answer_of(agenda, items=["1", "3"]))
    assert [bool(one.discussed_at) for one in agenda.sources.all()] == [True, False, True]
    form = amina.get(AGENDA).context["form"]
    assert list(form.offered) == [str(marked[1].pk)]
    assert "Carried over" in form.items[0].help_text
    words = text_of(amina.get(page_of(agenda)))
    today = f"{timezone.localdate():%-d %B %Y}"
    for number, mark in ((1, "clinical skills"), (3, "clinical skills")):
        assert re.search(f"Item {number}: {mark} [^.]+ Discussed, marked on {today}", words)
    assert re.search("Item 2: case management [^.]+ Not discussed yet", words)
    assert words.count("your next agenda") == 1


def test_agenda_says_how_many_of_its_items_were_discussed_until_all_are(amina, sam, link, marked):
    agenda = agenda_of(link, marked[:2])
    others = agenda_of(link, marked[2:])
    sam.post(reading_of(agenda, "answer"), answer_of(agenda, items=["1"]))
    for page in (amina.get(LIST), sam.get(SHARED)):
        assert "1 of 2 items discussed." in text_of(page)
        assert " Discussed." not in text_of(page)
    assert "Discussed 1 of 2 items" in text_of(amina.get(page_of(agenda)))
    sam.post(reading_of(agenda, "answer"), answer_of(agenda, items=["1", "2"]))
    for page in (amina.get(LIST), sam.get(SHARED)):
        assert text_of(page).count("Discussed.") == 1  # and nothing of the other one
    assert f"Discussed {timezone.localdate():%-d %B %Y}" in text_of(amina.get(page_of(agenda)))
    assert "Not discussed yet" in text_of(amina.get(page_of(others)))


def test_agenda_says_that_it_is_one_on_every_page(amina, sam, link, marked):
    agenda = agenda_of(link, marked[:1])
    start = {"sources": (), "today": timezone.localdate(), "snapshot": Snapshot((Part("ask", "Ask", "Help"),))}
    draft = start_summary(by=link.practitioner, link=link, kind=SharedSummary.Kind.AGENDA, **start)
    for page in (amina.get(page_of(agenda)), sam.get(SHARED), sam.get(reading_of(agenda)), amina.get(LIST)):
        assert "Supervision agenda" in text_of(page)
    assert "Draft supervision agenda for Sam" in text_of(amina.get(LIST))
    assert "Supervision agenda for Sam" in text_of(amina.get(page_of(draft, "edit")))
    assert "draft supervision agenda for Sam" in text_of(amina.get(page_of(draft, "discard")))


def test_shared_answer_takes_a_mark_away_again(sam, link, marked):
    agenda = agenda_of(link, marked)
    sam.post(reading_of(agenda, "answer"), answer_of(agenda, items=["1", "2"]))
    assert sam.get(reading_of(agenda)).context["form"]["items"].value() == [1, 2]
    sam.post(reading_of(agenda, "answer"), answer_of(agenda, items=["2"]))
    assert [bool(one.discussed_at) for one in agenda.sources.all()] == [False, True, False]
    sam.post(reading_of(agenda, "answer"), answer_of(agenda))
    agenda.refresh_from_db()
    assert agenda.discussed_at is None
    assert not agenda.sources.discussed().exists()


def test_shared_answer_refuses_an_item_that_is_none(sam, link, marked):
    agenda = agenda_of(link, marked[:1])
    assert sam.post(reading_of(agenda, "answer"), answer_of(agenda, items=["2"])).status_code == 422
    assert not agenda.sources.discussed().exists()


def test_agenda_carries_over_an_item_that_was_left_out_after_all(amina, link, marked):
    agenda = agenda_of(link, marked[:2], item_1=" ")
    assert list(agenda.sources.values_list("position", "reflection")) == [(2, marked[1].pk)]
    form = amina.get(AGENDA).context["form"]
    assert ["Carried over" in field.help_text for field in form.items] == [False, True, False]


def test_reflection_discussed_in_a_summary_of_its_own_is_on_no_later_agenda(amina, link, marked, world):
    material = drafting.gather(world["amina"], marked[0].pk).only(["challenges"])
    start = {"sources": material.sources, "today": timezone.localdate(), "snapshot": Snapshot(material.parts)}
    summary = shared_from(start_summary(by=world["amina"], link=link, **start))
    answer(summary, "", discussed=True)
    assert str(marked[0].pk) not in amina.get(AGENDA).context["form"].offered


def test_supervisor_of_several_sees_them_one_by_one_and_no_agenda_of_the_other(amina, sam, link, marked, world):
    others = make_link(world["ben"], world["sam"])
    theirs = reflection_of(world["ben"], supervision=Reflection.Supervision.CLINICAL_SKILLS)
    agenda, bens = agenda_of(link, marked[:1], item_1="kingfisher"), agenda_of(others, [theirs], item_1="badger")
    assert "badger" not in sam.get(reading_of(agenda)).content.decode()
    assert "kingfisher" not in sam.get(reading_of(bens)).content.decode()
    assert Plan.objects.owned_by(world["ben"]).exists()  # the twin is there to be seen
