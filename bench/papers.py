"""PDFs of three sizes: how Keel draws them, against one naive document and against Chromium printing the same pages."""

import io
import logging
import os
import re
import resource
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median
from threading import Event
from time import perf_counter
from typing import Any

import pikepdf
from django.conf import settings
from django.test import Client
from django.utils import timezone
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from apps.accounts.models import User
from apps.journal.models import Reflection
from apps.reports.content import GATES, gather
from apps.reports.content.portfolio import CHOICES
from apps.reports.figures import SECTIONS
from apps.reports.pdf import Content, draw, markup
from apps.reports.renderer import STYLESHEET
from bench.rows import fill_for_portfolio

SIZES = {"S": (20, 0.13), "M": (6, 0.30), "L": (2, 0.32)}  # rounds, and the goal for Keel's seconds over naive ones
LONG, SHORT = 150, 10  # reflections in a portfolio
FLAT_GOAL, MEMORY_GOAL = 1.05, 160  # seconds a page of long over short; MB
NUMBERS = """
@page { @bottom-right { content: "Page " counter(page) " of " counter(pages) } }
article + article { break-before: page }
.contents { break-after: page }
.contents a::after { content: ", page " target-counter(attr(href), page) }
"""
LOOKED_AGAIN_SECONDS = 0.02
TICKS = os.sysconf("SC_CLK_TCK")
HEADINGS = ("size", "way", "pages", "s", "pages/s", "CPU s", "peak MB", "s / naive", "CPU / naive", "goal")


@dataclass
class Way:
    """One way to draw a paper: what it did each time."""

    name: str
    act: Callable[[], int]
    processes: Callable[[], list[int]]
    pages: int = 0
    memory: float = 0
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def once(self) -> None:
        """Draw it, and keep what it took."""
        used, began = processor_of(self.processes()), perf_counter()
        self.pages = self.act()
        self.seconds.append(perf_counter() - began)
        self.processor.append(processor_of(self.processes()) - used)

    def weigh(self) -> None:
        """Draw it once more, apart from the clock, and look how much memory it holds at most."""
        done = Event()
        with ThreadPoolExecutor(1) as beside:
            most = beside.submit(most_memory, self.processes, done)
            self.act()
            done.set()
            self.memory = most.result()

    def row(self, size: str, naive: "Way", goal: str) -> tuple[str, ...]:
        """Its line in the table."""
        seconds, processor = median(self.seconds), median(self.processor)
        return (
            size,
            self.name,
            str(self.pages),
            f"{seconds:.2f}",
            f"{self.pages / seconds:.0f}",
            f"{processor:.2f}",
            f"{self.memory:.0f}",
            f"{seconds / median(naive.seconds):.3f}",
            f"{processor / median(naive.processor):.3f}",
            goal,
        )


def processor_of(pids: list[int]) -> float:
    """The seconds that these, this process and the children it has seen end computed so far."""
    own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    ticks = 0
    for pid in pids:
        if pid != os.getpid():
            with suppress(OSError):
                ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return sum(one.ru_utime + one.ru_stime for one in own) + ticks / TICKS


def most_memory(processes: Callable[[], list[int]], done: Event) -> float:
    """The most memory in MB that these held at once until done; what several of them share counts once."""
    most = 0.0
    while not done.wait(LOOKED_AGAIN_SECONDS):
        most = max(most, sum(map(memory_of, processes())))
    return most


def memory_of(pid: int) -> float:
    """The memory of a process in MB, with its part of what it shares with others; none if it is gone by now."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0


def descendants(name: str) -> list[int]:
    """The processes below this one whose command holds this."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
    below, found = {os.getpid()}, []
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    for pid in below - {os.getpid()}:
        with suppress(OSError):
            if name in Path(f"/proc/{pid}/cmdline").read_text():
                found.append(pid)
    return found


# --- The ways ---


def keels(content: Content) -> Way:
    """As a worker draws it, its renderer warm."""
    return Way("Keel", lambda: draw(content).pages, lambda: descendants("apps.reports."))


def naive(html: str) -> Way:
    """What comes first to mind: the pages of the web in one document with NHS.UK's stylesheet, all read anew."""
    css = (settings.VAR_DIR / "assets" / "nhsuk" / "nhsuk-frontend.min.css").read_text(encoding="utf-8")
    page = with_style(html, css + NUMBERS)

    def act() -> int:
        document = HTML(string=page).render(font_config=FontConfiguration())
        document.write_pdf(pdf_variant="pdf/ua-1")
        return len(document.pages)

    return Way("naive", act, lambda: [os.getpid()])


def chromiums(browser: Any, html: str) -> Way:
    """Chromium printing the same markup with the same stylesheet, tagged and with bookmarks, in a page kept open."""
    page, styled = browser.new_page(), with_style(html, STYLESHEET.read_text(encoding="utf-8"))

    def act() -> int:
        page.set_content(styled)
        printed = page.pdf(tagged=True, outline=True, prefer_css_page_size=True)
        with pikepdf.open(io.BytesIO(printed)) as file:
            return len(file.pages)

    return Way("Chromium", act, lambda: descendants("chrom"))


def with_style(html: str, css: str) -> str:
    """A page with this stylesheet in it."""
    return html.replace("</head>", f"<style>{css}</style></head>")


# --- The papers ---


def web_pages(person: User, *addresses: str, contents: bool = False) -> str:
    """The pages of these addresses as one, each on paper of its own, with contents before them if need be."""
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(person)
    pages = [browser.get(address).content.decode() for address in addresses]
    mains = [re.search(r"<main\b.*?</main>", page, flags=re.DOTALL) for page in pages]
    articles = [f'<article id="p{number}">{main[0]}</article>' for number, main in enumerate(mains) if main]
    listed = [f'<li><a href="#p{number}">Reflection {number}</a></li>' for number, _ in enumerate(mains)]
    body = (f"<ul class='contents'>{''.join(listed)}</ul>" if contents else "") + "".join(articles)
    page = re.sub(r"<main\b.*?</main>", lambda _: body, pages[0], count=1, flags=re.DOTALL)
    return re.sub(r"<(script|link)\b[^>]*>(</script>)?", "", page)


def addresses_of(reflections: Iterable[Reflection]) -> list[str]:
    """Where these are read."""
    return [f"/journal/{one.pk}/" for one in reflections]


def small(person: User, one: Reflection) -> tuple[Content, str]:
    """One reflection of two pages."""
    return gather(person, one.pk), web_pages(person, *addresses_of([one]))


def middling(person: User, some: list[Reflection]) -> tuple[Content, str]:
    """Twelve weeks in counts, with plots, and these reflections as a whole."""
    today = timezone.localdate()
    asked = {
        "first": str(today - timedelta(weeks=12)),
        "last": str(today),
        "sections": [*SECTIONS],
        "reflections": [str(one.pk) for one in some],
        "large": False,
    }
    return GATES["period"].gather(person, asked), web_pages(person, "/insights/", *addresses_of(some))


def portfolio(person: User) -> tuple[Content, str]:
    """Everything of a person's, with counts."""
    asked = {"first": "", "last": "", "sections": [*CHOICES], "large": False}
    every = Reflection.objects.owned_by(person).completed().newest_first()
    pages = web_pages(person, "/insights/?range=all", *addresses_of(every), contents=True)
    return GATES["portfolio"].gather(person, asked), pages


# --- What is printed ---


def lines() -> Iterator[str]:
    """The table, a row at a time, and what a page costs in a long portfolio over a short one."""
    person, of_two_pages = fill_for_portfolio(LONG)
    long, (short, _) = portfolio(person), portfolio(fill_for_portfolio(SHORT)[0])
    papers = {"S": small(person, of_two_pages[0]), "M": middling(person, of_two_pages[:3]), "L": long}
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # of what it misses in pages of the web
    yield " | ".join(HEADINGS)
    with chromium() as browser:  # from here on no row is read: what drives Chromium would be in the way
        for size, (content, web) in papers.items():
            ways = [keels(content), naive(web)] + ([chromiums(browser, markup(content))] if browser else [])
            rounds, goal = SIZES[size]
            in_turn(ways, rounds=rounds)
            yield from (" | ".join(way.row(size, ways[1], f"{goal:g}" if way is ways[0] else "-")) for way in ways)
    yield flatness(long[0], short)


def in_turn(ways: list[Way], *, rounds: int) -> None:
    """Each way once a round, and once more to weigh it; Keel's own, which is meant to be warm, once before."""
    ways[0].act()
    for _ in range(rounds):
        for way in ways:
            way.once()
    for way in ways:
        way.weigh()


def flatness(long: Content, short: Content) -> str:
    """What a page costs in a long portfolio over a page of a short one."""
    ways = [keels(long), keels(short)]
    in_turn(ways, rounds=3)
    by_clock, by_processor = (
        [median(taken) / way.pages for way, taken in zip(ways, figures, strict=True)]
        for figures in ([way.seconds for way in ways], [way.processor for way in ways])
    )
    return (
        f"A page of {LONG} reflections over a page of {SHORT}: {by_clock[0] / by_clock[1]:.2f} by the clock, "
        f"{by_processor[0] / by_processor[1]:.2f} of the processor (goal: {FLAT_GOAL}); "
        f"memory of the renderers at most {ways[0].memory:.0f} MB (goal: {MEMORY_GOAL})"
    )


@contextmanager
def chromium() -> Iterator[Any]:
    """A Chromium of this machine's, or None where there is none."""
    path = os.environ.get("KEEL_CHROMIUM") or shutil.which("chromium")
    if not path:
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
