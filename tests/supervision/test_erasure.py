"""P3: after any ending not a byte of the words or the answer is left in the database, and no key opens them."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.supervision.models import SharedSummary
from apps.supervision.tasks import sweep_supervision
from tests import raw
from tests.factories import make_summary
from tests.supervision.pages import answer_of, page_of, reading_of, signed_in

pytestmark = pytest.mark.django_db(transaction=True)  # what is not committed stands in no file
LONG = "kingfisher " * 600  # more than one page of a file


def take_back(world, summary):
    signed_in(Client(), world["amina"]).post(page_of(summary, "take_back"))


def end_link(person):
    return lambda world, summary: signed_in(Client(), world[person]).post(
        reverse("supervision:link_end", args=[summary.link_id])
    )


def expire(world, summary):
    with time_machine.travel("2035-01-01 12:00+00:00"):
        sweep_supervision()


def deactivate(person):
    return lambda world, summary: signed_in(Client(), world["ada"]).post(
        reverse("admin:accounts_user_change", args=[world[person].pk]), {}
    )


def deactivate_by_hand(world, summary):
    User.objects.filter(pk=world["sam"].pk).update(is_active=False)
    sweep_supervision()


ENDINGS = {
    "taken back": take_back,
    "link ended by its author": end_link("amina"),
    "link ended by its reader": end_link("sam"),
    "expired": expire,
    "reader deactivated": deactivate("sam"),
    "author deactivated": deactivate("amina"),
    "reader deactivated by hand": deactivate_by_hand,
}


@pytest.mark.parametrize("how", ENDINGS)
def test_after_an_ending_the_words_and_the_answer_are_nowhere(how, transactional_db, world, sam, link):
    summary = make_summary(link, ask=LONG)
    sam.post(reading_of(summary, "answer"), answer_of(summary, answer="wagtail", discussed=""))
    sealed = {name: raw.sealed_bytes_of(summary, name) for name in ("words", "answer")}
    files = {name for name, data in raw.files() if data}
    for name, data in sealed.items():  # so the search can find them
        assert raw.places_of(data) == {f"supervision_sharedsummary.{name}", *files} - {"file-shm"}
    assert said() == {"kingfisher", "wagtail"}
    ENDINGS[how](world, summary)
    assert SharedSummary.objects.get().ended_at
    assert [raw.places_of(data) for data in sealed.values()] == [set(), set()]
    assert said() == set()


def said():
    """Which of the words anybody can read who has the database and the keys."""
    return {word for word in ("kingfisher", "wagtail") for plain in raw.opened() if word.encode() in plain}
