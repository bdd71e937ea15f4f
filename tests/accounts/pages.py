"""How the tests of accounts read pages and mails."""

import re

from django.core import mail
from django.urls import reverse

from tests.factories import PASSWORD

NEW_PASSWORD = "seven-quiet-herons-rest"


def text_of(response) -> str:
    """The page as a person reads it: no tags, single spaces, signs as they look."""
    import html

    page = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def heading_of(response) -> str:
    """The words of the h1."""
    return " ".join(re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)[1].split())


def title_of(response) -> str:
    """The words of the title."""
    return re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)[1].strip()


def last_mail_to(address: str):
    """The newest mail to `address`."""
    return next(message for message in reversed(mail.outbox) if message.to == [address])


def link_in(message) -> str:
    """The first address in a mail."""
    return re.search(r"https?://\S+", message.body)[0]


def path_in(message) -> str:
    """The first address in a mail, without the host."""
    return re.sub(r"^https?://[^/]+", "", link_in(message))


def sign_up(client, address: str, password: str = PASSWORD, **others):
    """Send the sign-up form."""
    return client.post(reverse("account_signup"), {"email": address, "password1": password} | others)


def sign_in(client, address: str, password: str = PASSWORD, *, then: str = ""):
    """Send the sign-in form."""
    query = {"next": then} if then else {}
    return client.post(reverse("account_login", query=query), {"login": address, "password": password})


def is_signed_in(client) -> bool:
    """Whether this browser is signed in."""
    return "_auth_user_id" in client.session
