"""Narrowing is one click and at once: an earlier last day, and never a later one."""

from datetime import date

import pytest
from django.utils import timezone

from apps.core.models import Act, AuditEvent
from apps.supervision import actions, actions_summaries
from apps.supervision.models import SharedSummary
from tests.factories import make_link, make_summary
from tests.supervision.pages import page_of, reading_of, text_of

TODAY, LAST_DAY = date(2026, 11, 23), date(2026, 12, 23)
NOTHING = "Nothing changed. The last day can only be brought forward, while it can be read."


@pytest.fixture
def summary(link, time_machine):
    """A summary that Amina shared with Sam this morning, for 30 days."""
    time_machine.move_to("2026-11-23 09:00+00:00", tick=False)
    return make_summary(link, ask="kingfisher")


def last_day(summary):
    return SharedSummary.objects.get(pk=summary.pk).expires_on


def shorten(client, summary, days):
    return text_of(client.post(page_of(summary, "shorten"), {"days": days}, follow=True))


@pytest.mark.parametrize(("days", "day"), [("0", "23 November 2026"), ("7", "30 November 2026")])
def test_summary_shorten_is_at_once_on_both_pages(days, day, amina, sam, summary):
    words = shorten(amina, summary, days)
    assert "Done. It has an earlier last day now." in words
    assert f"Can be read until {day}" in words
    assert f"Shared with you on 23 November 2026, until {day}" in text_of(sam.get(reading_of(summary)))


def test_summary_detail_says_beside_what_was_agreed_to_what_was_narrowed_since(amina, link, time_machine):
    time_machine.move_to("2026-11-23 09:00+00:00", tick=False)
    summary = make_summary(link, ask="kingfisher", may_print=True)
    agreed = "They can read it until the end of 23 December 2026, or until you take it back."
    words = text_of(amina.get(page_of(summary)))
    assert agreed in words
    assert "Since then:" not in words
    amina.post(page_of(summary, "forbid_print"))
    shorten(amina, summary, "7")
    amina.post(page_of(summary, "take_back"))
    words = text_of(amina.get(page_of(summary)))
    assert agreed in words  # as it was worded that day
    assert (
        "Since then: They can no longer print it here, or keep it as a PDF. You brought the last day forward, to"
        " 30 November 2026. You took it back on 23 November 2026."
    ) in words


def test_summary_shorten_to_today_leaves_it_readable_to_the_last_second_of_today(amina, sam, summary, time_machine):
    shorten(amina, summary, "0")
    time_machine.move_to("2026-11-23 23:59:59+00:00", tick=False)
    assert sam.get(reading_of(summary)).status_code == 200
    time_machine.move_to("2026-11-24 00:00+00:00", tick=False)
    assert sam.get(reading_of(summary)).status_code == 404


@pytest.mark.parametrize(
    ("expires_on", "offered"),
    [(date(2026, 11, 23), []), (date(2026, 11, 24), [0]), (date(2026, 11, 30), [0]), (date(2026, 12, 1), [0, 7])],
)
def test_summary_detail_offers_only_what_is_sooner(expires_on, offered, amina, summary):
    SharedSummary.objects.update(expires_on=expires_on)
    page = amina.get(page_of(summary))
    assert [days for days, _ in page.context["sooner"]] == offered
    assert ("bring the last day forward" in text_of(page)) is bool(offered)


@pytest.mark.parametrize("forged", ["", "-1", "8", "365", "7.0", "2026-12-31", "x", "9" * 5000, None])
def test_summary_shorten_takes_no_other_day_than_those_offered(forged, amina, summary):
    sent = {} if forged is None else {"days": forged}
    assert NOTHING in text_of(amina.post(page_of(summary, "shorten"), sent, follow=True))
    assert last_day(summary) == LAST_DAY
    assert not AuditEvent.objects.filter(act=Act.SUMMARY_SHORTENED).exists()


@pytest.mark.parametrize("day", [date(2026, 12, 23), date(2026, 12, 24), date(2027, 11, 23), date(2026, 11, 22)])
def test_summary_shorten_never_puts_the_day_off_and_never_sets_one_that_is_past(day, summary):
    assert not summary.shorten(day, today=TODAY)
    assert last_day(summary) == LAST_DAY


def test_summary_shorten_when_it_would_be_later_changes_nothing(amina, summary):
    shorten(amina, summary, "0")
    assert NOTHING in shorten(amina, summary, "7")
    assert NOTHING in shorten(amina, summary, "0")
    assert last_day(summary) == TODAY
    assert AuditEvent.objects.filter(act=Act.SUMMARY_SHORTENED).count() == 1


@pytest.mark.parametrize("how", ["taken back", "its day passed", "supervision ended"])
def test_summary_shorten_of_what_is_over_changes_nothing(how, amina, link, summary, world, time_machine):
    match how:
        case "taken back":
            amina.post(page_of(summary, "take_back"))
        case "its day passed":
            time_machine.move_to("2026-12-24 09:00+00:00", tick=False)
            amina.force_login(world["amina"])
        case "supervision ended":
            actions.end_supervision(by=world["sam"], link=link, now=timezone.now())
    assert NOTHING in shorten(amina, summary, "0")
    assert last_day(summary) == LAST_DAY


def test_summary_shorten_is_its_authors_alone_and_not_for_drafts(amina, sam, link, summary, world):
    draft = make_summary(link, shared=False)
    theirs = make_summary(make_link(world["ben"], world["sam"]))
    for client, other in ((sam, summary), (amina, theirs), (amina, draft)):
        assert client.post(page_of(other, "shorten"), {"days": "0"}).status_code == 404
        assert last_day(other) == LAST_DAY
    with pytest.raises(SharedSummary.DoesNotExist):
        actions_summaries.shorten_summary(by=world["ben"], pk=summary.pk, days=0, now=timezone.now())
