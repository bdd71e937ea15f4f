"""A real mail server, which keeps what it is given."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.services.server import free_port


class PostOffice:
    """The letters that came over SMTP, oldest first."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's own name
        """Take a letter."""
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 Taken"

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
