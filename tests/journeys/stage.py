"""The stage of one journey: its browsers, the words typed in them, and whatever went wrong."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, WebError

from apps.accounts.models import User
from tests.journeys.page_rules import wrong_on

PHONE, DESK = 375, 1280  # pixels
ON_A_PHONE = pytest.mark.parametrize("width", [PHONE], ids=["phone"])  # for a journey about something else than
AT_A_DESK = pytest.mark.parametrize("width", [DESK], ids=["desk"])  # looks, through pages seen at both by others
PATIENCE = 15_000  # ms; generous, because the machine may be busy
SCREENSHOTS = os.environ.get("KEEL_SCREENSHOTS")  # a folder for a picture of each page visited
IN_BRITAIN = {"locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}


class Watch:
    """Looks over one browser's shoulder and notes everything that goes wrong in it."""

    def __init__(self, context: BrowserContext, *, has_scripts: bool):
        self.wrong: list[str] = []
        self.visited: set[str] = set()
        self.looked_at: set[str] = set()
        self.cookies: set[str] = set()
        self.has_scripts = has_scripts
        self.in_front: Page | None = None
        self._expected: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._weberror)
        context.on("response", self._response)
        context.on("page", self._page)

    def expect(self, *messages: str) -> None:
        """Let errors pass that hold one of `messages`: the journey brings them about."""
        self._expected += messages

    def look_at(self, page: Page) -> None:
        """Hold the page shown against the rules of every page."""
        page.wait_for_load_state("load")
        page.mouse.move(0, 0)  # what the pointer rests on may look different
        self.looked_at.add(place(page.url))
        self.cookies |= {f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies()}
        picture(page)
        self.wrong += [f"{place(page.url)}: {sentence}" for sentence in wrong_on(page, has_scripts=self.has_scripts)]
        self.assert_nothing_wrong()

    def assert_nothing_wrong(self) -> None:
        """Fail with everything that went wrong so far."""
        assert not self.wrong, "\n".join(self.wrong)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"console {message.type}: {message.text}")

    def _weberror(self, error: WebError) -> None:
        self.wrong.append(f"a script failed: {error.error}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            what = f"{response.request.method} {place(response.url)}"
            self._note(f"{what}: the server responded with a status of {response.status}")

    def _note(self, sentence: str) -> None:
        if not any(part in sentence for part in self._expected):
            self.wrong.append(sentence)

    def _page(self, page: Page) -> None:
        page.on(
            "framenavigated", lambda frame: self.visited.add(place(frame.url)) if frame == page.main_frame else None
        )


class Stage:
    """Opens browsers for people, each with its watch."""

    def __init__(self, browser: Browser, *, address: str, width: int):
        self.browser = browser
        self.address = address
        self.width = width
        self.watches: list[Watch] = []
        self.contexts: list[BrowserContext] = []
        self.words: list[str] = []  # everything anybody wrote

    def open_browser(self, user: User | None = None, **options: Any) -> tuple[Page, Watch]:
        """A browser of its own, in which `user` is signed in."""
        size = {"width": self.width, "height": 900 if self.width > 600 else 720}
        context = self.browser.new_context(**{"viewport": size, "base_url": self.address, **IN_BRITAIN, **options})
        return self.watched(context, user, has_scripts=options.get("java_script_enabled", True))

    def watched(self, context: BrowserContext, user: User | None, *, has_scripts: bool = True) -> tuple[Page, Watch]:
        """A page of `context`, watched, in which `user` is signed in."""
        context.set_default_timeout(PATIENCE)
        watch = Watch(context, has_scripts=has_scripts)
        self.contexts.append(context)
        self.watches.append(watch)
        if user:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sign_in(user), "url": self.address}])
        return context.new_page(), watch

    def cookies(self) -> str:
        """Every cookie that any browser ever had."""
        return "; ".join(sorted(set().union(*(watch.cookies for watch in self.watches))))

    def close(self) -> None:
        """Close every browser, and fail where something went wrong in one or a page was passed over."""
        for context in self.contexts:
            context.close()
        for watch in self.watches:
            watch.assert_nothing_wrong()
            missed = watch.visited - watch.looked_at - {"about:blank"}
            assert not missed, f"These pages were visited and never looked at: {missed}"


def sign_in(user: User) -> str:
    """The key of a new session of `user`: what signing in leaves in the browser."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def place(address: str) -> str:
    """An address without host, query, fragment and ids: which page of Keel it is."""
    path = re.sub(r"^https?://[^/]+|[?#].*", "", address)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", path)


def picture(page: Page) -> None:
    """Keep a picture of the page where KEEL_SCREENSHOTS asks for it."""
    if SCREENSHOTS:
        name = re.sub(r"\W+", "-", f"{place(page.url)} {page.title()}").strip("-")
        folder = Path(SCREENSHOTS) / str(page.viewport_size["width"])
        page.screenshot(path=folder / f"{name}.png", full_page=True)
