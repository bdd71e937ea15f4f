"""A signed-in browser as small as can be, so that the time measured is the server's."""

import http.client
import json
import re
import uuid
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.server import Server

REQUEST_SECONDS = 20


@dataclass
class Browser:
    """One person's cookies, and a connection for each request, as the server closes them."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, address: str) -> str:
        """A page's text; anything but 200 ends the bench."""
        return self.ask("GET", address, {})

    def post(self, address: str, fields: dict[str, str]) -> str:
        """What a form's address answers; anything but 200 ends the bench."""
        return self.ask("POST", address, {"csrfmiddlewaretoken": self.cookies["csrftoken"], **fields})

    def ask(self, method: str, address: str, fields: dict[str, str]) -> str:
        """One request over a new connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=REQUEST_SECONDS)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, address, urlencode(fields) if fields else None, headers)
            response = connection.getresponse()
            body = response.read().decode()
        finally:
            connection.close()
        if response.status != 200:
            raise SystemExit(
                f"{method} {address} answered {response.status}: the bench measures answers, not refusals."
            )
        for header in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: cookie.value for name, cookie in SimpleCookie(header).items()}
        return body


@dataclass
class Writer:
    """Somebody who types: each autosave holds more words, against the version the one before it gave."""

    browser: Browser
    draft: uuid.UUID
    version: int = 0
    saves: int = 0

    def open(self) -> None:
        """Read the version that the phase's page holds."""
        page = self.browser.get(f"/journal/{self.draft}/challenge/")
        self.version = int(re.search(r'name="version" value="(\d+)"', page)[1])

    def autosave(self) -> None:
        """Save a few more words."""
        self.saves += 1
        words = f"{'I wrote it down and went outside. ' * 30} {self.saves}"
        fields = {"phase": "challenge", "version": str(self.version), "challenges": "C3", "what_happened": words}
        self.version = json.loads(self.browser.post(f"/journal/{self.draft}/autosave/", fields))["version"]
