"""What people do with links and summaries through the real pages, and what the twin says should come of each act."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from apps.journal.models import Reflection
from apps.reports.models import Report
from apps.supervision.models import Receipt, SharedSummary, SupervisionLink
from apps.supervision.tasks import sweep_supervision
from tests.accounts.pages import path_in
from tests.factories import PASSWORD
from tests.supervision.pages import NEW, answer_of, page_of, reading_of, said_in
from tests.supervision.twin import RUNS_OUT, Paper, Tie, Twin

AUTHORS, READERS = ("amina", "ben"), ("sam", "edie")
PEOPLE = (*AUTHORS, *READERS)
PDF = b"%PDF-1.7 kingfisher"


class Acts:
    """Each act happens in a browser of the person it is by, and is counted."""

    world: dict
    happened: Counter
    twin: Twin

    # --- links ---

    def somebody_invites(self, pair):
        refused = self.twin.between(*pair)
        assert not (self.invite(*pair) and refused)

    def invite(self, practitioner, supervisor):
        email, sent = f"{supervisor}@example.nhs.uk", len(mail.outbox)
        self.browsers[practitioner].post(reverse("supervision:link_list"), {"email": email})
        if len(mail.outbox) == sent:
            return None
        token = path_in(mail.outbox[-1]).strip("/").rpartition("/")[2]
        link = SupervisionLink.objects.standing().get(practitioner=self.world[practitioner], email=email)
        for tie in self.twin.ties:  # an open invitation to the same address is replaced
            if (tie.practitioner, tie.invited, tie.state) == (practitioner, supervisor, "invited"):
                self.twin.end(tie)
        self.twin.ties.append(Tie(link.pk, practitioner, supervisor, token, timezone.now() + RUNS_OUT))
        self.happened["invite"] += 1
        return self.twin.ties[-1]

    def two_become_a_pair(self, pair):
        if tie := self.invite(*pair):
            self.somebody_accepts(tie)
            self.confirm(tie)

    def answer(self, tie, how, person):
        page = reverse("supervision:invitation_answer", args=[tie.token])
        self.happened[how] += 1
        return self.browsers[person].post(page, {how: "1"}).status_code

    def somebody_accepts(self, tie):
        assert self.answer(tie, "accept", tie.invited) == 302
        tie.state = "accepted"

    def somebody_declines(self, tie):
        assert self.answer(tie, "decline", tie.invited) == 302
        self.twin.end(tie)

    def a_thief_accepts(self, tie):
        thief = next(name for name in READERS if name != tie.invited)
        refused = (302, 403) if thief in self.twin.away else (404,)  # whoever is signed out is told to sign in
        assert self.answer(tie, "steal", thief) in refused

    def confirm(self, tie):
        self.browsers[tie.practitioner].post(reverse("supervision:link_confirm", args=[tie.pk]))
        tie.state = "confirmed"
        self.happened["confirm"] += 1

    def somebody_ends_a_link(self, tie):
        side = (tie.practitioner, tie.invited)[self.happened["end"] % 2]
        self.browsers[side].post(reverse("supervision:link_end", args=[tie.pk]))
        self.twin.end(tie)
        self.happened["end"] += 1

    # --- summaries ---

    def an_author_composes(self, tie):
        author, number = self.browsers[tie.practitioner], len(self.twin.papers)
        days = (30, 1, 365, 2)[number % 4]
        mine = Reflection.objects.owned_by(self.world[tie.practitioner]).completed().first()
        edit = author.post(NEW, {"reflection": mine.pk, "link": tie.pk, "parts": ["challenges", "what_happened"]}).url
        draft = SharedSummary.objects.get(pk=edit.split("/")[2])
        fields = {f"text-{part.key}": part.text for part in draft.snapshot.parts}
        fields |= {"text-ask": f"kingfisher {number} <b>“&”", "version": 1, "days": days, "link": tie.pk}
        fields |= {} if number % 3 == 1 else {"may_print": "on"}
        page = author.post(edit, fields, follow=True)
        draft.refresh_from_db()
        assert f"kingfisher {number} &lt;b&gt;“&amp;”" in said_in(page)
        last_day = timezone.localdate() + timedelta(days=days)
        self.twin.papers.append(Paper(draft.pk, tie, said_in(page), last_day, draft.version, draft.may_print))

    def share(self, paper):
        page = reverse("supervision:summary_preview", args=[paper.pk])
        answer = self.browsers[paper.tie.practitioner].post(page, {"version": paper.version})
        allowed = self.twin.can_share(paper, timezone.localdate())
        assert (answer.url == page_of(paper)) is allowed
        if allowed:
            paper.state, self.agreed = "shared", paper.pk
        self.happened["share" if allowed else "share refused"] += 1

    def a_reflection_changes(self, author):
        """Behind the pages' back: whatever happens to it, what was shared stays as it was previewed."""
        for reflection in Reflection.objects.owned_by(self.world[author]):
            reflection.version += 1
            reflection.what_happened = f"heron {reflection.version}"
            reflection.save()

    def everybody_opens(self, paper):
        for person in PEOPLE:
            self.somebody_opens((paper, person))

    def a_reader_opens(self, paper):
        self.somebody_opens((paper, paper.tie.invited))

    def somebody_opens(self, pair):
        """Or tries to."""
        paper, person = pair
        page = self.browsers[person].get(reading_of(paper))
        if self.twin.may_read(person, paper, timezone.localdate()):
            assert said_in(page) == paper.previewed  # P2
            paper.receipts.append(timezone.now())
            self.happened["open"] += 1
        else:
            assert page.status_code == (302 if person in self.twin.away else 404)  # P1
            assert "kingfisher" not in page.content.decode()
            self.happened["open refused"] += 1

    def readable_papers(self):
        today = timezone.localdate()
        return [paper for paper in self.twin.papers if self.twin.may_read(paper.tie.invited, paper, today)]

    def a_receipt_cannot_be_written(self, paper):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Receipt, "save", refuse)
            page = self.browsers[paper.tie.invited].get(reading_of(paper))
        assert page.status_code == 500  # P8
        assert "kingfisher" not in page.content.decode()
        self.happened["no receipt"] += 1

    def a_reader_answers(self, paper):
        self.browsers[paper.tie.invited].post(
            reading_of(paper, "answer"), answer_of(paper, answer="wagtail", discussed="on")
        )
        assert SharedSummary.objects.get(pk=paper.pk).answer == "wagtail"
        self.happened["answer"] += 1

    def a_reader_asks_for_a_pdf(self, paper):
        """Which a worker makes at once; that nothing is drawn here is all that differs from life."""
        answer = self.browsers[paper.tie.invited].post(reverse("reports:copy_make", args=[paper.pk]))
        assert answer.status_code == (302 if paper.keeps else 404)
        if paper.keeps:
            report = newest_pdf(paper)
            if claimed := Report.objects.claim(report.pk, now=timezone.now()):
                claimed.complete(PDF, pages=1, version=1)
            self.somebody_downloads((paper, paper.tie.invited))
        self.happened["pdf" if paper.keeps else "pdf refused"] += 1

    def somebody_downloads(self, pair):
        """Or tries to."""
        paper, person = pair
        report, now = newest_pdf(paper), timezone.now()
        page = self.browsers[person].get(reverse("reports:report_download", args=[report.pk]))
        if paper.keeps and report.expires_at > now and self.twin.may_read(person, paper, timezone.localdate()):
            assert page.content == PDF
            paper.receipts.append(now)
            self.happened["download"] += 1
        else:
            assert page.status_code == (302 if person in self.twin.away else 404)  # P1
            self.happened["download refused"] += 1

    def an_author_forbids_print(self, paper):
        self.browsers[paper.tie.practitioner].post(page_of(paper, "forbid_print"))
        paper.keeps = False
        self.happened["forbid"] += 1

    def an_author_shortens(self, paper):
        """To the end of today, and never to a later day than it was."""
        self.browsers[paper.tie.practitioner].post(page_of(paper, "shorten"), {"days": "0"})
        paper.last_day = min(paper.last_day, timezone.localdate())
        self.happened["shorten"] += 1

    def an_author_takes_back(self, paper):
        over = paper.last_day < timezone.localdate()
        self.browsers[paper.tie.practitioner].post(page_of(paper, "take_back"))
        paper.state = "ended"
        self.happened["take back late" if over else "take back"] += 1

    # --- what happens by itself, and what administrators do ---

    def time_passes(self, hours):
        self.now.shift(timedelta(hours=hours))

    def a_last_day_comes(self, paper):
        """To its last second, by the service's clock."""
        self.now.move_to(end_of(paper) - timedelta(seconds=1))
        self.everybody_opens(paper)
        self.happened["last day"] += 1

    def a_last_day_ends(self, paper):
        """To the second after, before any sweep."""
        self.now.move_to(end_of(paper))
        self.everybody_opens(paper)
        self.happened["expire"] += 1

    def beat_sweeps(self, _):
        sweep_supervision()
        for paper in self.twin.papers:
            if paper.state == "shared" and paper.last_day < timezone.localdate():
                paper.state = "ended"

    def an_administrator_deactivates(self, person):
        self.set_active(person, active=False)
        self.twin.deactivate(person)
        self.happened["deactivate"] += 1

    def the_door_alone_deactivates(self, person):
        """Not by the page that ends the links too: the door refuses at once, and the sweep ends them."""
        type(self.world[person]).objects.filter(pk=self.world[person].pk).update(is_active=False)
        self.twin.away.add(person)
        self.readers_can_read_what_the_twin_says_and_nothing_else()
        self.beat_sweeps(None)
        self.twin.deactivate(person)
        self.happened["deactivate by hand"] += 1

    def somebody_is_reactivated(self, person):
        self.twin.away.discard(person)
        self.set_active(person, active=True)
        self.happened["reactivate"] += 1

    def somebody_closes_their_account(self, person):
        """For good, from the page: an author takes all they shared along, a reader reads nothing more."""
        self.browsers[person].post(reverse("account_reauthenticate"), {"password": PASSWORD})
        page = self.browsers[person].post(reverse("datarights:account_delete"), {"everything": "on"})
        assert page.url == "/"
        self.twin.close(person)
        self.happened["close"] += 1

    def set_active(self, person, *, active):
        kept = {"is_staff": "on"} if self.world[person].is_staff else {}
        page = reverse("admin:accounts_user_change", args=[self.world[person].pk])
        self.browsers["ada"].post(page, kept | ({"is_active": "on"} if active else {}))


def newest_pdf(paper):
    """The row of the PDF that was asked for last; one is kept for a day."""
    return Report.objects.filter(copy__summary=paper.pk).newest_first()[0]


def end_of(paper):
    """The first moment at which its last day is over."""
    return timezone.make_aware(datetime.combine(paper.last_day + timedelta(days=1), datetime.min.time()))


def refuse(*args, **kwargs):
    raise IntegrityError
