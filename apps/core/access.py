"""What a line of the access table says. The lines are in `config/access.py`; the middleware keeps to them (0022)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, Flag, auto

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver


class Who(Enum):
    """Whom an address answers; to all others there is nothing there. The value is how a page calls them."""

    ANYBODY = "Anybody, signed in or not"
    SIGNED_IN = "Everybody who is signed in"
    OWNER = "The person whose it is"
    READER = "The supervisor it is shared with"
    EITHER_SIDE = "Either side of a link"
    INVITED = "The person an invitation was sent to"
    EDITOR = "Editors and administrators"
    ADMINISTRATOR = "Administrators"


class Shows(Flag):
    """What people wrote, or who they are, that an answer may hold. All else on a page is Keel's own."""

    NOTHING = 0
    REFLECTIONS = auto()
    PLANS = auto()
    VALUE_CARDS = auto()
    OWN_STRATEGIES = auto()
    REPORTS = auto()
    CPD = auto()
    SUMMARIES = auto()
    ANSWERS = auto()
    SUGGESTED = auto()  # strategies that somebody asked the editors to read
    UNPUBLISHED = auto()  # versions of strategies that editors have not published
    PEOPLE = auto()  # names and email addresses


READ, FORM, ACT = ("GET", "HEAD"), ("GET", "HEAD", "POST"), ("POST",)


@dataclass(frozen=True)
class Line:
    """One address: whom it answers, by which methods, what of anybody's it may show, and the object that it names.

    The address is closed to all others by the middleware or, where it depends on the object, by the view's door.
    """

    who: Who
    methods: tuple[str, ...]
    shows: Shows = Shows.NOTHING
    of: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it answers people who are not signed in."""
        return self.who is Who.ANYBODY

    @property
    def is_for_staff(self) -> bool:
        """Whether only editors and administrators have it."""
        return self.who in (Who.EDITOR, Who.ADMINISTRATOR)


def line_of(request: HttpRequest) -> Line | None:
    """The line of the address that was asked for; None where there is no such address, or no line."""
    match = request.resolver_match
    return settings.ACCESS.get(match.view_name) if match is not None else None


def addresses(
    under: URLResolver | None = None, names: str = "", route: str = "/"
) -> Iterator[tuple[str, str, URLPattern]]:
    """Every address there is: the name its line stands under, its route, and the pattern itself."""
    for pattern in (under or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{names}{pattern.namespace}:" if pattern.namespace else names, here)
        else:
            yield f"{names}{pattern.name or pattern.lookup_str}", here, pattern
