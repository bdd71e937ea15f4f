"""A real mail server, which keeps what it is given."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.services.server import free_port

HANGS_UP = "hangs up"


class PostOffice:
    """The letters that came over SMTP, oldest first."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: list[str] = []  # to the next letters; only one that is answered with 4.. or 5.. is not kept

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's own name
        """Take a letter, or answer as a test says; HANGS_UP takes it and never says so."""
        answer = self.answers.pop(0) if self.answers else "250 Taken"
        if answer[0] not in "45":
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        if answer == HANGS_UP:
            server.transport.abort()
        return answer

    def link_to(self, address: str) -> str:
        """The first link in the newest letter to `address`."""
        letter = next(letter for letter in reversed(self.letters) if letter["To"] == address)
        return re.search(r"https?://\S+", letter.get_body(("plain",)).get_content())[0]


@contextmanager
def open_post_office(settings: Any) -> Iterator[PostOffice]:
    """A mail server on this machine, to which Django sends until the end of the block."""
    office = PostOffice()
    server = Controller(office, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    try:
        yield office
    finally:
        server.stop()
