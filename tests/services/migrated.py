"""A database with every migration and the library in it, made once for a tree: whoever needs one takes a copy.

To run the migrations takes longer than most tests, and every worker, site and mutant would run them.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = Path(os.environ.get("KEEL_VAR", ROOT / "var")) / "cache" / "migrated"
MADE_FROM = ("apps/*/migrations/*.py", "apps/*/content/**/*", "apps/*/loading.py", "requirements.txt")


def migrated_sqlite() -> Path:
    """A file of SQLite's, to be copied and never opened."""
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"{digest()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of all who come at once, the first makes it
        if not file.exists():
            new = file.with_suffix(".new")
            new.unlink(missing_ok=True)
            migrate(f"sqlite:///{new}")
            new.rename(file)
    return file


def digest() -> str:
    """Another for each other state of what the database is made from."""
    files = sorted(file for pattern in MADE_FROM for file in ROOT.glob(pattern) if file.is_file())
    parts = [part for file in files for part in (str(file.relative_to(ROOT)).encode(), file.read_bytes())]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def migrate(address: str) -> None:
    """Make the database at this address one to copy."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings_test", "KEEL_TEST_DATABASE_URL": address}
    subprocess.run([sys.executable, "-m", "tests.services.migrated"], env=environment, cwd=ROOT, check=True)


def main() -> None:
    """Migrate and fill the database of the settings."""
    import django

    django.setup()

    from django.core.management import call_command

    from tests.factories import load_library

    call_command("migrate", verbosity=0)
    load_library()


if __name__ == "__main__":
    main()
