"""Asking for reminders and stopping them: one's own, and at a time as people write it."""

from datetime import time

import pytest
from django.utils import timezone

from apps.journal import reminders
from apps.journal.models import Reminder
from tests.journal.pages import text_of

PAGE = "/coping/plans/reminders/"
AT_HALF_PAST_FIVE = time(17, 30)


def test_reminder_edit_turns_reminders_on_for_whoever_asks_and_for_nobody_else(client, world):
    client.force_login(world["amina"])
    assert "Reminders are off" in text_of(client.get(PAGE))
    page = client.post(PAGE, {"at": "5.30pm"}, follow=True)
    assert "amina@example.nhs.uk at 17:30" in text_of(page)
    client.force_login(world["ben"])
    assert "Reminders are off" in text_of(client.get(PAGE))
    assert list(Reminder.objects.values_list("person", "at")) == [(world["amina"].pk, AT_HALF_PAST_FIVE)]


def test_reminder_stop_turns_them_off_for_whoever_says_so_and_for_nobody_else(amina, world):
    for person in ("amina", "ben"):
        reminders.ask_for_reminders(by=world[person], at=AT_HALF_PAST_FIVE, now=timezone.now())
    page = amina.post(f"{PAGE}stop/", follow=True)
    assert "You will get no more reminders." in text_of(page)
    assert [Reminder.objects.owned_by(world[who]).get().at for who in ("amina", "ben")] == [None, AT_HALF_PAST_FIVE]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("17:30", time(17, 30)),
        (" 5.30 P.M. ", time(17, 30)),
        ("7", time(7)),
        ("12am", time(0)),
        *((wrong, None) for wrong in ("", "soon", "25:00", "13pm", "1730", "\x00")),
    ],
)
def test_reminder_edit_reads_a_time_as_people_write_it(amina, typed, meant):
    page = amina.post(PAGE, {"at": typed})
    assert (page.status_code == 302) == (meant is not None)
    assert ("Enter a time, like 17:30 or 5:30pm" in text_of(page)) == (meant is None)
    assert list(Reminder.objects.values_list("at", flat=True)) == [meant] * (meant is not None)
