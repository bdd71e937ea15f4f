"""Looks for people's words wherever a machine's owner, a backup or a thief would find them readable."""

import base64
import logging
import subprocess
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from urllib.parse import quote, quote_plus

from django.core import mail
from django.db import connection

from apps.core.logs import WordlessFormatter
from config.settings_test import SCRATCH

IN_A_ROW = 3  # words: three of them in a row are found even where a text was cut
SHORTEST = 8  # characters: anything shorter is found anywhere by chance


class KeptLog(logging.StreamHandler):
    """The log of one journey, as a service would write it."""

    def __init__(self) -> None:
        super().__init__(StringIO())
        self.setFormatter(WordlessFormatter())

    @property
    def text(self) -> str:
        """What was logged so far."""
        return self.stream.getvalue()


def places(log: KeptLog) -> dict[str, bytes]:
    """What lies where after a journey: the database and its journal, broker, cache, workers' logs, log and mails."""
    files = [path for path in SCRATCH.rglob("*") if path.is_file()]
    assert Path(connection.settings_dict["NAME"]) in files
    found = {str(path.relative_to(SCRATCH)): read_elsewhere(path) for path in files}
    mails = [str(message.message()) for message in getattr(mail, "outbox", [])]
    return found | {"the log": log.text.encode(), "the mails": "\n".join(mails).encode()}


def read_elsewhere(path: Path) -> bytes:
    """What a file holds, read by another process: opening and closing SQLite's file here would drop our locks on it."""
    return subprocess.run(["cat", path], capture_output=True).stdout  # a file gone meanwhile holds nothing


def leaks(texts: Iterable[str], where: dict[str, bytes]) -> list[str]:
    """Where any of `texts` can be read, in whole or in part."""
    needles = {needle for text in texts for needle in spellings(text)}
    return [place for place, content in where.items() if any(needle in content for needle in needles)]


def spellings(text: str) -> Iterator[bytes]:
    """How a text, or any three words of it, might lie in a file."""
    words = text.split()
    for start in range(max(1, len(words) - IN_A_ROW + 1)):
        part = " ".join(words[start : start + IN_A_ROW])
        if len(part) < SHORTEST:
            continue
        yield from (part.encode(), part.encode("utf-16-le"), quote(part).encode(), quote_plus(part).encode())
        for shift in range(3):  # base64 spells a text in three ways, depending on what comes before it
            yield base64.b64encode(b" " * shift + part.encode() + b"   ")[4:-8]
