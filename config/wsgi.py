"""The web server's entry."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django's, with every body read as UTF-8: a forged charset such as rot13 would end in an error page."""
    kind, found, charset = environ.get("CONTENT_TYPE", "").lower().partition("charset=")
    if found and charset.strip(' "').split(";")[0].strip() not in ("utf-8", "utf8"):
        environ["CONTENT_TYPE"] = environ["CONTENT_TYPE"][: len(kind)].rstrip("; ")
    return django(environ, start_response)
