"""How the tests of supervision go about: addresses, and what a summary looks like on a page."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from apps.supervision.actions_summaries import share_summary
from apps.supervision.models import SharedSummary
from tests.accounts.pages import text_of
from tests.factories import make_reflection

LIST, NEW, SHARED = (reverse(f"supervision:{name}") for name in ("summary_list", "summary_new", "shared_list"))


def page_of(summary, act="detail"):
    """The address of an act of the author's on a summary."""
    return reverse(f"supervision:summary_{act}", args=[summary.pk])


def reading_of(summary, act="detail"):
    """The address at which its reader reads it, or answers."""
    return reverse(f"supervision:shared_{act}", args=[summary.pk])


def said_in(response) -> str:
    """The summary in a page, byte for byte; empty where there is none."""
    found = re.search(r'<div class="app-said">.*?</div>', response.content.decode(), re.DOTALL)
    return found[0] if found else ""


def reflection_of(author, *, days_ago=0, **said):
    """A completed reflection, begun so many days ago."""
    reflection = make_reflection(author, **said)
    reflection.created_at = timezone.now() - timedelta(days=days_ago)
    reflection.save()
    return reflection


def signed_in(client, person):
    """This browser, with somebody else signed in."""
    client.force_login(person)
    return client


def composed(client, reflection, link, **texts):
    """The draft that an author composes in a browser: kinds of challenge, plans and `texts` by part."""
    chosen = {"reflection": reflection.pk, "link": link.pk, "parts": ["challenges", "plans"]}
    edit = client.post(NEW, chosen).url
    fields = {"version": 1, "days": 30} | shown_in(client.get(edit))
    fields |= {f"text-{key}": text for key, text in texts.items()}
    return edit, fields


def shown_in(response) -> dict[str, str]:
    """The texts in the fields of a page, by field."""
    return {field.html_name: field.value() for field in response.context["form"].texts}


def shared_from(draft):
    """The summary that its author shares as it is drafted."""
    return share_summary(by=draft.author, pk=draft.pk, seen=draft.version, now=timezone.now())


__all__ = [
    "LIST",
    "NEW",
    "SHARED",
    "composed",
    "page_of",
    "reading_of",
    "reflection_of",
    "said_in",
    "shared_from",
    "shown_in",
    "signed_in",
    "text_of",
]


def answer_of(summary, **said):
    """What the reader's page sends: along with their answer, the number of the one that the page shows."""
    return {"version": SharedSummary.objects.values_list("answer_version", flat=True).get(pk=summary.pk)} | said


def share_now(client, edit, fields):
    """Save a draft with these fields and share it, as its author does on its two pages."""
    client.post(edit, fields)
    draft = SharedSummary.objects.get()
    return client.post(page_of(draft, "preview"), {"version": draft.version}, follow=True)
