"""A Keel of its own in other processes, with its own database and keys: for tests that kill and look at raw files."""

import base64
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def make_key(key_id: str) -> str:
    """A new key as an entry of a ring."""
    return f"{key_id}:{base64.b64encode(os.urandom(32)).decode()}"


@dataclass
class Elsewhere:
    """The environment of one Keel in the embedded mode."""

    folder: Path
    database_url: str
    ring: str

    @property
    def environment(self) -> dict[str, str]:
        """What its processes find in theirs."""
        return {
            "PATH": os.defpath,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "KEEL_MODE": "embedded",
            "KEEL_VAR": str(self.folder),
            "SECRET_KEY": "only for a Keel that lives as long as one test, and no longer",
            "KEEL_KEYS": self.ring,
            "DATABASE_URL": self.database_url,
            **{name: os.environ[name] for name in ("PYTHONPYCACHEPREFIX",) if name in os.environ},
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A Python process of it, running."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def manage(self, *arguments: str) -> str:
        """What a management command printed; the test fails if the command did."""
        return self._finished(self.start("manage.py", *arguments))

    def python(self, code: str) -> str:
        """What `code` printed after Django was set up; the test fails if it did."""
        return self._finished(self.start("-c", f"import django; django.setup()\n{code}"))

    def _finished(self, process: subprocess.Popen[str]) -> str:
        printed, complaint = process.communicate(timeout=90)
        assert process.returncode == 0, complaint
        return printed
