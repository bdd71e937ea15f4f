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
from apps.supervision.models import SharedSummary
from tests.factories import make_link, make_summary
from tests.supervision.pages import reading_of, signed_in


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
    actions_summaries.answer_summary(by=world["sam"], pk=summary.pk, text="Thank you", discussed=True, now=now)
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
