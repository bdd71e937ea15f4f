"""Somebody at a browser. Each act is one verb, so that a journey reads as sentences."""

import re
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Self

from django.utils import timezone
from playwright.sync_api import Dialog, expect

from tests.journeys.answers import Answers, between
from tests.journeys.reader import Reader

FORBIDDEN = "the server responded with a status of 403"
NOT_THERE = "the server responded with a status of 404"
SIGNED_OUT = "the server responded with a status of 401"
CLASHED = "the server responded with a status of 409"
REFUSED = "the server responded with a status of 422"
TROUBLE = "the server responded with a status of 503"
NO_CONNECTION = "net::ERR_"
FOCUS = """() => {
  const it = document.activeElement, labels = [...(it.labels ?? [])], box = it.getBoundingClientRect();
  const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    name: (labels[0] ?? it).textContent.trim(),
    seen: it === document.body || [it, ...labels].some((part) => part.contains(there)),
  };
}"""


class Person(Reader):
    """One person at one tab of one browser, acting."""

    # --- going about ---

    def opens(self, address: str, heading: str) -> Self:
        """Go to an address."""
        self.page.goto(address)
        return self.sees(heading)

    def begins_to_open(self, address: str) -> None:
        """Go to an address, without waiting for all that belongs to the page."""
        self.page.goto(address, wait_until="commit")

    def goes_back(self) -> None:
        """Press the browser's Back."""
        self.page.go_back(wait_until="commit")

    def opens_again(self) -> None:
        """Load the page shown afresh, and look at it."""
        self.page.reload()
        self.watch.look_at(self.page)

    def follows(self, link: str) -> None:
        """Click a link."""
        self.tab.get_by_role("link", name=link, exact=True).click()

    def follows_until(self, link: str, heading: str) -> None:
        """Click a link, a second after each page, until a page with this heading comes."""
        again, there = (self.tab.get_by_role(role, name=name) for role, name in (("link", link), ("heading", heading)))
        expect(again.or_(there)).to_be_visible()
        while again.is_visible():
            self.takes_a_moment()
            with self.page.expect_navigation():  # until the next page is there: the old one would be looked at again
                again.click()

    def follows_first(self, beginning: str) -> None:
        """Click the first link whose words begin so."""
        self.tab.get_by_role("link", name=re.compile(f"^{re.escape(beginning)}")).first.click()

    def presses(self, button: str) -> None:
        """Click a button."""
        self.tab.get_by_role("button", name=button, exact=True).click()

    def in_another_tab(self) -> "Person":
        """The same person at a new tab of the same browser."""
        return Person(self.page.context.new_page(), watch=self.watch, words=self.words)

    def follows_into_a_new_tab(self, link: str) -> "Person":
        """Click a link that opens a tab of its own; the person there."""
        with self.page.context.expect_page() as opened:
            self.follows(link)
        return Person(opened.value, watch=self.watch, words=self.words)

    def expects(self, *messages: str) -> None:
        """Know that the browser will complain in these words, because the journey makes it."""
        self.watch.expect(*messages)

    def presses_first(self, beginning: str) -> None:
        """Click the first button whose words begin so."""
        self.tab.get_by_role("button", name=re.compile(f"^{re.escape(beginning)}")).first.click()

    def begins_to_press(self, beginning: str) -> None:
        """Press the first button whose words begin so, without waiting for where it leads."""
        self.tab.get_by_role("button", name=re.compile(f"^{re.escape(beginning)}")).first.focus()
        self.page.keyboard.press("Enter")

    def downloads(self, button: str) -> bytes:
        """Click what leads to a file; what it holds."""
        with self.page.expect_download() as download:
            self.presses(button)
        return download.value.path().read_bytes()

    def presses_twice(self, button: str) -> None:
        """Click a button the way icons are opened."""
        self.tab.get_by_role("button", name=button, exact=True).dblclick()

    def follows_and_is_asked(self, link: str, *, answering: str) -> str | None:
        """Click a link, and answer the browser's question whether to leave; what kind of question there was."""
        asked = self._answers_dialogs(answering)
        self.follows(link)
        return asked[0] if asked else None

    def closes_the_tab(self, *, answering: str) -> None:
        """Close it, and answer the browser's question whether to leave."""
        self._answers_dialogs(answering)
        self.page.close(run_before_unload=True)

    def _answers_dialogs(self, answering: str) -> list[str]:
        kinds: list[str] = []

        def answer(dialog: Dialog) -> None:
            kinds.append(dialog.type)
            dialog.accept() if answering == "leave" else dialog.dismiss()

        self.page.on("dialog", answer)
        return kinds

    # --- answering ---

    def enters(self, label: str, text: str) -> None:
        """Fill in something that is no secret of the journal's, such as an address."""
        self.field(label).fill(text)

    def writes(self, label: str, text: str, *, under: str = "") -> None:
        """Put words of one's own into a field, in the place of what it holds."""
        self.words.append(text)
        self.field(label, under=under).fill(text)

    def types(self, text: str, *, in_field: str = "") -> None:
        """Type letter by letter where the focus is, or at the end of what a field holds."""
        self.words.append(text)
        if in_field:
            self.field(in_field).press("Control+End")
        self.page.keyboard.type(text)

    def presses_keys(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def tabs_to(self, name: str, *, within: int = 60) -> None:
        """Press Tab until the focus is on what has this name, and find it in view, under nothing."""
        for _ in range(within):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS)
            assert focus["seen"], f"The focus is on {focus['name']!r}, and that cannot be seen"
            if focus["name"] == name:
                return
        raise AssertionError(f"Tab does not lead to {name!r} within {within} steps.")

    def chooses(self, answer: str, *, to: str, under: str = "") -> None:
        """Choose one of the answers to a question, even the one chosen already."""
        radio = self.question(to, under=under).get_by_role("radio", name=answer, exact=True)
        radio.click()
        expect(radio).to_be_checked()

    def ticks(self, *answers: str, to: str) -> None:
        """Tick answers to a question."""
        for answer in answers:
            self.question(to).get_by_role("checkbox", name=answer, exact=True).check()

    def unticks(self, *answers: str, to: str) -> None:
        """Take ticks away."""
        for answer in answers:
            self.question(to).get_by_role("checkbox", name=answer, exact=True).uncheck()

    def picks(self, answer: str, *, in_list: str) -> None:
        """Pick an answer from a list that drops down."""
        self.field(in_list).select_option(label=answer)

    def rates(self, question: str, number: int) -> None:
        """Choose a number from 0 to 10."""
        self.question(question).get_by_role("radio", name=re.compile(rf"^{number}\b")).check()

    # --- what happens to her ---

    def loses_the_network(self) -> None:
        """Nothing gets through any more."""
        self.page.context.set_offline(True)

    def has_the_network_back(self) -> None:
        """The connection is there again, and the browser notices."""
        self.page.context.set_offline(False)

    def answers_to(self, ending: str) -> AbstractContextManager[Answers]:
        """What comes between her page and the addresses that end so."""
        return between(self.page, ending)

    def stops_the_clock(self) -> None:
        """No timer of the page goes off any more."""
        self.page.clock.install()
        self.page.clock.pause_at(timezone.now() + timedelta(seconds=1))

    def turns_to_another_tab(self) -> None:
        """The page is told that it is hidden; a browser without a window never says so by itself."""
        self.page.evaluate("""() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden" });
          document.dispatchEvent(new Event("visibilitychange"));
        }""")
