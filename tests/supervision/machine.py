"""People who share and read through the real pages in any order, and a twin that knows what should come of it."""

from collections import Counter

import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from apps.core.models import Act, AuditEvent
from apps.reports.models import Report
from apps.supervision.models import Receipt, SharedSummary
from tests.supervision.acts import AUTHORS, PEOPLE, READERS, Acts
from tests.supervision.twin import Twin

START = "2026-11-23 09:00:00+00:00"
MOST_PAPERS = 6  # summaries in one run
ACTS = 50  # acts in one run
WEIGHTS = {  # of each act among those that could happen; the first are the simplest, to which a failing run is reduced
    "time_passes": 1,
    "beat_sweeps": 1,
    "a_reflection_changes": 1,
    "a_reader_opens": 4,
    "somebody_opens": 3,
    "a_last_day_comes": 2,
    "a_last_day_ends": 2,
    "an_author_takes_back": 2,
    "an_author_shortens": 1,
    "an_author_forbids_print": 1,
    "a_reader_asks_for_a_pdf": 4,
    "somebody_downloads": 4,
    "somebody_ends_a_link": 1,
    "a_reader_answers": 2,
    "a_receipt_cannot_be_written": 2,
    "share": 4,
    "an_author_composes": 4,
    "confirm": 4,
    "somebody_accepts": 2,
    "somebody_declines": 2,
    "a_thief_accepts": 1,
    "somebody_invites": 1,
    "two_become_a_pair": 4,
    "an_administrator_deactivates": 1,
    "the_door_alone_deactivates": 1,
    "somebody_is_reactivated": 8,
    "somebody_closes_their_account": 4,
}
LIKELY = [act for act, weight in WEIGHTS.items() for _ in range(weight)]


class Sharing(Acts, RuleBasedStateMachine):
    """Two practitioners, two supervisors, an administrator, a clock, and a twin that knows what should be so."""

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.clock = time_machine.travel(START, tick=False)
        self.now = self.clock.start()
        self.twin, self.agreed, self.could_read = Twin(), None, set()
        self.acts = 0
        cache.clear()  # how often a password was given is counted there, and no run is counted against another
        self.browsers = {name: Client(raise_request_exception=False) for name in (*PEOPLE, "ada")}
        for name, browser in self.browsers.items():
            browser.force_login(self.world[name])

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        self.happened["whole run"] += self.acts == ACTS
        self.clock.stop()

    @initialize()
    def begin_with_something_shared(self):
        """So that most of what follows is about summaries."""
        self.two_become_a_pair(("amina", "sam"))
        self.an_author_composes(self.twin.ties[-1])
        self.share(self.twin.papers[-1])

    @rule(data=st.data())
    def something_happens(self, data):
        """One act of those that could happen now, drawn by its name: so a failing run can lose those before it."""
        possible = self.possible()
        act = data.draw(st.sampled_from(LIKELY).filter(lambda name: possible[name]))
        getattr(self, act)(data.draw(st.sampled_from(possible[act])))
        self.acts += 1

    def possible(self):
        """To whom or what each act could happen now."""
        twin, readable = self.twin, self.readable_papers()
        kept = {str(pk) for pk in Report.objects.values_list("copy__summary", flat=True)}
        accepted, confirmed = twin.in_state(twin.ties, "accepted"), twin.in_state(twin.ties, "confirmed")
        pairs = [(author, reader) for author in AUTHORS for reader in READERS if author not in twin.away]
        here = [pair for pair in pairs if pair[1] not in twin.away]
        open_invitations = twin.to_answer(timezone.now())
        return {
            "time_passes": (1, 14, 24, 24 * 15),
            "beat_sweeps": (None,),
            "a_reflection_changes": AUTHORS,
            "a_reader_opens": readable,
            "somebody_opens": [(paper, person) for paper in twin.papers for person in PEOPLE],
            "share": self.drafts(),
            "an_author_composes": confirmed if len(twin.papers) < MOST_PAPERS else [],
            "a_reader_answers": readable,
            "a_receipt_cannot_be_written": readable,
            "an_author_shortens": readable,
            "an_author_forbids_print": [paper for paper in readable if paper.keeps],
            "a_reader_asks_for_a_pdf": readable,
            "somebody_downloads": [
                (paper, person) for paper in twin.papers if str(paper.pk) in kept for person in PEOPLE
            ],
            "an_author_takes_back": twin.in_state(twin.papers, "shared"),
            "a_last_day_comes": readable,
            "a_last_day_ends": readable,
            "an_administrator_deactivates": PEOPLE if readable and not twin.away else (),
            "the_door_alone_deactivates": PEOPLE if readable and not twin.away else (),
            "somebody_is_reactivated": tuple(sorted(twin.away - twin.gone)),
            "somebody_closes_their_account": PEOPLE if self.acts > ACTS // 2 and readable and not twin.away else (),
            "somebody_ends_a_link": confirmed,
            "two_become_a_pair": here if not (twin.away - twin.gone or confirmed or accepted) else [],
            "somebody_invites": pairs,
            "somebody_accepts": open_invitations,
            "somebody_declines": open_invitations,
            "a_thief_accepts": open_invitations,
            "confirm": accepted,
        }

    def drafts(self):
        """What could be shared and, once in a while, what no longer may be."""
        drafts, today = self.twin.in_state(self.twin.papers, "draft"), timezone.localdate()
        allowed = [paper for paper in drafts if self.twin.can_share(paper, today)]
        return allowed or (drafts if self.acts % 5 == 0 else [])

    # --- what always holds ---

    @invariant()
    def readers_can_read_what_the_twin_says_and_nothing_else(self):
        now, today = timezone.now(), timezone.localdate()
        can = {
            (name, pk)
            for name in PEOPLE
            for pk in SharedSummary.objects.readable_by(self.world[name], now=now).values_list("pk", flat=True)
        }
        assert can == self.twin.readable(PEOPLE, today)  # P1
        assert {pk for _, pk in can - self.could_read} <= {self.agreed}  # P7
        self.could_read, self.agreed = can, None

    @invariant()
    def what_is_over_holds_no_word_and_each_opening_has_its_receipt(self):
        rows = SharedSummary.objects.in_bulk([paper.pk for paper in self.twin.papers])
        kept = list(Receipt.objects.order_by("opened_at").values_list("summary", "opened_at"))
        opened = AuditEvent.objects.filter(act__in=[Act.SUMMARY_OPENED, Act.SUMMARY_DOWNLOADED])
        told = Counter(opened.values_list("about", flat=True))
        pdfs = set(Report.objects.values_list("copy__summary", flat=True))
        assert len(kept) == sum(told[paper.pk] for paper in self.twin.papers)
        for paper in self.twin.papers:
            row = rows[paper.pk]
            assert [moment for about, moment in kept if about == paper.pk] == paper.receipts  # P4
            assert told[paper.pk] == len(paper.receipts)  # P5
            assert row.pk not in pdfs or (paper.keeps and paper.state == "shared")  # P3
            assert (row.words == row.answer == "") if paper.state == "ended" else "kingfisher" in row.words  # P3
