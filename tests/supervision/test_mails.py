"""The three mails about a summary: to the right one of the two, at the right time, once, and with nothing in them."""

from datetime import timedelta

import pytest
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone

from apps.supervision import actions, actions_summaries
from apps.supervision.mails import ONCE, tell, waiting_for
from apps.supervision.models import SharedSummary
from apps.supervision.tasks import sweep_supervision
from tests import factories
from tests.journeys.post_office import open_post_office
from tests.supervision.pages import page_of, text_of
from tests.supervision.races import queued

SHARED_ON = "2026-11-23 12:00+00:00"  # for 30 days: the last day is 23 December
AMINA, SAM = "amina@example.nhs.uk", "sam@example.nhs.uk"
THERE, ANSWERED, ENDING = (
    "Keel: There is a summary for you",
    "Keel: There is an answer for you",
    "Keel: A summary ends soon",
)
WORDS = ("kingfisher", "wagtail", "Amina", "Sam")


@pytest.fixture
def clock(time_machine):
    """Moves to a moment and lets beat sweep, twice: the second finds nothing to do."""

    def move_to(moment):
        time_machine.move_to(moment, tick=False)
        sweep_supervision()
        sweep_supervision()

    return move_to


@pytest.fixture
def office(settings, time_machine):
    """Where the mails arrive, over real SMTP, from the moment on at which the summary is shared."""
    time_machine.move_to(SHARED_ON, tick=False)
    with open_post_office(settings) as office:
        yield office


def letters(office):
    """Whom they went to, and what is on the envelope."""
    return [(letter["To"], letter["Subject"]) for letter in office.letters]


# --- That it is there ---


def test_the_mail_that_there_is_a_summary_goes_once(office, summary, clock):
    clock(SHARED_ON)
    assert letters(office) == [(SAM, THERE)]


def test_the_mail_is_not_sent_for_what_was_taken_back_first(office, amina, summary, clock):
    amina.post(page_of(summary, "take_back"))
    clock(SHARED_ON)
    assert letters(office) == []


# --- That there is an answer ---


def test_the_mail_that_there_is_an_answer_goes_to_its_author_for_the_first_one_alone(office, summary, world, clock):
    theirs = factories.make_summary(factories.make_link(world["ben"], world["sam"]))
    clock(SHARED_ON)
    office.letters.clear()
    factories.answer(summary, "wagtail")
    clock("2026-11-24 12:00+00:00")
    factories.answer(summary, "wagtail, and more of it")
    clock("2026-11-25 12:00+00:00")
    assert letters(office) == [(AMINA, ANSWERED)]
    assert SharedSummary.objects.get(pk=theirs.pk).told_of_answer_at is None


@pytest.mark.parametrize("why", ["emptied", "only discussed", "taken back", "supervision ended", "its day passed"])
def test_the_mail_that_there_is_an_answer_is_not_sent_where_there_is_none_to_read(why, office, summary, world, clock):
    clock(SHARED_ON)
    office.letters.clear()
    factories.answer(summary, "" if why == "only discussed" else "wagtail", discussed=True)
    match why:
        case "emptied":
            factories.answer(summary, "", discussed=True)
        case "taken back":
            actions_summaries.take_back(by=world["amina"], pk=summary.pk, now=timezone.now())
        case "supervision ended":
            actions.end_supervision(by=world["sam"], link=summary.link, now=timezone.now())
    clock("2026-12-24 12:00+00:00" if why == "its day passed" else "2026-11-24 12:00+00:00")
    assert letters(office) == []


# --- That it ends soon ---


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-12-20 08:59+00:00", False),  # the third day before, and too early for a mail
        ("2026-12-20 09:00+00:00", True),
        ("2026-12-22 23:59+00:00", True),  # beat or the mail server was away for days
        ("2026-12-23 00:00+00:00", False),  # the last day
        ("2026-12-24 12:00+00:00", False),
    ],
)
def test_the_mail_that_a_summary_ends_soon_goes_once_in_the_three_days_before(moment, told, office, summary, clock):
    clock(SHARED_ON)
    office.letters.clear()
    clock(moment)
    assert letters(office) == ([(SAM, ENDING)] if told else [])


@pytest.mark.parametrize("why", ["discussed", "taken back", "supervisor away", "shared for a week"])
def test_the_mail_that_a_summary_ends_soon_is_for_nobody_else(why, office, link, summary, world, clock):
    clock(SHARED_ON)
    kept, moment = factories.make_summary(link), "2026-12-21 12:00+00:00"
    clock(SHARED_ON)  # told of both
    office.letters.clear()
    match why:
        case "discussed":
            factories.answer(summary, "", discussed=True)
        case "taken back":
            actions_summaries.take_back(by=world["amina"], pk=summary.pk, now=timezone.now())
        case "supervisor away":
            type(world["sam"]).objects.filter(pk=world["sam"].pk).update(is_active=False)
            SharedSummary.objects.filter(pk=kept.pk).update(link=factories.make_link(world["amina"], world["edie"]))
        case "shared for a week":
            moment = "2026-11-28 12:00+00:00"
            actions_summaries.shorten_summary(by=world["amina"], pk=summary.pk, days=7, now=timezone.now())
    clock(moment)
    reader = "edie@example.nhs.uk" if why == "supervisor away" else SAM
    assert letters(office) == ([] if why == "shared for a week" else [(reader, ENDING)])  # for the one that was kept


def test_the_mail_that_a_summary_ends_soon_never_hurries_whoever_reads_what_was_just_cut_short(
    office, amina, summary, clock
):
    clock("2026-12-10 12:00+00:00")
    clock("2026-12-18 12:00+00:00")
    office.letters.clear()
    amina.force_login(summary.author)
    amina.post(page_of(summary, "shorten"), {"days": 0})
    clock("2026-12-18 12:01+00:00")
    assert letters(office) == []


# --- All three ---


@pytest.fixture
def all_waiting(office, summary, link, clock):
    """One summary of each kind to tell of: new, answered, and with three days left."""
    clock(SHARED_ON)
    factories.answer(summary, "wagtail")
    answered = SharedSummary.objects.get()
    SharedSummary.objects.update(answered_at=timezone.now())
    office.letters.clear()
    return answered, factories.make_summary(link, ask="kingfisher")


def test_no_mail_holds_a_word_or_a_name_and_each_says_the_same_as_text_and_as_html(
    all_waiting, office, summary, clock, caplog
):
    caplog.set_level("INFO")
    clock("2026-12-21 12:00+00:00")
    assert sorted(letters(office)) == sorted([(SAM, THERE), (AMINA, ANSWERED), (SAM, ENDING)])
    for letter in office.letters:
        text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
        assert not [word for word in WORDS if word in letter.as_string().replace("Sam@", "").replace(SAM, "")]
        assert str(summary.pk) not in text
        assert text.split("http")[1].split()[0] in html
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("apps.supervision")]
    assert len(logged) == 3
    assert "example" not in str(logged)


def test_mails_wait_for_a_mail_server_that_is_not_there_and_lose_nothing(all_waiting, settings, clock, caplog):
    with open_post_office(settings):
        pass
    clock("2026-12-21 12:00+00:00")  # nobody listens there any more
    assert "summaries: the mail server failed: ConnectionRefusedError" in caplog.text
    with open_post_office(settings) as office:
        clock("2026-12-21 12:01+00:00")
    assert len(office.letters) == 3


def test_one_sweep_sends_so_many_mails_and_the_next_the_rest(all_waiting, office, time_machine, monkeypatch):
    monkeypatch.setattr("apps.supervision.mails.MOST", 2)
    time_machine.move_to("2026-12-21 12:00+00:00", tick=False)
    sweep_supervision()
    assert len(office.letters) == 2
    sweep_supervision()
    assert len(office.letters) == 3


@pytest.mark.parametrize("others", [0, 20])
def test_sweep_asks_the_database_as_often_however_many_have_been_told(
    all_waiting, link, clock, django_assert_num_queries, others
):
    for _ in range(others):
        factories.make_summary(link)
    clock("2026-12-21 12:00+00:00")
    with django_assert_num_queries(9):  # links and summaries to end, each in a transaction; and each kind of mail
        sweep_supervision()


@pytest.fixture
def many_told(summary):
    """Beside one summary that is new, a thousand whose mails have all gone; PostgreSQL has counted them."""
    shared = {name: getattr(summary, name) for name in ("author_id", "link_id", "expires_on", "agreement_version")}
    shared |= {"words": "kingfisher", "agreement": "agreed", "shared_at": summary.shared_at}
    marks = ("told_at", "answered_at", "told_of_answer_at", "discussed_at", "told_of_end_at")
    gone = dict.fromkeys(marks, timezone.now())
    SharedSummary.objects.bulk_create(SharedSummary(**shared, **gone) for _ in range(1_000))
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")


@pytest.mark.parametrize("once", ONCE, ids=lambda once: once.name)
def test_sweep_finds_the_few_that_wait_by_an_index(once, many_told):
    assert "summary_to_tell" in waiting_for(once, timezone.now()).explain()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("once", ONCE, ids=lambda once: once.name)
def test_two_sweeps_at_once_send_each_mail_once(once, transactional_db, settings):
    amina, sam = (factories.make_person(address) for address in (AMINA, SAM))
    factories.make_reflection(amina)
    summary, moment = factories.make_summary(factories.make_link(amina, sam)), timezone.now()
    if once.name == "summary_answered":
        factories.answer(summary, "wagtail")
    if once.name == "summary_ending":
        moment += timedelta(days=28)
        SharedSummary.objects.update(told_at=timezone.now())
    with open_post_office(settings) as office:
        sweeps = [lambda: tell(once, summary, get_connection(), moment)] * 2
        assert queued([SharedSummary.objects.filter(pk=summary.pk)], sweeps) == [None, None]
    assert len(letters(office)) == 1


def test_summary_detail_shows_the_answer_that_the_mail_was_about(office, amina, summary, clock):
    factories.answer(summary, "wagtail")
    clock(SHARED_ON)
    assert "wagtail" in text_of(amina.get(page_of(summary)))
