"""Brings the database, the static files and the library up to date: `python -m scripts.prepare`.

In one process, because starting Django for each step would make everybody wait.
"""

import hashlib
import io
import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

FOLDERS = ("log", "mail", "beat", "broker/queue", "broker/control")


def main() -> None:
    """Make the folders, then do the three steps."""
    for name in FOLDERS:
        (settings.VAR_DIR / name).mkdir(parents=True, exist_ok=True)
    django.setup()
    step("Bringing the database up to date", "migrate", interactive=False)
    step("Checking that the keys fit it", "check_keys")
    collect_static()
    load_library()


def load_library() -> None:
    """Load the files, and say where an editor's words are kept instead."""
    for line in step("Loading the library", "load_library").splitlines():
        if "Differs from its file" in line:
            print(line)


def step(sentence: str, command: str, **options: object) -> str:
    """Run a management command, one line on the terminal; show what it said only if it fails. Gives what it said."""
    began, said = time.monotonic(), io.StringIO()
    print(f"{sentence} ... ", end="", flush=True)
    try:
        call_command(command, stdout=said, stderr=said, **options)
    except BaseException:
        print("failed.", said.getvalue(), sep="\n", flush=True)
        raise
    print(f"done ({time.monotonic() - began:.0f} s)")
    return said.getvalue()


def collect_static() -> None:
    """Collect and compress static files, unless none has changed since the last time."""
    stamp = settings.VAR_DIR / "stamps" / "static"
    stamp.parent.mkdir(exist_ok=True)
    now = print_of_static()
    if stamp.exists() and stamp.read_text() == now and Path(settings.STATIC_ROOT).exists():
        return
    step("Collecting static files", "collectstatic", interactive=False, clear=True)
    stamp.write_text(now)


def print_of_static() -> str:
    """A fingerprint of every static file of ours, and of the packages that bring more."""
    files = [path for folder in settings.STATICFILES_DIRS for path in sorted(Path(folder).rglob("*")) if path.is_file()]
    files.append(settings.BASE_DIR / "requirements.txt")
    return hashlib.sha256(
        "".join(f"{path}\0" for path in files).encode() + b"".join(map(content_of, files))
    ).hexdigest()


def content_of(path: Path) -> bytes:
    """The digest of a file."""
    return hashlib.sha256(path.read_bytes()).digest()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.tracebacklimit = 3  # whoever starts Keel needs the last lines, not Django's own
    main()
