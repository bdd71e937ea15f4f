"""How an author shares: chosen parts, edited for one reader, seen exactly as they will be read, and agreed to."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.supervision import actions
from apps.supervision.actions_summaries import NotYet, share_summary
from apps.supervision.models import OutOfDate, SharedSummary
from tests.factories import make_link, make_reflection, make_summary
from tests.supervision.pages import (
    LIST,
    NEW,
    answer_of,
    composed,
    page_of,
    reading_of,
    said_in,
    share_now,
    shown_in,
    text_of,
)

START = "2026-11-23 09:00+00:00"


# --- Choosing ---


def test_summary_new_leads_to_inviting_where_there_is_no_supervisor(amina):
    assert "Invite a supervisor" in text_of(amina.get(NEW))


def test_summary_new_has_only_kinds_of_challenge_and_plans_ticked_at_first(amina, link, world):
    page = amina.get(NEW, {"reflection": world["reflection"].pk})
    form = page.context["form"]
    assert form["parts"].initial == ("challenges", "plans")
    assert form["reflection"].initial == str(world["reflection"].pk)
    assert form["link"].initial == str(link.pk)


def test_summary_new_copies_the_chosen_parts_and_nothing_else(amina, link, world):
    edit, fields = composed(amina, world["reflection"], link)
    assert sorted(shown_in(amina.get(edit))) == ["text-ask", "text-challenges", "text-plans"]
    assert "stand up and look out of the window" in fields["text-plans"]
    draft = SharedSummary.objects.get()
    assert "heron" not in draft.words
    assert draft.is_draft


@pytest.mark.parametrize(
    "wrong", ["her draft", "Ben's reflection", "Ben's supervisor", "a part that is none", "nothing"]
)
def test_summary_new_refuses_what_is_not_the_authors_to_share(wrong, amina, link, world):
    others = make_link(world["ben"], world["sam"])
    chosen = {"reflection": world["reflection"].pk, "link": link.pk, "parts": ["challenges"]}
    chosen |= {
        "her draft": {"reflection": world["draft"].pk},
        "Ben's reflection": {"reflection": world["bens_reflection"].pk},
        "Ben's supervisor": {"link": others.pk},
        "a part that is none": {"parts": ["challenges", "what_happened_to_ben"]},
        "nothing": {"reflection": "", "link": ""},
    }[wrong]
    page = amina.post(NEW, chosen)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not SharedSummary.objects.exists()


@pytest.mark.parametrize("whose", ["draft", "bens_reflection"])
def test_summary_new_of_what_cannot_be_shared_is_not_there(whose, amina, link, world):
    assert amina.get(NEW, {"reflection": world[whose].pk}).status_code == 404
    assert amina.get(NEW, {"reflection": "x"}).status_code == 404


def test_summary_new_offers_no_supervisor_who_is_not_confirmed_or_has_ended(amina, world):
    make_link(world["amina"], world["edie"], confirmed=False)
    ended = make_link(world["amina"], world["sam"])
    actions.end_supervision(by=world["sam"], link=ended, now=timezone.now())
    assert amina.get(NEW).context["form"].links == {}


# --- Agreeing ---


def test_summary_preview_says_who_what_and_until_when_and_keeps_it(amina, sam, link, world, time_machine):
    time_machine.move_to(START, tick=False)
    edit, fields = composed(amina, world["reflection"], link, ask="kingfisher")
    page = text_of(share_now(amina, edit, fields))
    assert "Shared with Sam." in page
    agreed = SharedSummary.objects.get()
    assert agreed.agreement_version == 3
    for sentence in ("Sam (sam@example.nhs.uk) can read it", "until the end of 23 December 2026", "cannot be unread"):
        assert sentence in agreed.agreement
        assert sentence in page
    assert agreed.expires_on == date(2026, 12, 23)
    assert not agreed.may_print


def test_summary_preview_says_an_address_once_where_its_reader_has_no_name(amina, link, world):
    draft = make_summary(link, ask="kingfisher", shared=False)
    sentence = "sam@example.nhs.uk can read it, and nobody else."
    assert sentence not in text_of(amina.get(page_of(draft, "preview")))  # he has a name
    User.objects.filter(pk=world["sam"].pk).update(name="")
    page = text_of(amina.get(page_of(draft, "preview")))
    assert sentence in page
    assert "(sam@example.nhs.uk)" not in page
    assert text_of(amina.get(NEW)).count("sam@example.nhs.uk") == 1
    assert text_of(amina.get(reverse("supervision:link_list"))).count("sam@example.nhs.uk") == 2  # and to end it


def test_summary_preview_is_what_the_supervisor_reads_byte_for_byte_whatever_happens_since(amina, sam, link, world):
    words = "First line\n\n  <b>kingfisher</b> & “heron”\ttab"
    edit, fields = composed(amina, world["reflection"], link, ask=words)
    previewed = said_in(amina.post(edit, fields, follow=True))
    share_now(amina, edit, fields | {"version": 9})  # refused: the preview is of version 2
    draft = SharedSummary.objects.get()
    amina.post(page_of(draft, "preview"), {"version": draft.version})
    world["reflection"].delete()
    assert "kingfisher" in previewed
    assert said_in(sam.get(reading_of(draft))) == previewed
    assert said_in(amina.get(page_of(draft))) == previewed


@pytest.mark.parametrize("seen", ["1", "9" * 5000, "two"])
def test_summary_preview_shares_nothing_that_its_author_has_not_seen(amina, link, world, seen):
    draft = make_summary(link, ask="seen", shared=False)
    draft.write(draft.snapshot, against=1)
    page = amina.post(page_of(draft, "preview"), {"version": seen}, follow=True)
    assert "You changed this in another tab" in text_of(page)
    with pytest.raises(OutOfDate):
        share_summary(by=world["amina"], pk=draft.pk, seen=1, now=timezone.now())


@pytest.mark.parametrize(
    ("why", "said"),
    [("empty", "nothing in this summary"), ("undecided", "may identify"), ("past", "The last day has passed")],
)
def test_summary_preview_is_refused_while_something_is_to_do(why, said, amina, link, world, time_machine):
    time_machine.move_to(START, tick=False)
    draft = make_summary(link, ask="" if why == "empty" else "Ring 07700 900123", parts=(), shared=False)
    if why == "past":
        draft = make_summary(link, ask="kingfisher", shared=False)
        time_machine.move_to("2027-01-23 09:00+00:00", tick=False)
        amina.force_login(world["amina"])  # the session ran out long before
    assert said in text_of(amina.get(page_of(draft, "preview"), follow=True))
    with pytest.raises(NotYet, match=said):
        share_summary(by=world["amina"], pk=draft.pk, seen=draft.version, now=timezone.now())


def test_summary_is_never_shared_for_longer_than_a_year(link, world):
    today = timezone.localdate()
    make_summary(link, ask="kingfisher", expires_on=today + timedelta(days=365))
    with pytest.raises(NotYet):
        make_summary(link, ask="kingfisher", expires_on=today + timedelta(days=366))


# --- Afterwards ---


def test_summary_list_shows_mine_and_not_theirs(amina, link, summary, world):
    make_summary(make_link(world["ben"], world["edie"]), ask="badger")
    words = text_of(amina.get(LIST))
    assert "Summary of a reflection for Sam" in words
    assert "Edie" not in words
    assert "kingfisher" not in words


def test_summary_list_pages_through_the_past_by_key(amina, link, world):
    summaries = [make_summary(link, ask="kingfisher") for _ in range(22)]
    actions.end_supervision(by=world["amina"], link=link, now=timezone.now())
    first = amina.get(LIST)
    second = amina.get(LIST + first.context["older"])
    shown = [summary.pk for page in (first, second) for summary in page.context["past"]]
    assert shown == [summary.pk for summary in reversed(summaries)]
    assert len(first.context["past"]) == 20
    assert amina.get(LIST, {"before": "no_key"}).status_code == 200


def test_summary_detail_says_each_opening_and_that_the_reflection_changed(amina, sam, summary, world):
    assert "They have not opened it yet" in text_of(amina.get(page_of(summary)))
    sam.get(reading_of(summary))
    sam.get(reading_of(summary))
    words = text_of(amina.get(page_of(summary)))
    assert "Opened 2 times" in words
    assert "was changed or deleted since" not in words
    type(world["reflection"]).objects.filter(pk=summary.sources.get().reflection).update(version=9)
    assert "was changed or deleted since" in text_of(amina.get(page_of(summary)))


def test_summary_take_back_ends_it_at_once_and_erases_every_word(amina, sam, summary):
    sam.post(reading_of(summary, "answer"), answer_of(summary, answer="an answer: wagtail"))
    assert "Taken back." in text_of(amina.post(page_of(summary, "take_back"), follow=True))
    assert sam.get(reading_of(summary)).status_code == 404
    summary.refresh_from_db()
    assert (bytes(summary.words, "utf-8"), summary.answer, summary.parts) == (b"", "", "ask challenges")
    words = text_of(amina.get(page_of(summary)))
    assert "kingfisher" not in words
    assert "wagtail" not in words
    assert "Taken back" in words
    assert "can read it until the end of" in words  # what was agreed to stays


def test_summary_take_back_twice_says_that_it_is_over(amina, summary):
    amina.post(page_of(summary, "take_back"))
    assert "Nobody can read it any more." in text_of(amina.post(page_of(summary, "take_back"), follow=True))


def test_summary_forbid_print_is_at_once(amina, sam, link):
    summary = make_summary(link, ask="kingfisher", may_print=True)
    assert "You may print this page" in text_of(sam.get(reading_of(summary)))
    amina.post(page_of(summary, "forbid_print"))
    assert "You may not print" in text_of(sam.get(reading_of(summary)))


def test_reflection_made_since_is_offered_first(amina, link, world):
    newer = make_reflection(world["amina"])
    assert next(iter(amina.get(NEW).context["form"].offered)) == str(newer.pk)
