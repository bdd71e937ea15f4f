"""Settings of the test run: the real ones in the embedded mode, with throw-away keys and folders."""

import atexit
import base64
import os
import shutil
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="keel-test-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

os.environ["KEEL_MODE"] = "embedded"
os.environ["SECRET_KEY"] = "a key for tests alone, with no meaning anywhere else at all"
os.environ["KEEL_KEYS"] = "t1:" + base64.b64encode(b"only for the tests, 32 bytes now").decode()
# The second run of ./dev test gives real servers (tests/services/run.py). A DATABASE_URL of somebody's own is never
# used: the tests empty the cache they are given.
os.environ["DATABASE_URL"] = os.environ.get("KEEL_TEST_DATABASE_URL", f"sqlite:///{SCRATCH / 'db.sqlite3'}")
valkey = os.environ.get("KEEL_TEST_VALKEY_URL")
worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))  # each has databases of its own
os.environ["BROKER_URL"] = f"{valkey}/{2 * worker}" if valkey else "filesystem://"
os.environ["CACHE_URL"] = f"{valkey}/{2 * worker + 1}" if valkey else f"filecache://{SCRATCH / 'cache'}"

from config.settings import *  # noqa: E402, F403  which read what was set above
from config.settings import CELERY_BROKER_TRANSPORT_OPTIONS, DATABASES, TEMPLATES  # noqa: E402


class UndefinedName(str):
    """Fails the test that renders a name nobody supplied. It must not be empty: Django passes over that."""

    __slots__ = ()

    def __contains__(self, item: str) -> bool:
        return item == "%s"

    def __mod__(self, name: object) -> str:  # type: ignore[override]
        raise NameError(f"undefined in a template: {name}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedName("undefined")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir()
WHITENOISE_USE_FINDERS = True  # browsers in tests get the files as they are, without collecting them
WHITENOISE_AUTOREFRESH = True  # and look for each when asked: a list of all of them takes a test client 40 ms
if "data_folder_in" in CELERY_BROKER_TRANSPORT_OPTIONS:
    queue = SCRATCH / "broker" / "queue"
    queue.mkdir(parents=True)
    CELERY_BROKER_TRANSPORT_OPTIONS |= {
        "data_folder_in": str(queue),
        "data_folder_out": str(queue),
        "control_folder": str(SCRATCH / "broker" / "control"),
    }
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}  # a real file, locked as in a real run
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("KEEL_TEST_TEMPLATE")}  # migrated once for all workers
    DATABASES["default"]["OPTIONS"].pop("pool")  # one connection a test; the pool is tried in tests/services
