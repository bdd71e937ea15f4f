"""Whom the access table is tried with: people on every rung, the objects they have, and the words planted in each."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.coping.actions import write_version
from apps.coping.models import OwnStrategy, Strategy, SuggestedStrategy
from apps.core.access import Line, Shows, Who
from apps.journal.models import Reflection
from apps.reports.cpd.actions import write_statement
from apps.reports.models import Report
from apps.supervision import actions as supervision
from apps.supervision.models import SharedSummary, SupervisionLink
from apps.values.actions import choose_values
from apps.values.models import ValueCard
from tests import factories

PEOPLE = {
    "signed out": None,
    "the author": "amina",
    "her supervisor": "sam",
    "a supervisor who has not answered": "penny",
    "a supervisor not confirmed": "una",
    "a former supervisor": "fergus",
    "a supervisor whose day has passed": "ezra",
    "somebody else's supervisor": "carol",
    "a stranger": "ben",
    "an editor": "edie",
    "an administrator": "ada",
    "an author deactivated": "olu",
}
OUT = (None, "olu")  # to whom every closed page is closed
STAFF = {Who.EDITOR: ("edie", "ada"), Who.ADMINISTRATOR: ("ada",)}
NAMED = {  # whose name and address each of the cast may be told, besides their own
    "amina": {"sam", "penny", "una", "fergus", "ezra"},
    **{name: {"amina"} for name in ("penny", "fergus", "ezra")},
    "sam": {"amina", "olu"},
    "una": {"amina", "ben"},
    "ben": {"carol", "una"},
    "carol": {"ben"},
    "ada": set(PEOPLE.values()),
    "edie": {"edie"},
}


@dataclass(frozen=True)
class Thing:
    """An object as addresses name it: whose it is, and who reads it, is on its other side, or was sent it.

    One without an owner is there for nobody.
    """

    key: object
    owner: str | None = None
    other: str | None = None

    def is_there_for(self, person: str | None, line: Line) -> bool:
        """Whether the line lets this person have it."""
        if line.who in (Who.ANYBODY, Who.SIGNED_IN) or line.is_for_staff:
            return self.owner is not None and person in STAFF.get(line.who, (person,))
        having = {Who.OWNER: (self.owner,), Who.EITHER_SIDE: (self.owner, self.other)}
        return person in having.get(line.who, (self.other,))


@dataclass
class Cast:
    """People by name, their things by what the access table calls them, and what is planted in those."""

    people: dict[str, User]
    things: dict[str, list[Thing]] = field(default_factory=dict)
    words: dict[bytes, tuple[Shows, tuple[str, ...]]] = field(default_factory=dict)  # what of, and who may read them
    cookies: dict[str | None, str] = field(default_factory=dict)  # of the browsers in which they are signed in

    def have(self, of: str, key: object, owner: str | None, other: str | None = None) -> None:
        """There is one more thing."""
        self.things.setdefault(of, []).append(Thing(key, owner, other))

    def plant(self, shows: Shows, word: str, *readers: str) -> str:
        """The word, which nobody but `readers` may read."""
        self.words[word.encode()] = (shows, readers)
        return word


def make_cast() -> Cast:
    """All of them, with whatever they have."""
    world = factories.make_world()
    people = {name: world[name] for name in PEOPLE.values() if name in world}
    people |= {
        name: factories.make_person(f"{name}@example.nhs.uk") for name in ("penny", "una", "fergus", "ezra", "carol")
    }
    cast = Cast(people)
    give_names(cast)
    give_reflections(cast, world)
    for name, words in OWN.items():
        give_own_things(cast, name, *words)
    give_library(cast)
    give_summaries(cast)
    give_links(cast)
    note_changes(cast)
    cast.cookies = {name: cookie_of(person) for name, person in people.items()}
    User.objects.filter(pk=people["olu"].pk).update(is_active=False)
    return cast


def cookie_of(person: User) -> str:
    """The cookie of a browser in which this person is signed in."""
    browser = Client()
    browser.force_login(person)
    return browser.cookies.output(header="", attrs=[]).strip()


def give_names(cast: Cast) -> None:
    """Names and addresses; the one who will be deactivated is active until all have what they have."""
    for name, person in cast.people.items():
        told = [reader for reader, others in NAMED.items() if name in others]
        person.name, person.is_active = cast.plant(Shows.PEOPLE, f"named-{name}", name, *told), True
        cast.plant(Shows.PEOPLE, f"{name}@", name, *told)
        person.save()
    cast.have("account", cast.people["ben"].pk, "ben")


def give_reflections(cast: Cast, world: dict) -> None:
    """Reflections, drafts and plans."""
    olus = factories.make_reflection(cast.people["olu"], what_happened="osprey")
    bens = factories.make_draft(cast.people["ben"], what_happened="stoat")
    for word, of, name, row in (
        ("heron", "reflection", "amina", world["reflection"]),
        ("otter", "draft", "amina", world["draft"]),
        ("badger", "reflection", "ben", world["bens_reflection"]),
        ("stoat", "draft", "ben", bens),
        ("osprey", "reflection", "olu", olus),
    ):
        cast.plant(Shows.REFLECTIONS, word, name)
        cast.have(of, row.pk, name)
        if name == "amina" and of == "reflection":
            row.supervision = Reflection.Supervision.CLINICAL_SKILLS  # so that an agenda can be made of it
            row.save()
        for plan in row.plans.all():
            plan.will = cast.plant(Shows.PLANS, f"plan-of-{name}", name)
            plan.save()
            cast.have("plan", plan.pk, name)


OWN = {  # words in a value card, an own strategy, one suggested to the editors, a report, and a CPD statement
    "amina": ("goldcrest", "avocet", "redshank", "merlin", "fieldfare"),
    "ben": ("siskin", "bittern", "whimbrel", "hobby", "brambling"),
}


def give_own_things(cast: Cast, name: str, card: str, own: str, suggested: str, report: str, cpd: str) -> None:
    """What is somebody's own besides reflections; the value card is on their compass."""
    person, finished = cast.people[name], Reflection.objects.owned_by(cast.people[name]).completed()[0]
    cast.plant(Shows.VALUE_CARDS, card, name)
    cast.plant(Shows.OWN_STRATEGIES, own, name)
    cast.plant(Shows.SUGGESTED, suggested, name, "edie", "ada")
    cast.plant(Shows.REPORTS, report, name)
    choose_values(by=person, cards=[], own=[card])
    cast.have("value card", ValueCard.objects.owned_by(person)[0].pk, name)
    written = OwnStrategy.objects.create(owner=person, page_key=uuid.uuid4(), name=own, minutes=1)
    cast.have("own strategy", written.pk, name)
    sent = SuggestedStrategy.objects.create(author=person, name=suggested, minutes=1)
    cast.have("suggested strategy", sent.pk, name)
    made = Report.objects.create(author=person, reflection=finished, version=finished.version)
    Report.objects.claim(made.pk, now=timezone.now()).complete(b"%PDF-1.7 " + report.encode(), pages=1, version=1)
    cast.have("report", made.pk, name)
    says = {"done_on": timezone.localdate(), "activity": cast.plant(Shows.CPD, cpd, name)}
    cast.have("CPD statement", write_statement(by=person, page_key=uuid.uuid4(), says=says).pk, name)


def give_library(cast: Cast) -> None:
    """A strategy that is published, and an editor's draft of what it shall say next."""
    strategy = Strategy.objects.published().get(code="S01")
    says = replace(strategy.shown.content, summary=cast.plant(Shows.UNPUBLISHED, "nightjar", "edie", "ada"))
    draft = write_version(by=cast.people["edie"], strategy=strategy, content=says)
    cast.have("published strategy", strategy.slug, "edie")
    cast.have("strategy", strategy.pk, "edie")
    cast.have("version", draft.pk, "edie")


def give_summaries(cast: Cast) -> None:
    """Summaries that can be read, and those that no longer can: its day is past, its link ended, its author is out."""
    for author, supervisor, word, reader in (
        ("amina", "sam", "kingfisher", "sam"),
        ("amina", "ezra", "dunlin", None),
        ("amina", "fergus", "curlew", None),
        ("ben", "carol", "plover", "carol"),
        ("olu", "sam", "wigeon", None),
    ):
        link = factories.make_link(cast.people[author], cast.people[supervisor])
        summary = factories.make_summary(link, ask=word, may_print=True)
        cast.plant(Shows.SUMMARIES, word, author, *filter(None, [reader]))
        cast.have("summary", summary.pk, author, reader)
        cast.have("link", link.pk, author, supervisor)
        if reader:
            draft = factories.make_summary(link, ask=cast.plant(Shows.SUMMARIES, f"draft-{word}", author), shared=False)
            cast.have("draft summary", draft.pk, author)
            answer = cast.plant(Shows.ANSWERS, f"answer-{word}", author, reader)
            factories.answer(summary, answer)
    yesterday = timezone.localdate() - timedelta(days=1)
    SharedSummary.objects.filter(pk=cast.things["summary"][1].key).update(expires_on=yesterday)


def give_links(cast: Cast) -> None:
    """Links at the other stages: ended, accepted and not confirmed, and not answered."""
    amina, ben, una = (cast.people[name] for name in ("amina", "ben", "una"))
    ended = cast.things["link"].pop(2)
    cast.have("link", ended.key, None)
    supervision.end_supervision(by=amina, link=SupervisionLink.objects.get(pk=ended.key), now=timezone.now())
    accepted = factories.make_link(amina, una, confirmed=False)
    cast.have("link", accepted.pk, "amina", "una")
    cast.have("accepted link", accepted.pk, "amina")
    cast.have("invitation", factories.invite(amina, "penny@example.nhs.uk"), "amina", "penny")
    cast.have("invitation", factories.invite(ben, "una@example.nhs.uk"), "ben", "una")
    cast.have("link", SupervisionLink.objects.get(email="penny@example.nhs.uk").pk, "amina")


def note_changes(cast: Cast) -> None:
    """What staff did is in the history of whatever they did it to."""
    for of, name, model in (
        ("strategy", "edie", Strategy),
        ("suggested strategy", "edie", SuggestedStrategy),
        ("account", "ada", User),
    ):
        kind = ContentType.objects.get_for_model(model)
        done = {"action_flag": CHANGE, "change_message": "Looked at"}
        LogEntry.objects.create(user=cast.people[name], content_type=kind, object_id=cast.things[of][0].key, **done)
