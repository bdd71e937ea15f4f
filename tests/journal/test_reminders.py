"""Reminders by email: only if asked for, with nothing in them, on the day, at the time, once."""

import smtplib
from datetime import UTC, date, datetime, time, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.journal import reminders
from apps.journal.models import Plan, Reminder
from apps.journal.tasks import send_reminders
from tests import factories
from tests.journeys.post_office import HANGS_UP, open_post_office

MONDAY = date(2026, 11, 23)
AT_HALF_PAST_FIVE = time(17, 30)


@pytest.fixture
def asked(world, time_machine):
    """Amina asked at noon on Monday to be reminded at 17:30; her plan's day is Tuesday."""
    time_machine.move_to("2026-11-23 12:00+00:00")
    return ask(world["amina"])


def ask(person, at=AT_HALF_PAST_FIVE):
    reminders.ask_for_reminders(by=person, at=at, now=timezone.now())
    return Reminder.objects.owned_by(person).get()


def sent_from(start, *, hours, time_machine):
    """The moments, in UTC, at which reminders went out when beat worked every half hour from `start`."""
    sent, moment = [], datetime.fromisoformat(start)
    for step in range(0, hours * 60 + 1, 30):
        now = (moment + timedelta(minutes=step)).astimezone(UTC)
        time_machine.move_to(now, tick=False)
        before = len(mail.outbox)
        send_reminders()
        sent += [f"{now:%d %H:%M}"] * (len(mail.outbox) - before)
    return sent


# --- When --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "at", "asked_at", "moment"),
    [
        ("2027-03-28", time(0, 30), "2027-03-27 12:00+00:00", "28 00:30"),
        ("2027-03-28", time(1), "2027-03-27 12:00+00:00", "28 01:00"),  # that day has no 01:00: at 02:00
        ("2027-03-28", time(1, 30), "2027-03-27 12:00+00:00", "28 01:00"),  # nor 01:30
        ("2027-03-28", time(9), "2027-03-27 12:00+00:00", "28 08:00"),
        ("2027-10-31", time(1, 30), "2027-10-30 12:00+01:00", "31 00:30"),  # it comes twice: the first time
        ("2027-10-31", time(9), "2027-10-30 12:00+01:00", "31 09:00"),
        ("2027-10-31", time(0), "2027-10-30 12:00+01:00", "30 23:00"),
        ("2027-10-31", time(23, 30), "2027-10-30 12:00+01:00", "31 23:30"),
    ],
)
def test_reminder_comes_once_at_its_time_on_days_when_the_clock_changes(world, time_machine, day, at, asked_at, moment):
    Plan.objects.owned_by(world["amina"]).update(look_back_on=date.fromisoformat(day))
    time_machine.move_to(asked_at)
    ask(world["amina"], at)
    assert sent_from(asked_at, hours=40, time_machine=time_machine) == [moment]


def test_reminder_comes_again_when_a_kept_plan_has_a_new_day(asked, world, time_machine):
    assert sent_from("2026-11-23 12:00+00:00", hours=30, time_machine=time_machine) == ["24 17:30"]
    world["reflection"].plans.get().keep(look_back="tomorrow", today=timezone.localdate())
    assert sent_from("2026-11-24 18:30+00:00", hours=48, time_machine=time_machine) == ["25 17:30"]


def test_reminder_is_one_email_a_day_for_several_plans_and_reads_the_same(asked, world, time_machine):
    factories.make_reflection(world["amina"])  # another plan for the same Tuesday
    assert sent_from("2026-11-23 12:00+00:00", hours=30, time_machine=time_machine) == ["24 17:30"]


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        (time(18), ["23 18:00"]),  # still to come
        (time(11), ["24 11:00"]),  # has passed today
    ],
)
def test_reminder_for_a_plan_of_today_comes_today_if_its_time_does(world, time_machine, at, sent):
    Plan.objects.owned_by(world["amina"]).update(look_back_on=MONDAY)
    time_machine.move_to("2026-11-23 12:00+00:00")
    ask(world["amina"], at)
    assert sent_from("2026-11-23 12:00+00:00", hours=30, time_machine=time_machine) == sent


def test_reminder_does_not_come_twice_when_the_time_is_changed_or_they_are_turned_off_and_on(
    asked, world, time_machine
):
    assert sent_from("2026-11-24 17:00+00:00", hours=1, time_machine=time_machine) == ["24 17:30"]
    ask(world["amina"], time(20))
    reminders.stop_reminders(by=world["amina"])
    ask(world["amina"], time(20))
    assert sent_from("2026-11-24 18:00+00:00", hours=30, time_machine=time_machine) == []


def test_reminder_makes_nothing_up_for_the_days_when_they_were_off(asked, world, time_machine):
    reminders.stop_reminders(by=world["amina"])
    time_machine.move_to("2026-11-26 12:00+00:00")
    ask(world["amina"])
    assert sent_from("2026-11-26 12:00+00:00", hours=30, time_machine=time_machine) == []


def test_reminder_that_could_not_go_in_time_comes_at_the_time_of_the_next_day(asked, time_machine):
    """Nothing worked from Tuesday noon until late: a mail at night would be worse than one tomorrow."""
    assert sent_from("2026-11-24 20:00+00:00", hours=30, time_machine=time_machine) == ["25 17:30"]


# --- To whom -----------------------------------------------------------------------------------------------------


def deactivated(world):
    world["amina"].is_active = False
    world["amina"].save()


def address_not_confirmed(world):
    EmailAddress.objects.filter(user=world["amina"]).update(verified=False)


def turned_off(world):
    reminders.stop_reminders(by=world["amina"])


def dropped(world):
    world["reflection"].plans.get().drop(at=timezone.now())


def reopened(world):
    world["reflection"].reopen()


def no_day(world):
    Plan.objects.owned_by(world["amina"]).update(look_back_on=None)


@pytest.mark.parametrize("without", [deactivated, address_not_confirmed, turned_off, dropped, reopened, no_day])
def test_reminder_is_sent_to_nobody_but_those_who_want_it_and_have_a_plan(asked, world, time_machine, without):
    ask(world["ben"])
    without(world)
    assert sent_from("2026-11-24 17:00+00:00", hours=1, time_machine=time_machine) == ["24 17:30"]
    assert mail.outbox[0].to == ["ben@example.nhs.uk"]


def test_reminder_is_sent_to_nobody_who_did_not_ask(world, time_machine):
    assert sent_from("2026-11-24 00:00+00:00", hours=24, time_machine=time_machine) == []


@pytest.mark.parametrize("change", [{"at": None}, {"at": time(18)}])
def test_reminder_that_was_changed_since_it_was_read_is_not_taken_on(asked, change):
    tuesday = MONDAY + timedelta(days=1)
    stale = Reminder.objects.get()
    Reminder.objects.update(**change)
    assert not stale.take_on(today=tuesday)
    one, other = Reminder.objects.get(), Reminder.objects.get()
    assert (one.take_on(today=tuesday), other.take_on(today=tuesday)) == (True, False)


def test_reminder_row_cannot_have_told_of_a_day_that_was_not_seen_to(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.update(told_through=MONDAY)


# --- The email, through a real mail server -----------------------------------------------------------------------


@pytest.fixture
def office(settings):
    """Where the emails arrive."""
    with open_post_office(settings) as office:
        yield office


def test_reminder_says_nothing_but_that_there_is_something_and_how_to_stop(asked, world, office, time_machine, caplog):
    EmailAddress.objects.filter(user=world["amina"]).update(email="new@example.nhs.uk")  # changed and confirmed since
    caplog.set_level("INFO")
    sent_from("2026-11-24 17:30+00:00", hours=0, time_machine=time_machine)
    [letter] = office.letters
    assert letter.get_body(("plain",)).get_content().splitlines() == [
        "Hello",
        "",
        "You asked Keel to remind you. There is something to look back on.",
        "http://localhost:8000/coping/plans/",
        "",
        "To change the time, or to stop these emails, open this page and choose “Stop reminders”:",
        "http://localhost:8000/coping/plans/reminders/",
        "",
        "Keel",
        "Your organisation",
    ]
    assert (letter["To"], letter["Subject"]) == ("new@example.nhs.uk", "Keel: You asked to be reminded")
    assert letter["Message-ID"] == f"<{asked.pk}.20261124@localhost>"
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("apps.")]
    assert logged == [f"reminder {asked.pk}: handing over", f"reminder {asked.pk}: sent"]


@pytest.mark.parametrize(
    ("answer", "letters"),
    [
        ("451 Not now", 2),  # it says for certain that it took nothing: again at the next sweep
        ("554 Never", 1),  # Ben's alone
        (HANGS_UP, 2),  # it has the letter and never said so: it could come twice, so it is left
    ],
)
def test_reminder_that_the_server_did_not_take_is_sent_again_only_where_it_cannot_come_twice(
    asked, world, office, time_machine, answer, letters
):
    ask(world["ben"])
    office.answers = [answer]
    sent_from("2026-11-24 17:30+00:00", hours=1, time_machine=time_machine)
    assert len(office.letters) == letters
    assert len({letter["Message-ID"] for letter in office.letters}) == letters


def test_reminder_waits_for_a_mail_server_that_is_not_there(asked, settings, time_machine, caplog):
    with open_post_office(settings):
        pass
    sent_from("2026-11-24 17:30+00:00", hours=0, time_machine=time_machine)
    assert "the mail server failed: ConnectionRefusedError" in caplog.text
    with open_post_office(settings) as office:
        sent_from("2026-11-24 17:40+00:00", hours=1, time_machine=time_machine)
    assert len(office.letters) == 1


# --- How much work -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("others", [0, 30])
def test_reminder_sweep_asks_the_database_as_often_however_many_have_nothing_to_be_told(
    asked, time_machine, django_assert_num_queries, others
):
    for number in range(others):
        ask(factories.make_person(f"p{number}@example.nhs.uk"), AT_HALF_PAST_FIVE)
    time_machine.move_to("2026-11-24 17:30+00:00")
    with django_assert_num_queries(4):  # pass over, whom to tell; and for each of those: read it, take it on
        send_reminders()
    with django_assert_num_queries(2):
        send_reminders()
    assert len(mail.outbox) == 1


def test_reminder_sweep_finds_the_few_who_are_due_by_an_index(asked):
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET LOCAL enable_seqscan = off")  # so few rows it would rather read one by one
    assert "reminder_due" in Reminder.objects.due(now=timezone.now()).explain()


def test_reminder_refusal_for_everybody_ends_the_sweep(asked, world, monkeypatch, time_machine):
    """A server that answers 421 has hung up: whoever comes next is not taken on."""
    ask(world["ben"])
    busy = smtplib.SMTPDataError(421, b"busy")
    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages", lambda *_: (_ for _ in ()).throw(busy)
    )
    sent_from("2026-11-24 17:30+00:00", hours=0, time_machine=time_machine)
    assert set(Reminder.objects.values_list("looked_on", flat=True)) == {MONDAY - timedelta(days=1)}
