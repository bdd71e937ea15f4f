"""What sharing should be, in plain values: no database, no queries, one sentence of consent.md for each method."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta


@dataclass
class Tie:
    """A link as it should be."""

    pk: object
    practitioner: str
    invited: str  # whom the mail went to
    token: str
    runs_out_at: datetime
    state: str = "invited"  # accepted, confirmed, ended

    def __str__(self):
        return f"{self.state} link of {self.practitioner} to {self.invited}"

    def _repr_pretty_(self, printer, cycle):
        """As hypothesis names it in a failing run."""
        printer.text(f"<{self}>")

    def stands(self):
        return self.state != "ended"


@dataclass
class Paper:
    """A summary as it should be."""

    pk: object
    tie: Tie
    previewed: str  # the summary as its author saw it before sharing
    last_day: date
    version: int
    keeps: bool  # whether its reader may have it as a PDF
    state: str = "draft"  # shared, ended
    receipts: list = field(default_factory=list)

    def _repr_pretty_(self, printer, cycle):
        """As hypothesis names it in a failing run."""
        printer.text(f"<{self.state} summary until {self.last_day} under the {self.tie}>")


class Twin:
    """Who is who to whom, and who may read what."""

    def __init__(self):
        self.ties: list[Tie] = []
        self.papers: list[Paper] = []
        self.away: set[str] = set()
        self.gone: set[str] = set()  # those of the `away` who closed their account

    # --- the acts ---

    def end(self, tie):
        """Ending takes back every summary under it, at once."""
        tie.state = "ended"
        for paper in self.papers:
            if paper.tie is tie and paper.state == "shared":
                paper.state = "ended"

    def deactivate(self, person):
        """Ends their links for good; reactivating revives nothing."""
        self.away.add(person)
        for tie in self.ties:
            theirs = tie.practitioner == person or (tie.invited == person and tie.state in ("accepted", "confirmed"))
            if tie.stands() and theirs:
                self.end(tie)

    def close(self, person):
        """An author takes all they shared along; under a reader's links nothing can be read. Nobody comes back."""
        self.deactivate(person)
        self.gone.add(person)
        self.ties = [tie for tie in self.ties if tie.practitioner != person]
        self.papers = [paper for paper in self.papers if paper.tie.practitioner != person]
        for tie in self.ties:
            if tie.stands() and tie.invited == person:
                self.end(tie)

    # --- what holds ---

    def can_share(self, paper, today):
        """Only under a confirmed link, and never for a day that is past."""
        return paper.state == "draft" and paper.tie.state == "confirmed" and today <= paper.last_day

    def may_read(self, person, paper, today):
        """P1: the named recipient, a live link, not over, not past its day, both accounts active."""
        here = not {person, paper.tie.practitioner} & self.away
        live = paper.state == "shared" and paper.tie.state == "confirmed" and today <= paper.last_day
        return here and live and person == paper.tie.invited

    def readable(self, people, today):
        """Everything that anybody may read."""
        return {(person, paper.pk) for person in people for paper in self.papers if self.may_read(person, paper, today)}

    # --- what could happen next ---

    def to_answer(self, now):
        """Invitations that can be accepted."""
        away = self.away
        return [
            tie
            for tie in self.ties
            if tie.state == "invited" and now < tie.runs_out_at and not {tie.practitioner, tie.invited} & away
        ]

    def between(self, practitioner, supervisor):
        """Whether the two have a link that stands and was accepted."""
        return any(
            tie.state in ("accepted", "confirmed")
            for tie in self.ties
            if (tie.practitioner, tie.invited) == (practitioner, supervisor)
        )

    def in_state(self, things, *states):
        """Those of `things` in one of the states, whose author is there to act."""
        people = {id(thing): getattr(thing, "tie", thing).practitioner for thing in things}
        return [thing for thing in things if thing.state in states and people[id(thing)] not in self.away]


RUNS_OUT = timedelta(days=14)
