"""P6: deleting an account leaves no row, sealed or not, that holds its words; audit events remain without a name."""

import pytest
from django.db import connection

from apps.accounts.models import Invitation, User
from apps.core import audit
from apps.core.models import Act, AuditEvent
from apps.core.sealed import CannotOpen, ring
from apps.supervision.models import Receipt, SharedSummary
from tests import factories
from tests.datarights.pages import deleted
from tests.datarights.planting import WORDS, all_that_opens, cells, plant, sealed_of, share, words_of
from tests.journeys.leaks import read_elsewhere

pytestmark = pytest.mark.django_db(transaction=True)
HERS, BENS = "heronmarkerheron", "badgermarkerbadger"


@pytest.fixture
def people(transactional_db):
    """Amina and Ben with a row of everything; she supervises him too, and Edie asked her in vain."""
    names = {name: f"{name.title()} Wagtailmarker" for name in ("amina", "ben", "sam", "edie")}
    people = {name: factories.make_person(f"{name}@example.nhs.uk", name=full) for name, full in names.items()}
    for name, mark in (("amina", HERS), ("ben", BENS)):
        plant(people[name], people["sam"], mark)
    factories.invite(people["edie"], "amina@example.nhs.uk")
    Invitation.objects.issue("amina@example.nhs.uk")
    return people


def test_every_words_field_of_the_register_is_planted(people):
    """A new model with words fails here: make a row of it in tests/datarights/planting.py."""
    for person, mark in (("amina", HERS), ("ben", BENS)):
        held = words_of(people[person])
        planted = {place.partition(":")[0] for place, words in held.items() if mark in str(words)}
        assert planted == {f"{label.lower()}.{field}" for label, fields in WORDS.items() for field in fields}


def test_account_delete_leaves_no_sealed_byte_of_hers_and_nothing_that_opens_to_her_words(people):
    hers, bens = sealed_of(people["amina"]), words_of(people["ben"])
    before = set(cells())
    assert set(hers.values()) - {b""} <= before, "what was to be looked for is found while it is there"
    assert deleted(people["amina"]).status_code == 302
    after = cells()
    assert set(hers.values()) - {b""} & set(after) == set()
    assert [cell for cell in after if HERS.encode() in cell] == []
    assert [place for place in hers for cell in after if opens(cell, place)] == []
    opened = [str(words) for words in all_that_opens()]
    assert [words for words in opened if HERS in words] == []
    assert words_of(people["ben"]) == bens, "his are as they were"
    assert sum(BENS in words for words in opened) >= sum(len(fields) for fields in WORDS.values())


def test_account_delete_leaves_her_name_and_address_nowhere(people):
    """She supervised Ben: what he keeps of it no longer says who that was, not even sealed."""
    share(people["ben"], people["amina"], BENS)
    assert any("Amina Wagtailmarker" in str(words) for words in all_that_opens())
    deleted(people["amina"])
    for own in ("amina wagtailmarker", "amina@example.nhs.uk"):
        assert [cell for cell in cells() if own.encode() in cell.lower()] == []
        assert [words for words in all_that_opens() if own in str(words).lower()] == []
    assert any("Ben Wagtailmarker" in cell.decode("latin-1") for cell in cells())
    assert Receipt.objects.filter(summary__author=people["ben"]).count() == 2
    assert SharedSummary.objects.owned_by(people["ben"]).filter(ended_at__isnull=False).count() == 1


def test_account_delete_leaves_her_events_whole_with_an_id_that_leads_nowhere(people):
    pk = people["amina"].pk
    before = AuditEvent.objects.count()
    deleted(people["amina"])
    acts = AuditEvent.objects.filter(number__gt=before).order_by("number").values_list("act", flat=True)
    assert list(acts) == ["summary_ended", "supervision_ended", "supervision_declined", "account_deleted"]
    event = AuditEvent.objects.get(act=Act.ACCOUNT_DELETED)
    assert (event.by, event.other, event.about) == (pk, None, pk)
    assert not User.objects.filter(pk=pk).exists()
    assert audit.problems() == []


def test_account_delete_leaves_no_sealed_byte_in_the_file_of_the_database(people):
    """On SQLite, whose file we can read; what PostgreSQL keeps until it is vacuumed is in decision 0025."""
    hers = {sealed for sealed in sealed_of(people["amina"]).values() if sealed}
    if connection.vendor == "sqlite":
        assert found_in_file(hers) == hers
    deleted(people["amina"])
    if connection.vendor == "sqlite":
        assert found_in_file(hers) == set()
    assert sealed_of(people["amina"]) == {}


def opens(cell, place):
    """Whether a key of the ring opens these bytes as what stood in this place."""
    try:
        ring().open(cell, place=place)
    except CannotOpen:
        return False
    return True


def found_in_file(sealed):
    """Those of the sealed bytes that lie in the database's file. SQLite spreads long ones: a piece tells."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = read_elsewhere(connection.settings_dict["NAME"])
    return {one for one in sealed if one[20:60] in file}
