"""What is compared with what, and the goals; imported once Django is set up on the throw-away database."""

from urllib.parse import quote

from apps.journal.models import FollowUp, Reflection
from apps.values.models import Placing
from bench.browser import Browser, Writer
from bench.inside import scan_in_memory
from bench.measure import Measured, Ratio, in_turn
from bench.rows import NEEDLE, Author, fill_for_insights

PAGE_ROUNDS, SEARCH_ROUNDS = 120, 25
PAGE_SECONDS, SEARCH_SECONDS = 45, 20  # at most, whatever the rounds


def pages(browser: Browser, author: Author) -> list[Ratio]:
    """Pages and saves over the bare page."""
    writer = Writer(browser, author.draft)
    writer.open()
    oldest = oldest_page(author)
    bare = Measured("bare page", lambda: browser.get("/bare/"))
    timeline = Measured("timeline", lambda: browser.get("/journal/"))
    depth = Measured("timeline, oldest page", lambda: browser.get(oldest))
    challenge = Measured("challenge page", lambda: browser.get(f"/journal/{author.draft}/challenge/"))
    coping = Measured("coping page with suggestions", lambda: browser.get(f"/journal/{author.draft}/coping/"))
    autosave = Measured("autosave", writer.autosave)
    in_turn(
        [bare, timeline, depth, challenge, coping, autosave], browser.server, rounds=PAGE_ROUNDS, seconds=PAGE_SECONDS
    )
    return [
        Ratio(timeline, bare, 6.5),
        Ratio(depth, bare, 6.5),
        Ratio(depth, timeline, 1.1),
        Ratio(challenge, bare, 7),
        Ratio(coping, bare, 7),
        Ratio(autosave, bare, 8),
    ]


def other_pages(browser: Browser, author: Author) -> list[Ratio]:
    """Pages that read what somebody planned, answered and placed, over the bare page."""
    bare = Measured("bare page", lambda: browser.get("/bare/"))
    touched = f"/journal/?value={Placing.objects.owned_by(author.user)[0].card_id}"
    addresses = {
        "Home": "/",
        "plans, 2,500 with 2,000 answers": "/coping/plans/",
        "strategy with own record": "/coping/reset-minute/",
        "compass, 500 placings": "/values/",
        "timeline of one value": touched,
    }
    found = [Measured(name, lambda where=where: browser.get(where)) for name, where in addresses.items()]
    records = Measured("own records alone", FollowUp.objects.owned_by(author.user).records)
    in_turn([bare, *found, records], browser.server, rounds=PAGE_ROUNDS, seconds=PAGE_SECONDS)
    return [Ratio(thing, bare) for thing in [*found, records]]


def insights(browser: Browser) -> list[Ratio]:
    """The insights of somebody with 10,000 reflections over the bare page, and over those of somebody with 250."""
    bare = Measured("bare page", lambda: browser.get("/bare/"))
    few, many = (Browser(browser.server, {"sessionid": fill_for_insights(number)}) for number in (250, 10_000))
    frame = Measured("page without rows", lambda: browser.get("/about/"))
    page, usual = "/insights/", Measured("insights, 250", lambda: few.get("/insights/"))
    found = [Measured("insights, 10,000", lambda: many.get(page))]
    found += [
        Measured(f"insights of {chosen}, 10,000", lambda to=chosen: many.get(f"{page}?range={to}"))
        for chosen in ("year", "all")
    ]
    in_turn([bare, frame, usual, *found], browser.server, rounds=PAGE_ROUNDS, seconds=PAGE_SECONDS)
    return [
        Ratio(frame, bare),
        Ratio(usual, bare, 7.5),
        Ratio(found[0], bare, 7.5),
        Ratio(found[0], usual, 1.3),
        *(Ratio(one, bare) for one in found[1:]),
    ]


def oldest_page(author: Author) -> str:
    """The address of a full timeline page far back."""
    last = Reflection.objects.owned_by(author.user).order_by("created_at", "id")[30]
    return f"/journal/?before={quote(f'{last.created_at.isoformat()}_{last.pk}')}"


def search(browser: Browser, author: Author) -> list[Ratio]:
    """The search through everything over opening it in memory, and over the bare page."""
    bare = Measured("bare page", lambda: browser.get("/bare/"))
    found = Measured("search", lambda: browser.post("/journal/", {"q": NEEDLE}))
    scan = Measured("scan in memory", scan_in_memory(author.user))
    in_turn([bare, found, scan], browser.server, rounds=SEARCH_ROUNDS, seconds=SEARCH_SECONDS)
    return [Ratio(found, scan, 2.2), Ratio(found, bare, 41)]
