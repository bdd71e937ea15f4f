"""`manage.py reseal` moves every value under the first key, and loses none whatever happens beside it."""

import contextlib
import os
import signal
import sqlite3
import time
from itertools import pairwise

import psycopg
import pytest
from django.core.management import CommandError, call_command

from apps.core.keyring import KeyRing, key_id_of
from apps.core.management.commands.reseal import Command, Count, under_older_keys
from apps.core.sealed import sealed_fields
from apps.journal.models import Reflection
from tests import factories
from tests.core.elsewhere import Elsewhere, make_key

TEXT = Reflection._meta.get_field("what_happened")


@pytest.fixture
def rotated(settings, world):
    """A world sealed by the old key, and a ring on which a new key comes first."""
    old, new = settings.KEY_RING, KeyRing.parse(make_key("t2"), problems=[])
    settings.KEY_RING = KeyRing({**new.keys, **old.keys})
    return {"old": old, "new": new}


def sealed_value(reflection):
    return Reflection.objects.values_list("what_happened", flat=True).get(pk=reflection.pk)


def test_reseal_moves_every_sealed_field_of_every_model_under_the_first_key(rotated):
    assert sum(under_older_keys(field).count() for field in sealed_fields()) > 5
    call_command("reseal")
    assert [under_older_keys(field).count() for field in sealed_fields()] == [0] * len(sealed_fields())


def test_reseal_lets_the_old_key_go(rotated, settings, world):
    call_command("reseal")
    settings.KEY_RING = rotated["new"]
    assert Reflection.objects.get(pk=world["draft"].pk).what_happened == "Amina's planted words: otter"


def test_reseal_prints_how_many_values_it_moved(rotated, capsys):
    call_command("reseal")
    printed = capsys.readouterr().out
    assert "journal.Reflection.what_happened: 3 resealed, 0 saved by somebody meanwhile, 0 unreadable" in printed
    assert "Everything is sealed by the key 't2'." in printed


def test_reseal_a_second_time_changes_nothing(rotated, world, capsys):
    call_command("reseal")
    before = sealed_value(world["draft"]).data
    call_command("reseal")
    assert "journal.Reflection.what_happened: 0 resealed" in capsys.readouterr().out.partition("Everything")[2]
    assert sealed_value(world["draft"]).data == before


def test_reseal_leaves_versions_and_times_as_they_were(rotated, world):
    columns = ("version", "challenge_version", "values_version", "coping_version", "saved_at", "completed_at")
    before = list(Reflection.objects.order_by("pk").values_list("pk", *columns))
    call_command("reseal")
    assert list(Reflection.objects.order_by("pk").values_list("pk", *columns)) == before


def test_reseal_leaves_empty_texts_empty(rotated, world):
    call_command("reseal")
    assert not Reflection.objects.values_list("take_forward", flat=True).get(pk=world["draft"].pk)


def test_reseal_goes_through_more_rows_than_one_batch_holds(rotated, settings, world, monkeypatch):
    monkeypatch.setattr("apps.core.management.commands.reseal.BATCH", 2)
    settings.KEY_RING, both = rotated["old"], settings.KEY_RING
    for number in range(5):
        factories.make_draft(world["amina"], what_happened=f"number {number}")
    settings.KEY_RING = both
    assert Command().reseal_field(TEXT).resealed == 8


def test_reseal_of_a_text_its_author_saved_meanwhile_keeps_the_authors_words(rotated, world):
    draft, read_before = world["draft"], sealed_value(world["draft"])
    draft.what_happened = "saved a moment ago"
    draft.save()
    counted = Count()
    Command().reseal_row(TEXT, draft.pk, read_before, counted)
    assert (counted.resealed, counted.left_to_a_save) == (0, 1)
    assert Reflection.objects.get(pk=draft.pk).what_happened == "saved a moment ago"


def test_reseal_of_a_row_deleted_meanwhile_does_not_bring_it_back(rotated, world):
    pk, read_before = world["draft"].pk, sealed_value(world["draft"])
    world["draft"].delete()
    Command().reseal_row(TEXT, pk, read_before, Count())
    assert not Reflection.objects.filter(pk=pk).exists()


def test_reseal_of_a_value_no_key_opens_leaves_it_says_where_and_goes_on(rotated, settings, world, capsys):
    draft, lost = world["draft"], KeyRing.parse(make_key("lost"), problems=[])
    settings.KEY_RING, both = lost, settings.KEY_RING
    Reflection.objects.filter(pk=draft.pk).update(what_happened=TEXT.seal("gone", draft.pk))
    settings.KEY_RING = both
    before = sealed_value(draft).data
    with pytest.raises(CommandError, match="1 values cannot be opened and were left as they are"):
        call_command("reseal")
    assert f"what_happened:{draft.pk} is sealed by the key 'lost'" in capsys.readouterr().err
    assert sealed_value(draft).data == before
    assert under_older_keys(TEXT).count() == 1


def test_save_after_the_rotation_moves_an_unopened_text_under_the_first_key(rotated, world):
    Reflection.objects.get(pk=world["draft"].pk).save()
    assert key_id_of(sealed_value(world["draft"]).data) == "t2"
    assert Reflection.objects.get(pk=world["draft"].pk).what_happened == "Amina's planted words: otter"


# --- Killed in the middle, again and again, on files and servers that last --------------------------------------------

ROWS = 600
FILL = f"""
import uuid
from apps.accounts.models import User
from apps.journal.models import Reflection
amina = User.objects.create(email="amina@example.org")
Reflection.objects.bulk_create(
    Reflection(author=amina, start_key=uuid.uuid4(), kind="full", version=n, what_happened=f"what {{n}}",
        noticed=f"noticed {{n}}", take_forward=f"forward {{n}}" if n % 2 else "")
    for n in range({ROWS})
)
"""
READ_ALL = """
from apps.journal.models import Reflection
from apps.core.sealed import ring
rows = list(Reflection.objects.order_by("version"))
assert [row.version for row in rows] == list(range(len(rows)))
for n, row in enumerate(rows):
    assert row.what_happened == f"what {n}"
    assert row.noticed == f"noticed {n}"
    assert row.take_forward == (f"forward {n}" if n % 2 else "")
print(len(rows), list(ring().keys))
"""
HOW_MANY_OLD = "SELECT count(*) FROM journal_reflection WHERE substr(what_happened, 3, 2) = {old}"


@contextlib.contextmanager
def watching(url):
    """A function that counts the rows still under the old key, over a connection of its own."""
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)) as watcher:
            yield lambda: watcher.execute(HOW_MANY_OLD.format(old="X'6b31'")).fetchone()[0]
    else:
        with psycopg.connect(url, autocommit=True) as watcher:
            yield lambda: watcher.execute(HOW_MANY_OLD.format(old=r"'\x6b31'::bytea")).fetchone()[0]


def kill_after_progress(keel, how_many_old):
    """Start `reseal` and kill it as soon as it has moved something. Returns how many it left."""
    before = how_many_old()
    process = keel.start("manage.py", "reseal")
    while how_many_old() == before:
        assert process.poll() is None, process.communicate()
        time.sleep(0.001)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return how_many_old()


def prove_that_kills_lose_nothing(keel):
    old, new = keel.ring, make_key("k2")
    keel.manage("migrate", "--verbosity", "0")
    keel.python(FILL)
    keel.ring = f"{new},{old}"
    with watching(keel.database_url) as how_many_old:
        left = [ROWS]
        for _ in range(3):
            left.append(kill_after_progress(keel, how_many_old))
            assert keel.python(READ_ALL) == f"{ROWS} ['k2', 'k1']\n", "every row opens, by the one key or the other"
    assert all(after < before for before, after in pairwise(left))
    assert left[-1] > 0, "it was killed in the middle, not at the end"
    keel.manage("reseal")
    keel.ring = new
    assert keel.python(READ_ALL) == f"{ROWS} ['k2']\n", "every row opens by the new key alone"


def test_reseal_killed_again_and_again_on_sqlite_leaves_nothing_unreadable(tmp_path):
    prove_that_kills_lose_nothing(Elsewhere(tmp_path, f"sqlite:///{tmp_path}/db.sqlite3", make_key("k1")))


def test_reseal_killed_again_and_again_on_postgresql_leaves_nothing_unreadable(tmp_path, durable_postgres_server):
    prove_that_kills_lose_nothing(Elsewhere(tmp_path, durable_postgres_server.url, make_key("k1")))
