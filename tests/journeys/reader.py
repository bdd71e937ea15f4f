"""Somebody who looks at a page and reads it."""

import re
from collections.abc import Callable
from typing import Any, Self

from playwright.sync_api import Locator, Page, expect

from tests.journeys.stage import PATIENCE, Watch


class Reader:
    """One person at one tab of one browser, reading."""

    def __init__(self, page: Page, *, watch: Watch, words: list[str]):
        self.page = page
        self.watch = watch
        self.words = words

    @property
    def tab(self) -> Page:
        """Her tab, brought in front of the browser's others, which it hardly draws."""
        if self.watch.in_front is not self.page:
            self.page.bring_to_front()
            self.watch.in_front = self.page
        return self.page

    def sees(self, heading: str) -> Self:
        """Wait for the page with this heading, and look at it."""
        expect(self.tab.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()
        self.watch.look_at(self.page)
        return self

    def looks_again(self) -> None:
        """Look at the page as it has become meanwhile."""
        self.watch.look_at(self.page)

    def field(self, label: str, *, under: str = "") -> Locator:
        """The field with this label."""
        return self.part(under).get_by_label(label, exact=True)

    def question(self, legend: str, *, under: str = "") -> Locator:
        """The group of answers to this question."""
        return self.part(under).get_by_role("group", name=legend, exact=True)

    def part(self, name: str) -> Page | Locator:
        """The part of the page with this name; all of it without one."""
        return self.tab.get_by_role("region", name=name, exact=True) if name else self.tab

    def reads(self, *texts: str | re.Pattern[str]) -> None:
        """Find each text somewhere on the page, in view of a reader."""
        for text in texts:
            expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def reads_anywhere(self, text: str) -> None:
        """Find a text on the page, or in one of its fields."""
        self.waits_until(lambda: text in self.page.content(), f"{text!r} on the page")

    def does_not_read(self, *texts: str) -> None:
        """Find none of the texts on the page."""
        for text in texts:
            expect(self.page.locator("html")).not_to_contain_text(text)

    def finds(self, text: str, *, in_field: str, under: str = "") -> None:
        """Find a field holding exactly this."""
        expect(self.field(in_field, under=under)).to_have_value(text)

    def finds_first(self, answer: str, *, to: str) -> None:
        """Find that the first of the answers to a question is this."""
        expect(self.question(to).get_by_role("radio").first).to_have_accessible_name(answer)

    def has_in_view(self, label: str) -> None:
        """Find a field within the window, without scrolling."""
        expect(self.field(label)).to_be_in_viewport()

    def has_in_focus(self, label: str) -> None:
        """Find a field ready to be typed into."""
        expect(self.field(label)).to_be_focused()

    def has_in_focus_the_part_that_says(self, text: str) -> None:
        """Find the focus moved to a part of the page, so that a screen reader reads it out."""
        expect(self.page.locator(":focus")).to_contain_text(text)

    def colour_behind(self, label: str) -> str:
        """The colour that the label of an answer stands on."""
        return self.page.get_by_text(label, exact=True).evaluate("it => getComputedStyle(it).backgroundColor")

    def is_told(self, text: str | re.Pattern[str]) -> None:
        """Read in the line that says whether the words are saved."""
        expect(self.page.locator("#saved")).to_contain_text(text)

    def is_told_of_problems(self, *messages: str) -> None:
        """Read the error summary, which has taken the focus, and find "Error:" in the window's title."""
        summary = self.page.locator(".nhsuk-error-summary")
        expect(summary).to_be_focused()
        for message in messages:
            expect(summary.get_by_role("listitem").get_by_text(message, exact=True)).to_be_visible()
        expect(self.page).to_have_title(re.compile(r"^Error: "))
        self.watch.look_at(self.page)

    def reads_in(self, label: str, text: str) -> None:
        """Find a text within what a field holds."""
        expect(self.field(label)).to_have_value(re.compile(re.escape(text)))

    def waits_until(self, holds: Callable[[], Any], what: str) -> None:
        """Wait, with the page alive, until something holds outside of it."""
        for _ in range(PATIENCE // 50):
            if holds():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"Waited for {what}, in vain.")

    def takes_a_moment(self) -> None:
        """Read for a second: within less, NHS.UK's buttons take a second press for a double click."""
        self.page.wait_for_timeout(1_050)
