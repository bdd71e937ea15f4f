"""A page as the browser prints it: what the PDF says, page by page, held against what stands in the page itself."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.reports.inside import words_by_page

WAYS_ON = "nav, button, input, select, footer, .nhsuk-button, .nhsuk-breadcrumb, .nhsuk-back-link, .nhsuk-skip-link"
FACTS = f"""() => {{
  const all = (selector, part = document) => [...part.querySelectorAll(selector)];
  const said = (part) => part.textContent, kept = all("main *").filter((part) => !part.closest(".app-no-print"));
  const those = (selector) => kept.filter((part) => part.matches(selector));
  const headed = those("h2, h3, .app-plot");
  return {{
    waysOn: all("{WAYS_ON}").filter((part) => part.checkVisibility()).map((part) => part.outerHTML.slice(0, 80)),
    addresses: those("a[href^=http]").map((link) => link.getAttribute("href")),
    tables: those("table").map((table) => ({{ head: said(table.tHead), rows: all("tbody tr", table).map(said) }})),
    plots: those(".app-plot").map((plot) => ({{
      under: headed.slice(0, headed.indexOf(plot)).filter((part) => part.matches("h2, h3")).map(said).pop() ?? "",
      says: all("text", plot).map(said).join(""),
    }})),
  }};
}}"""


def closed_up(text: str) -> str:
    """Text without spaces and ligatures: a line on paper may end anywhere."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Paper:
    """What came out of the printer, and what was sent there."""

    pages: list[str]
    facts: dict[str, Any]

    def says(self, text: str) -> bool:
        """Whether the text can be read on it."""
        return closed_up(text) in "".join(self.pages)

    def wrong(self) -> Iterator[str]:
        """What no page may have on paper, in sentences."""
        yield from (f"a way on is printed: {part}" for part in self.facts["waysOn"])
        yield from (
            f"the address {address} is not there" for address in self.facts["addresses"] if not self.says(address)
        )
        for plot in self.facts["plots"]:
            if not self.on_one_page(plot["under"], plot["says"]):
                yield f"the plot under “{plot['under']}” is cut, or apart from its heading"
        for table in self.facts["tables"]:
            for row in table["rows"]:
                if not self.on_one_page(table["head"], row):
                    yield f"the row “{closed_up(row)}” is cut, not there, or on a page without its table's head"

    def on_one_page(self, *texts: str) -> bool:
        """Whether all the texts stand on the same page, each in one piece."""
        return any(all(closed_up(text) in page for text in texts) for page in self.pages)


def printed(page: Page, address: str, *, after_pressing: str = "") -> Paper:
    """The page at an address as it is printed, or the page that a button of it leads to."""
    page.emulate_media(media="screen")
    page.goto(address)
    if after_pressing:
        with page.expect_navigation():
            page.get_by_role("button", name=after_pressing, exact=True).click()
    page.emulate_media(media="print")
    return Paper([closed_up(words) for words in words_by_page(page.pdf())], page.evaluate(FACTS))
