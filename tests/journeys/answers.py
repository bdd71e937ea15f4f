"""What comes between a page and its server: trouble, loss and delay, brought about on purpose."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import APIResponse, Page, Route

# With an icon of its own, or the browser may ask for /favicon.ico, sooner or later, and note that there is none.
A_PAGE_OF_A_GATEWAY = '<!doctype html><title>Trouble</title><link rel="icon" href="data:,">trouble'


class Answers:
    """The answers to what a page asks for at one address; as the server gives them until told otherwise."""

    def __init__(self) -> None:
        self.waiting: list[Route] = []
        self.late: list[tuple[Route, APIResponse]] = []
        self._act = Route.continue_

    def are(self, status: int) -> None:
        """Each is this status, and the server hears nothing."""
        self._act = lambda route: route.fulfill(status=status, content_type="text/html", body=A_PAGE_OF_A_GATEWAY)

    def are_lost(self) -> None:
        """The server does what it is asked, and its answer never arrives."""

        def lose(route: Route) -> None:
            route.fetch()
            route.abort()

        self._act = lose

    def wait(self) -> None:
        """Nothing reaches the server until the end."""
        self._act = self.waiting.append

    def come_late(self) -> None:
        """The server does what it is asked at once, and its answers wait until the end."""
        self._act = lambda route: self.late.append((route, route.fetch(max_redirects=0)))

    def come(self) -> None:
        """As the server gives them again, and first what waits."""
        self._act = Route.continue_
        for route in self.waiting:
            route.continue_()
        for route, response in self.late:
            route.fulfill(response=response)

    def handle(self, route: Route) -> None:
        """What the browser calls."""
        self._act(route)


@contextmanager
def between(page: Page, ending: str) -> Iterator[Answers]:
    """Stand between `page` and every address that ends so, until the end of the block; then let go what waits."""
    answers = Answers()
    pattern = f"**{ending}"
    page.route(pattern, answers.handle)
    yield answers
    answers.come()
    page.unroute(pattern, answers.handle)
