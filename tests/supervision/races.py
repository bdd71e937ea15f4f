"""Two people with a link and a summary, their acts on both, and ways to let two of these acts meet."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Queue

from django.db import connection, transaction
from django.utils import timezone

from apps.core.models import AuditEvent
from apps.supervision import actions
from apps.supervision import actions_summaries as sharing
from apps.supervision.models import Receipt, SharedSummary, SupervisionLink
from tests import factories
from tests.journal.test_at_once import at_once

LONGEST_WAIT = 30  # seconds until an act that begins is seen to wait


class Stage:
    """Somebody, their supervisor, their link and, from `draft` on, a summary. `so_far`: how far the link has come."""

    met = 0

    def __init__(self, so_far):
        Stage.met += 1
        self.now = timezone.now()
        self.amina = factories.make_person(f"amina{Stage.met}@example.nhs.uk", name="Amina")
        self.sam = factories.make_person(f"sam{Stage.met}@example.nhs.uk", name="Sam")
        self.summary = self.token = None
        if so_far == "invited":
            self.token = factories.invite(self.amina, self.sam.email)
            self.link = SupervisionLink.objects.get(practitioner=self.amina)
            return
        self.link = factories.make_link(self.amina, self.sam, confirmed=so_far != "accepted")
        if so_far in ("draft", "shared"):
            factories.make_reflection(self.amina)
            said = {"ask": "kingfisher", "may_print": True}
            self.summary = factories.make_summary(self.link, shared=so_far == "shared", **said)

    def rows(self):
        """What its acts wait for while somebody else holds it."""
        yield SupervisionLink.objects.filter(pk=self.link.pk)
        if self.summary:
            yield SharedSummary.objects.filter(pk=self.summary.pk)

    def doing(self, *names):
        """The acts, ready to be called."""
        return [lambda act=ACTS[name]: act(self) for name in names]

    def left(self, names, results):
        """What stands there after these acts, whichever came first, with what each of them was told."""
        link = SupervisionLink.objects.get(pk=self.link.pk)
        pks = [link.pk] + ([self.summary.pk] if self.summary else [])
        return {
            "told": sorted(zip(names, map(in_words, results), strict=True)),
            "link": [bool(moment) for moment in (link.accepted_at, link.confirmed_at, link.ended_at)],
            "summary": self.summary and summary_in_words(SharedSummary.objects.filter(pk=self.summary.pk).first()),
            "receipts": Receipt.objects.filter(summary__in=pks).count(),
            "events": list(AuditEvent.objects.filter(about__in=pks).order_by("number").values_list("act", flat=True)),
        }


ACTS = {
    "accept": lambda on: actions.accept_invitation(by=on.sam, token=on.token, is_line_manager=False, now=on.now),
    "decline": lambda on: actions.decline_invitation(by=on.sam, token=on.token, now=on.now),
    "withdraw": lambda on: actions.end_supervision(by=on.amina, link=on.link, now=on.now),
    "confirm": lambda on: actions.confirm_supervisor(by=on.amina, link=on.link, now=on.now),
    "end": lambda on: actions.end_supervision(by=on.sam, link=on.link, now=on.now),
    "leave": lambda on: actions.end_links_of(on.sam, by=None, now=on.now),
    "share": lambda on: sharing.share_summary(by=on.amina, pk=on.summary.pk, seen=on.summary.version, now=on.now),
    "open": lambda on: sharing.open_summary(by=on.sam, pk=on.summary.pk, now=on.now),
    "answer": lambda on: sharing.answer_summary(
        by=on.sam, pk=on.summary.pk, seen=0, text="wagtail", discussed=True, now=on.now
    ),
    "take back": lambda on: sharing.take_back(by=on.amina, pk=on.summary.pk, now=on.now),
    "shorten": lambda on: sharing.shorten_summary(by=on.amina, pk=on.summary.pk, days=0, now=on.now),
    "discard": lambda on: sharing.discard_draft(by=on.amina, pk=on.summary.pk),
    "invite anew": lambda on: actions.invite_supervisor(by=on.amina, email=on.sam.email, now=on.now) and None,
    "forbid print": lambda on: sharing.forbid_print(by=on.amina, pk=on.summary.pk),
}


def in_words(result):
    """What an act answered or refused; for an opening, whether it showed the words and a way to print."""
    if isinstance(result, Exception):
        return f"refused: {type(result).__name__}"
    if isinstance(result, tuple):
        return f"read: {'kingfisher' in result[1].as_text()}, to print: {result[0].may_print}"
    return f"done: {result}" if isinstance(result, int) else "done"


def summary_in_words(row):
    """What its reader or its author would find."""
    if row is None:
        return "gone"
    state = "draft" if row.is_draft else "shared"
    return state, row.ending, "kingfisher" in row.words, row.answer, row.may_print, row.expires_on


def in_turn(*acts):
    """The results or exceptions of acts, one after the other."""
    return [at_once(act)[0] for act in acts]


def queued(rows, acts):
    """The same of acts that all have begun before the first is done, and come to these `rows` in this order.

    On PostgreSQL this test holds the rows until each act is seen to wait for them. On SQLite, where there is one writer
    at a time and nobody can see who waits, the acts begin at the same moment.
    """
    if connection.vendor == "sqlite":
        return at_once(*acts)
    with ThreadPoolExecutor(len(acts)) as pool, transaction.atomic():
        for row in rows:
            row.select_for_update().get()
        begun = [begin(pool, act) for act in acts]
    return [act.result() for act in begun]


def begin(pool, act) -> Future:
    """An act that runs as far as to the rows that are held."""
    backends: Queue[int] = Queue()

    def on_a_connection_of_its_own():
        connection.ensure_connection()
        backends.put(connection.connection.info.backend_pid)
        return act()

    begun = pool.submit(lambda: at_once(on_a_connection_of_its_own)[0])
    backend, until = backends.get(timeout=LONGEST_WAIT), time.monotonic() + LONGEST_WAIT
    while not waits(backend):
        assert not begun.done(), f"it waited for nobody: {begun.result()}"
        assert time.monotonic() < until, "it never came to the rows"
        time.sleep(0.002)
    return begun


def waits(backend):
    """Whether somebody else holds what this connection asks for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s))", [backend])
        return cursor.fetchone()[0] > 0
