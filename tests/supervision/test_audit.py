"""Each act of supervision leaves one audit event, and an act that can leave none does not happen (decision 0019)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.core import audit
from apps.core.models import Act, AuditEvent
from apps.supervision import actions, actions_summaries
from apps.supervision.models import SharedSummary, SupervisionLink
from tests import factories, raw
from tests.factories import invite, make_link, make_summary
from tests.supervision.pages import answer_of, page_of, reading_of, signed_in


def events(world):
    """What the audit holds, in order, with names for ids."""
    names = {world[name].pk: name for name in ("amina", "sam", "ada")} | {None: "nobody"}
    rows = AuditEvent.objects.order_by("number").values_list("act", "by", "other")
    return [(act, names[by], names[other]) for act, by, other in rows]


def test_each_act_of_the_two_leaves_one_event_with_who_did_it_and_whom_it_concerns(sam, world):
    now = timezone.now()
    link = make_link(world["amina"], world["sam"])
    summary, expired = make_summary(link, may_print=True), make_summary(link)
    actions_summaries.forbid_print(by=world["amina"], pk=summary.pk)
    for _ in range(2):  # the second changes nothing
        actions_summaries.shorten_summary(by=world["amina"], pk=summary.pk, days=7, now=now)
    sam.get(reading_of(summary))
    factories.answer(summary, "Thank you", discussed=True)
    actions_summaries.take_back(by=world["amina"], pk=summary.pk, now=now)
    actions_summaries.erase_expired(now=now + timedelta(days=40))
    shared = make_summary(link)
    actions.end_supervision(by=world["sam"], link=link, now=now)
    assert events(world) == [
        ("supervisor_invited", "amina", "nobody"),
        ("supervision_accepted", "sam", "amina"),
        ("supervision_confirmed", "amina", "sam"),
        ("summary_shared", "amina", "sam"),
        ("summary_shared", "amina", "sam"),
        ("summary_print_forbidden", "amina", "sam"),
        ("summary_shortened", "amina", "sam"),
        ("summary_opened", "sam", "amina"),
        ("summary_answered", "sam", "amina"),
        ("summary_discussed", "sam", "amina"),
        ("summary_taken_back", "amina", "sam"),
        ("summary_expired", "nobody", "amina"),
        ("summary_shared", "amina", "sam"),
        ("summary_ended", "sam", "amina"),
        ("supervision_ended", "sam", "amina"),
    ]
    about = dict(AuditEvent.objects.order_by("number").values_list("act", "about"))
    assert (about["summary_expired"], about["summary_ended"], about["supervision_ended"]) == (
        expired.pk,
        shared.pk,
        link.pk,
    )
    assert audit.problems() == []


INVITE, ACCEPT = reverse("supervision:link_list"), "supervision:invitation_answer"
CONFIRM, END = "supervision:link_confirm", "supervision:link_end"
PRESSED = {  # how far it had come, who presses, which button, and the events of pressing it once and once more
    "invite": ("nothing", "amina", lambda on: (INVITE, {"email": "sam@example.nhs.uk"}),
        ["supervisor_invited"], ["supervision_ended", "supervisor_invited"]),
    "accept": ("invited", "sam", lambda on: (reverse(ACCEPT, args=[on["token"]]), {"accept": "1"}),
        ["supervision_accepted"], []),
    "decline": ("invited", "sam", lambda on: (reverse(ACCEPT, args=[on["token"]]), {"decline": "1"}),
        ["supervision_declined"], []),
    "withdraw": ("invited", "amina", lambda on: (reverse(END, args=[on["link"].pk]), {}), ["supervision_ended"], []),
    "confirm": ("accepted", "amina", lambda on: (reverse(CONFIRM, args=[on["link"].pk]), {}),
        ["supervision_confirmed"], []),
    "share": ("draft", "amina", lambda on: (page_of(on["summary"], "preview"), {"version": on["summary"].version}),
        ["summary_shared"], []),
    "open": ("shared", "sam", lambda on: (reading_of(on["summary"]), None), ["summary_opened"], ["summary_opened"]),
    "answer": ("shared", "sam",
        lambda on: (reading_of(on["summary"], "answer"), answer_of(on["summary"], answer="wagtail")),
        ["summary_answered"], ["summary_answered"]),
    "discussed": ("shared", "sam",
        lambda on: (reading_of(on["summary"], "answer"), answer_of(on["summary"], answer="wagtail", discussed="on")),
        ["summary_answered", "summary_discussed"], ["summary_answered"]),
    "forbid print": ("shared", "amina", lambda on: (page_of(on["summary"], "forbid_print"), {}),
        ["summary_print_forbidden"], []),
    "shorten": ("shared", "amina", lambda on: (page_of(on["summary"], "shorten"), {"days": "0"}),
        ["summary_shortened"], []),
    "take back": ("shared", "amina", lambda on: (page_of(on["summary"], "take_back"), {}),
        ["summary_taken_back"], []),
    "end": ("shared", "sam", lambda on: (reverse(END, args=[on["link"].pk]), {}),
        ["summary_ended", "supervision_ended"], []),
}  # fmt: skip


@pytest.mark.parametrize("button", PRESSED)
def test_each_button_leaves_one_event_of_ids_and_pressed_again_only_what_happens_again(button, world):
    so_far, person, press, once, again = PRESSED[button]
    on, before = come(so_far, world), AuditEvent.objects.count()
    browser = signed_in(Client(), world[person])
    for expected in (once, again):
        page, data = press(on)
        browser.get(page) if data is None else browser.post(page, data)
        new = list(AuditEvent.objects.order_by("number")[before:])
        assert [event.act for event in new] == expected
        before += len(new)
        for event in new:
            rows = SharedSummary if event.act.startswith("summary") else SupervisionLink
            assert rows.objects.filter(pk=event.about).exists()
            assert event.by == world[person].pk
    assert not {word for word in WORDS for _, value in audited() if word in value}


def come(so_far, world):
    """The link and the summary of Amina and Sam, who have come so far."""
    if so_far in ("nothing", "invited"):
        token = invite(world["amina"], "sam@example.nhs.uk") if so_far == "invited" else ""
        return {"token": token, "link": SupervisionLink.objects.first(), "summary": None}
    link = make_link(world["amina"], world["sam"], confirmed=so_far != "accepted")
    said = {"ask": "kingfisher", "may_print": True, "shared": so_far == "shared"}
    return {"link": link, "summary": make_summary(link, **said) if so_far in ("draft", "shared") else None}


WORDS = [b"kingfisher", b"wagtail", b"heron", b"Amina", b"Sam", b"example.nhs.uk"]


def audited():
    """What the audit's table holds."""
    return [(column, value) for column, value in raw.columns() if column.startswith("core_auditevent.")]


def test_the_search_of_the_audit_for_words_finds_what_stands_there(summary, world):
    ids = [str(one.pk).replace("-", "").encode() for one in (world["amina"], world["sam"], summary)]
    found = [one for one in ids if any(one in value.replace(b"-", b"") for _, value in audited())]
    assert found == ids


def test_an_administrators_deactivation_leaves_events_of_the_account_and_of_what_it_ended(sam, summary, world):
    page = reverse("admin:accounts_user_change", args=[world["sam"].pk])
    ada = signed_in(Client(), world["ada"])
    ada.post(page, {"is_staff": ""})
    ada.post(page, {"is_active": "on"})
    ada.post(page, {"is_active": "on", "is_staff": "on"})  # of no consequence for supervision
    assert events(world)[-4:] == [
        ("summary_ended", "nobody", "amina"),
        ("supervision_ended", "nobody", "amina"),
        ("account_deactivated", "ada", "sam"),
        ("account_reactivated", "ada", "sam"),
    ]


ACTS = {
    "opening": lambda amina, sam, summary: sam.get(reading_of(summary)),
    "taking back": lambda amina, sam, summary: actions_summaries.take_back(by=amina, pk=summary.pk, now=timezone.now()),
    "ending": lambda amina, sam, summary: actions.end_supervision(by=amina, link=summary.link, now=timezone.now()),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_whose_event_cannot_be_written_does_not_happen(act, sam, summary, link, world):
    """A row stands where the next event belongs, as somebody could put it there who writes to the database."""
    number, previous = audit.end()
    AuditEvent.objects.create(number=number + 1, at=timezone.now(), act=Act.SUMMARY_SHARED, previous=previous)
    with pytest.raises(DatabaseError):
        ACTS[act](world["amina"], sam, summary)
    kept = SharedSummary.objects.get()
    link.refresh_from_db()
    assert (kept.words != "", kept.receipts.count(), kept.ended_at, link.ended_at) == (True, 0, None, None)
