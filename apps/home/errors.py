"""The pages shown when something went wrong. They say what to do, and nothing about what broke.

They are drawn without asking the session or the database, which may be what broke.
"""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from apps.accounts import rescue
from apps.core.sealed import CannotOpen


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent could not be read, or was too much."""
    return error_page(413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This person may not do this."""
    return error_page(403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing here, or nothing for this person: the page is the same.

    Whoever sent words from one of our pages to what was deleted in another tab finds them in it, to copy.
    """
    return error_page(404, words=rescue.words_sent(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; where no key on the ring opens what somebody wrote, the page says that.

    What was sent is given back: it may not be saved, and going back would find an empty page.
    """
    read = hasattr(request, "_post")  # reading it now may be what breaks
    words = rescue.words_sent(request) if read else []
    return error_page(503 if isinstance(sys.exception(), CannotOpen) else 500, words=words)


def error_page(status: int, **facts: Any) -> HttpResponse:
    """The page for this status."""
    context = {"service_name": settings.SERVICE_NAME, **facts}
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)
