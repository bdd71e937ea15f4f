"""NHS computers are shared: after signing out nothing of hers comes back, and nothing stays in the browser's files."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, Route

from tests.journeys.conftest import CHROMIUM, QUIET
from tests.journeys.leaks import leaks
from tests.journeys.person import Person
from tests.journeys.reflecting import waits_until_kept
from tests.journeys.stage import AT_A_DESK, Stage

NEVER_KEEPS_PAGES = "--disable-back-forward-cache"  # Playwright's own; taken away here, for people's browsers keep them
WORDS = "firecrest words nobody else may read"
FRONT = "Reflect on a difficult moment at work"


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium that keeps the pages one has left, ready for Back."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, ignore_default_args=[NEVER_KEEPS_PAGES])
    yield browser
    browser.close()


@pytest.mark.parametrize("page", ["", "challenge/"], ids=["reading", "writing"])
@AT_A_DESK
def test_amina_signs_out_and_back_shows_none_of_her_words(amina, world, page):
    leaves_words_behind(amina, f"/journal/{world['draft'].pk}/{page}")
    amina.goes_back()
    amina.sees("Sign in")
    amina.does_not_read("otter")


@AT_A_DESK
def test_amina_signs_out_and_back_would_show_her_words_if_browsers_might_store_them(amina, world):
    """The twin of the test above with its control taken away: so that one can fail."""
    amina.page.context.route("**/journal/**", may_be_stored)
    leaves_words_behind(amina, f"/journal/{world['draft'].pk}/")
    amina.goes_back()
    amina.reads("Amina's planted words: otter")


def leaves_words_behind(person: Person, address: str) -> None:
    """Open a page with words on it, and sign out."""
    person.page.goto(address)
    person.reads_anywhere("otter")
    person.looks_again()
    person.presses("Sign out")
    person.sees(FRONT)


def may_be_stored(route: Route) -> None:
    """The same answer without the header that keeps it out of browsers' stores."""
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "cache-control"}
    route.fulfill(response=answer, headers=headers)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """The folder in which a browser keeps what it knows of one person."""
    return tmp_path / "profile"


@pytest.fixture
def at_her_own_browser(playwright: Playwright, stage: Stage, profile: Path, world: dict[str, Any]) -> Person:
    """Amina at a browser that writes its files as an installed one does."""
    size = {"width": stage.width, "height": 900}
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=QUIET, viewport=size, base_url=stage.address
    )
    page, watch = stage.watched(context, world["amina"])
    return Person(page, watch=watch, words=stage.words)


@AT_A_DESK
def test_amina_writes_and_her_browser_is_killed_and_its_files_hold_no_word(at_her_own_browser, profile, world):
    writes_and_saves(at_her_own_browser, world["draft"])
    kill(profile, at_her_own_browser.page.context)
    assert leaks([WORDS, "planted words: otter"], files_in(profile)) == []


@AT_A_DESK
def test_amina_writes_and_closes_her_browser_and_its_files_hold_no_word(at_her_own_browser, profile, world):
    writes_and_saves(at_her_own_browser, world["draft"])
    at_her_own_browser.page.context.close()
    assert leaks([WORDS, "planted words: otter"], files_in(profile)) == []


@AT_A_DESK
def test_amina_would_leave_words_in_her_browsers_files_if_the_page_stored_them(at_her_own_browser, profile, world):
    """The twin of the tests above: words that a page does store are found."""
    writes_and_saves(at_her_own_browser, world["draft"])
    at_her_own_browser.page.evaluate("words => localStorage.setItem('draft', words)", WORDS)
    at_her_own_browser.page.context.close()
    assert leaks([WORDS], files_in(profile)) != []


def writes_and_saves(person: Person, draft: Any) -> None:
    """Words on the page, on the server, and on a page already left."""
    person.opens(f"/journal/{draft.pk}/challenge/", "Work challenge")
    person.writes("What happened?", WORDS)
    waits_until_kept(person, draft, what_happened=WORDS)
    person.opens(f"/journal/{draft.pk}/", "Check your reflection")
    person.reads(WORDS)


def kill(profile: Path, context: BrowserContext) -> None:
    """End the browser of this profile at once, as a power cut would."""
    number = os.readlink(profile / "SingletonLock").rpartition("-")[2]  # the lock is a link to "host-number"
    with context.expect_event("close"):
        os.kill(int(number), signal.SIGKILL)


def files_in(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, by name."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
