"""Every form on every page: whatever it holds, if it is sent signed out it comes back under labels that people saw."""

import html
import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.rescue import CARRIED
from apps.supervision import drafting
from apps.supervision.actions_summaries import start_summary
from apps.supervision.counting import COUNTS
from apps.supervision.models import SupervisionLink
from apps.supervision.snapshot import Part, Snapshot
from config.access import OURS
from tests.access_answers import ARGUMENTS
from tests.access_cast import make_cast
from tests.accounts.pages import text_of

TYPED = {"text", "textarea", "email", "search"}  # where words can be typed
SENT = "two words"
OURS_ALONE = {"Sec-Fetch-Site": "same-origin"}
KEPT = re.compile(r'<label [^>]* for="kept-\d+">([^<]*)</label>')


class Fields(HTMLParser):
    """The controls of the forms of a page, each as its name, its kind and its label."""

    def __init__(self, page: str):
        super().__init__()
        self.labels: dict[str, str] = {}
        self.found: list[tuple[str, str, str]] = []
        self.label_for = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "label":
            self.label_for = said.get("for", "")
        if tag in ("input", "textarea", "select", "button") and said.get("name"):
            kind = said.get("type", "text") if tag == "input" else tag
            self.found.append((said["name"], kind, said.get("id", "")))

    def handle_endtag(self, tag):
        if tag == "label":
            self.label_for = ""

    def handle_data(self, data):
        if self.label_for:
            self.labels[self.label_for] = self.labels.get(self.label_for, "") + data


def controls(page):
    """Each control of a page: its name, whether words are typed into it, and its label."""
    fields = Fields(page)
    return {name: (kind in TYPED, " ".join(fields.labels.get(pk, "").split())) for name, kind, pk in fields.found}


def said_to_be(sent_to, name):
    """Under which label the words of a field come back, if they are shown."""
    page = Client().post(sent_to, {name: SENT}, headers=OURS_ALONE).content.decode()
    return [html.unescape(label) for label in KEPT.findall(page)]


def is_what_was_seen(label, *, name, shown, page):
    """Whether the label is that of the field; where that holds what the name cannot tell, what stands above it."""
    return label == shown or ("-" in name and (shown.startswith(f"{label}: ") or label in page))


@pytest.fixture
def cast(db):
    """The people of the access table with all they have, and a draft of every part that there is."""
    cast = make_cast()
    amina = cast.people["amina"]
    link = SupervisionLink.objects.owned_by(amina).live().filter(supervisor=cast.people["sam"]).get()
    keys = (drafting.ASK.key, *drafting.PARTS, *COUNTS, "item-1", "reflection-1")
    parts = tuple(Part(key, drafting.label_of(key), "Ring me on 07700 900123") for key in keys)
    draft = start_summary(by=amina, link=link, snapshot=Snapshot(parts), sources=(), today=timezone.localdate())
    cast.have("draft summary", draft.pk, "amina")
    return cast


def pages_of(cast, name):
    """The addresses by this name that the people of the cast can open, with who."""
    line = OURS[name]
    if line.of and name not in ARGUMENTS:
        for thing in cast.things.get(line.of, ()):
            person = next((one for one in cast.people if one != "olu" and thing.is_there_for(one, line)), None)
            if person:
                yield person, reverse(name, args=[thing.key])
    else:
        yield "amina", reverse(name, kwargs=ARGUMENTS.get(name, {}))


def pages(cast):
    """Each page of ours that somebody of the cast can open: its name, its address, and the page."""
    for name, line in OURS.items():
        if line.is_open or "GET" not in line.methods:
            continue
        for person, address in pages_of(cast, name):
            browser = Client()
            browser.force_login(cast.people[person])
            page = browser.get(address)
            if page.status_code == 200 and page.headers["Content-Type"].startswith("text/html"):
                yield name, address, page


def test_words_in_any_form_come_back_under_the_label_that_was_seen(cast):
    tried, wrong = set(), []
    for name, address, page in pages(cast):
        for field, (is_typed, shown) in controls(page.content.decode()).items():
            if (name, field) in tried or field == "csrfmiddlewaretoken":
                continue
            tried.add((name, field))
            labels = said_to_be(address, field)
            right = len(labels) == 1 and is_what_was_seen(labels[0], name=field, shown=shown, page=text_of(page))
            if is_typed and not right:
                wrong.append(f"{name}: {field} is seen as {shown!r} and comes back as {labels}")
            if not is_typed and field in CARRIED and labels:
                wrong.append(f"{name}: {field} is no words, and comes back as {labels}")
    assert not wrong, "\n".join(sorted(wrong))
    fields = {field for _, field in tried}
    assert {"text-ask", "text-item-1", "answer", "activity", "what_to_do", "decided", "when-1"} <= fields
