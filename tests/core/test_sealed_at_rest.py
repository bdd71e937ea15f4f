"""What lies on the disk: no word that anybody typed, in the database's file or in its write-ahead log."""

import base64
import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.core.elsewhere import Elsewhere, make_key
from tests.raw import read_elsewhere

MARKER = "heronmarkerheron"
FILL = f"""
import uuid
from django.db import connection
from apps.accounts.models import User
from apps.coping.models import OwnStrategy, SuggestedStrategy
from apps.core.sealed import SealedField, SealedTextField, sealed_fields
from apps.journal.models import AppraisalAnswer, Plan, Reflection
amina = User.objects.create(email="amina@example.org")
words = {{f.name: "{MARKER} " * 9 for f in Reflection._meta.fields if isinstance(f, SealedTextField)}}
for n in range(30):
    r = Reflection.objects.create(author=amina, start_key=uuid.uuid4(), kind="full", **words)
    AppraisalAnswer.objects.create(reflection=r, appraisal="A1", text="{MARKER}")
    Plan.objects.create(reflection=r, number=1, when="{MARKER}", will="{MARKER}", own_name="{MARKER}")
    own = {{"name": "{MARKER}", "what_to_do": "{MARKER}", "categories": "{MARKER}", "family": "{MARKER}"}}
    OwnStrategy.objects.create(owner=amina, page_key=uuid.uuid4(), minutes=5, **own)
    SuggestedStrategy.objects.create(author=amina, minutes=5, **own)
    r.what_happened = "{MARKER}, changed"
    r.save()
"""
LEAVE_THE_LOG = "import os; os._exit(0)"  # ends without the checkpoint that would empty the write-ahead log


def spellings(word):
    """How a word could stand in a file: as it is, in UTF-16, base64 at each offset, hexadecimal."""
    plain = word.encode()
    shifted = [base64.b64encode(b"\x00" * shift + plain)[4:-4] for shift in range(3)]
    return [plain, word.encode("utf-16-le"), plain.hex().encode(), *shifted]


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory):
    """A database file with its tables made."""
    folder = tmp_path_factory.mktemp("empty")
    Elsewhere(folder, f"sqlite:///{folder}/db.sqlite3", make_key("k1")).manage("migrate", "--verbosity", "0")
    return folder / "db.sqlite3"


@pytest.fixture
def keel(tmp_path, empty_database):
    """A Keel on SQLite, with its tables made."""
    shutil.copy(empty_database, tmp_path / "db.sqlite3")
    return Elsewhere(tmp_path, f"sqlite:///{tmp_path}/db.sqlite3", make_key("k1"))


def test_words_saved_are_in_no_file_of_the_database(keel, tmp_path):
    keel.python(FILL + LEAVE_THE_LOG)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("db.sqlite3")}
    assert len(files["db.sqlite3-wal"]) > 100_000, "the log is what was to be looked at"
    assert b"amina@example.org" in b"".join(files.values()), "what is not sealed is found, so the search works"
    found = [(name, spelling) for name, data in files.items() for spelling in spellings(MARKER) if spelling in data]
    assert found == []


def test_words_saved_are_in_no_file_of_keel_after_a_page_failed_over_them(keel, tmp_path):
    keel.python(f"""
import logging
from django.test import Client, override_settings
from apps.accounts.models import User
from apps.journal.models import Reflection
amina = User.objects.create(email="amina@example.org")
logging.getLogger().addHandler(logging.FileHandler({str(tmp_path / "everything.log")!r}))
logging.getLogger().handlers[-1].setFormatter(logging.getLogger().handlers[0].formatter)
marker = "{MARKER[::-1]}"[::-1]  # backwards, since Python 3.13 shows these very lines in a traceback
try:
    Reflection.objects.create(author=amina, start_key=marker, kind="full", what_happened=marker)
except Exception:
    logging.getLogger("keel").exception("Could not save")
""")
    logged = (tmp_path / "everything.log").read_text()
    assert "ValidationError" in logged
    assert MARKER not in logged


EACH_SEALED = """
from apps.journal.models import Reflection
for sealed in Reflection.objects.values_list("take_forward", flat=True):
    print(sealed.data[20:60].hex())
"""
DELETE_ALL = """
from apps.journal.models import Reflection
Reflection.objects.all().delete()
"""


def test_words_deleted_leave_no_sealed_bytes_in_the_file(keel, tmp_path):
    keel.python(FILL)
    each = [bytes.fromhex(line) for line in keel.python(EACH_SEALED).split()]
    before = (tmp_path / "db.sqlite3").read_bytes()
    assert [sealed for sealed in each if sealed not in before] == []
    keel.python(DELETE_ALL)
    after = b"".join(path.read_bytes() for path in tmp_path.glob("db.sqlite3*"))
    assert [sealed for sealed in each if sealed in after] == []


TELL = """
import logging, sys
logging.getLogger("apps.core.tasks").addHandler(logging.StreamHandler(sys.stdout))
"""
WRITE = """
from apps.accounts.models import User
User.objects.update(name="still written")
"""
EMPTY_THE_LOG = """
from apps.core.tasks import empty_log
empty_log()
"""


def test_words_deleted_leave_the_log_though_somebody_keeps_the_database_open(keel, tmp_path):
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as web_process:
        web_process.execute("SELECT COUNT(*) FROM journal_reflection").fetchall()
        keel.python(FILL)
        each = [bytes.fromhex(line) for line in keel.python(EACH_SEALED).split()]
        keel.python(DELETE_ALL)
        log = tmp_path / "db.sqlite3-wal"
        assert [sealed for sealed in each if sealed not in read_elsewhere(log)] == [], (
            "the log is what is to be emptied"
        )
        keel.python(EMPTY_THE_LOG)
        after = b"".join(read_elsewhere(path) for path in tmp_path.glob("db.sqlite3*"))
        assert [sealed for sealed in each if sealed in after] == []


def test_log_that_somebody_reads_is_emptied_once_they_are_done(keel, tmp_path):
    with closing(sqlite3.connect(tmp_path / "db.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM journal_reflection").fetchall()
        keel.python(FILL)
        told = keel.python(TELL + EMPTY_THE_LOG + WRITE)
        assert "could not be emptied" in told
        assert len(read_elsewhere(tmp_path / "db.sqlite3-wal")) > 100_000
        reader.execute("ROLLBACK")
        assert keel.python(TELL + EMPTY_THE_LOG) == ""
        assert len(read_elsewhere(tmp_path / "db.sqlite3-wal")) == 0
