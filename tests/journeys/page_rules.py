"""What every page holds, looked at in the browser itself: no journey passes over a page that breaks one of these."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache

from django.conf import settings
from playwright.sync_api import Page

AXE = settings.VAR_DIR / "assets-dev" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FACTS = """() => ({
  headings: [...document.querySelectorAll("h1")].map((heading) => heading.textContent.trim()),
  origin: location.origin,
  title: document.title,
  language: document.documentElement.lang,
  needs: document.documentElement.scrollWidth,
  has: document.documentElement.clientWidth,
  cut: [...document.querySelectorAll("body *")]
    .filter((part) => /hidden|clip/.test(getComputedStyle(part).overflowX) && part.scrollWidth > part.clientWidth + 1)
    .filter((part) => part.clientWidth > 1) // else meant for screen readers alone
    .map((part) => part.textContent.trim().slice(0, 60))
    .filter(Boolean),
  stored: localStorage.length + sessionStorage.length,
})"""
STORED = "async () => (await indexedDB.databases()).length + (await caches.keys()).length"
# Without its preload of style sheets and of sound and film: no rule of these tags needs the first, and Keel has none of
# the others; it was a third of axe's time.
RUN_AXE = f"axe.run({{ runOnly: {TAGS}, resultTypes: ['violations'], preload: false }})"
CHANGES_EACH_TIME = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|value="\w{32,64}"|localhost:\d+')

found_sound: set[str] = set()  # widths and contents of pages in which axe found nothing; looking again takes a second


def wrong_on(page: Page, *, has_scripts: bool = True) -> list[str]:
    """What is wrong on the page shown, in sentences.

    The staff pages are Django's own markup: of those, only what our policy and our promises ask is held.
    """
    facts = page.evaluate(FACTS)
    if page.url.startswith(f"{facts['origin']}/admin/"):
        fits, stored = facts["needs"] <= facts["has"], facts["stored"]
        return [] if fits and not stored else [f"it needs {facts['needs']} pixels, and stores {stored} things"]
    stored = facts["stored"] + (page.evaluate(STORED) if has_scripts else 0)
    rules = {
        f"it has the h1 headings {facts['headings']}": len(facts["headings"]) == 1 and facts["headings"][0],
        "it has no title": facts["title"].strip(),
        f"its language is {facts['language']!r}": facts["language"] == "en-GB",
        f"it needs {facts['needs']} pixels and has {facts['has']}": facts["needs"] <= facts["has"],
        f"it cuts off {facts['cut']}": not facts["cut"],
        "it keeps something in the browser's own storage": stored == 0,
    }
    return [sentence for sentence, holds in rules.items() if not holds] + axe_on(page, has_scripts=has_scripts)


def axe_on(page: Page, *, has_scripts: bool) -> list[str]:
    """What axe finds wrong on the page shown."""
    shown = f"{page.viewport_size} {CHANGES_EACH_TIME.sub('', page.content())}"
    key = hashlib.sha256(shown.encode()).hexdigest()
    if key in found_sound:
        return []
    with nullcontext(page) if has_scripts else scripted(page) as shown_page:
        shown_page.evaluate(axe_source())  # past the page's own policy, which stays as it is
        violations = shown_page.evaluate(RUN_AXE)["violations"]
    if not violations:
        found_sound.add(key)
    return [
        f"axe {violation['id']}: {violation['help']}: {node['html']}"
        for violation in violations
        for node in violation["nodes"]
    ]


@contextmanager
def scripted(page: Page) -> Iterator[Page]:
    """The same page where a script such as axe can run; its own scripts stay out."""
    html = re.sub(r"<script.*?</script>", "", page.content(), flags=re.DOTALL)
    context = page.context.browser.new_context(viewport=page.viewport_size)
    twin = context.new_page()
    twin.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html"))
    twin.goto(page.url)
    yield twin
    context.close()


@cache
def axe_source() -> str:
    """The script of axe-core. Fails where set-up did not bring it."""
    assert AXE.exists(), f"axe-core is missing: {AXE}. Run ./dev test once, which brings it."
    return f"{AXE.read_text(encoding='utf-8')};0"
