"""The stage for journeys: one real Chromium for all of them, at the width of a phone and at the width of a desk."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.journeys.leaks import KeptLog, leaks, places
from tests.journeys.person import Person
from tests.journeys.stage import DESK, PATIENCE, PHONE, Stage

CHROMIUM = os.environ.get("KEEL_CHROMIUM") or "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Drives browsers. It keeps an event loop going, which Django takes for a reason to refuse its database."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"The journeys need Chromium, and {CHROMIUM} is not there. Install it, or set KEEL_CHROMIUM.")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        yield started
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium; each person gets a fresh profile in it."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def width(request: pytest.FixtureRequest) -> int:
    """Pixels: a journey is made on a phone and at a desk, unless it says otherwise."""
    return request.param


@pytest.fixture
def kept_log() -> Iterator[KeptLog]:
    """Everything logged during the journey."""
    handler = KeptLog()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def stage(chromium: Browser, live_server: Any, settings: Any, kept_log: KeptLog, width: int) -> Iterator[Stage]:
    """Where the journey plays. At its end: nothing went wrong in any browser, and no word can be read anywhere."""
    settings.BASE_URL = live_server.url  # mails lead here
    stage = Stage(chromium, address=live_server.url, width=width)
    yield stage
    stage.close()
    readable_in = leaks(stage.words, places(kept_log) | {"the cookies": stage.cookies().encode()})
    assert not readable_in, f"Words typed in this journey can be read in {readable_in}."


@pytest.fixture
def enters(stage: Stage) -> Callable[..., Person]:
    """Lets somebody come to a browser of their own, signed in if a user is given."""

    def enter(user: Any = None, **options: Any) -> Person:
        page, watch = stage.open_browser(user, **options)
        return Person(page, watch=watch, words=stage.words)

    return enter


@pytest.fixture
def amina(enters: Callable[..., Person], world: dict[str, Any]) -> Person:
    """Amina, signed in at a browser."""
    return enters(world["amina"])
