"""What a person sees when a form cannot be accepted although its words are fine: their words, and what to do.

Only a form of our own pages is shown again. Another site's form, drawn with a fresh token and our button under it,
would be that site's words saved as the person's own.
"""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from apps.core.access import line_of

NEVER_SHOWN = re.compile(r"pass|pwd|secret|token", re.IGNORECASE)  # names of fields that are not given back
WORDS = re.compile(r"\s")  # keys, ids and numbers have no space in them
CARRIED = ("decided", "looked")  # what was found in words, and ticked: no words of its own
ALL_ELSE = "What you wrote"
KEY = re.compile(r"on|[0-9]*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # a tick, a number, an id


@dataclass(frozen=True)
class Kept:
    """One posted value: shown in a text area if it is words, carried along unseen if it is not."""

    name: str
    value: str

    @property
    def is_words(self) -> bool:
        """Whether somebody wrote it, as far as its looks tell."""
        return self.name not in CARRIED and bool(WORDS.search(self.value.strip()))

    @property
    def may_be_words(self) -> bool:
        """Whether somebody may have written it: one word, or many in a script without spaces."""
        return self.name not in CARRIED and not KEY.fullmatch(self.value.strip())

    @property
    def label(self) -> str:
        """What the field was called on its page, as far as its name tells."""
        for pattern, label in settings.FIELD_LABELS.items():
            if fnmatchcase(self.name, pattern):
                return label.format(self.name.rpartition("-")[2])
        return ALL_ELSE

    @property
    def rows(self) -> int:
        """Lines that its text area shows."""
        return min(12, 2 + self.value.count("\n") + len(self.value) // 70)


def kept_fields(request: HttpRequest) -> list[Kept]:
    """What was posted, in its order and with every value; passwords and tokens are left out."""
    return [
        Kept(name, value) for name, values in request.POST.lists() for value in values if not NEVER_SHOWN.search(name)
    ]


def words_sent(request: HttpRequest) -> list[Kept]:
    """What one of our own pages for signed-in people sent and may be words."""
    ours = request.method == "POST" and is_closed_page(request) and is_same_origin(request)
    return [kept for kept in kept_fields(request) if kept.may_be_words] if ours else []


def is_autosave(request: HttpRequest) -> bool:
    """Whether a script asked, which wants an answer it can read and has the words in its page still."""
    return request.headers.get("X-Requested-With") == "autosave" or request.headers.get("Accept") == "application/json"


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this. No page can make it say so falsely."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site != "none":
        return site == "same-origin"
    ours = f"{request.scheme}://{request.get_host()}"
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return sender == ours or sender.startswith(f"{ours}/")


def is_closed_page(request: HttpRequest) -> bool:
    """Whether the page asked for is one for signed-in people."""
    line = line_of(request)
    return line is not None and not line.is_open


def signed_out(request: HttpRequest) -> HttpResponse:
    """The answer to a signed-out person's form on a closed page."""
    if is_autosave(request):
        return JsonResponse({"error": "signed_out"}, status=401)
    if request.method == "POST" and is_same_origin(request):
        return rescue_page(request, status=401)
    return render(request, "403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token is stale: after signing in again in another tab, every open page has one."""
    if is_autosave(request):
        return JsonResponse({"error": "csrf"}, status=403)
    if not is_same_origin(request):
        return render(request, "403.html", status=403)
    if is_closed_page(request):
        return rescue_page(request, status=403)
    return render(request, "account/try_again.html", status=403)


def rescue_page(request: HttpRequest, *, status: int) -> HttpResponse:
    """The words again, in a form with a fresh token that goes to the same address."""
    context = {"fields": kept_fields(request), "csrf_cookie": settings.CSRF_COOKIE_NAME}
    return render(request, "account/rescue.html", context, status=status)
