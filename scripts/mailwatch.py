"""Finds the links in the mails that Django leaves as files, so that a terminal can show them.

Only the recipient's address and the links are told: the rest of a mail is for its reader.
"""

import email.policy
import re
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

END_OF_MAIL = b"-" * 79 + b"\n"  # Django's file backend writes it after each mail
LINK = re.compile(r"https?://[^\s<>\"]+")


class MailWatch:
    """Tells the mails that came into `folder` since it was made or last asked."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.read_up_to = {path: path.stat().st_size for path in folder.glob("*.log")}

    def new_links(self) -> list[str]:
        """One line for each link of each mail that is whole by now."""
        return [line for path in sorted(self.folder.glob("*.log")) for line in self._new_in(path)]

    def _new_in(self, path: Path) -> list[str]:
        begin = self.read_up_to.get(path, 0)
        if path.stat().st_size == begin:
            return []
        with open(path, "rb") as file:
            file.seek(begin)
            mails = file.read().split(END_OF_MAIL)[:-1]  # after the last end there is nothing, or half a mail
        self.read_up_to[path] = begin + sum(len(mail) + len(END_OF_MAIL) for mail in mails)
        return [line for mail in mails for line in links_of(mail)]


def links_of(mail: bytes) -> list[str]:
    """`Mail to ann@example.org: http://...` for each link in a mail's plain text."""
    message = BytesParser(_class=EmailMessage, policy=email.policy.default).parsebytes(mail)
    body = message.get_body(preferencelist=("plain",))
    links = LINK.findall(body.get_content()) if body else []
    return [f"Mail to {message['To']}: {link}" for link in dict.fromkeys(links)]
