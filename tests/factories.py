"""Makes people and their rows for tests, through the same acts that the product uses."""

import uuid
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from apps.accounts.models import User
from apps.coping.editors import editors
from apps.coping.loading import load_strategies
from apps.coping.models import Strategy
from apps.core.challenges import bits_of
from apps.journal.models import (
    AppraisalAnswer,
    Plan,
    Reflection,
    ReflectionChallenge,
    ReflectionValue,
)
from apps.supervision import actions as supervision
from apps.supervision import actions_summaries as sharing
from apps.supervision import drafting
from apps.supervision.models import SharedSummary, SupervisionLink
from apps.supervision.snapshot import Part, Snapshot
from apps.values.loading import load_values
from apps.values.models import ValueCard

PASSWORD = "calm-water-carries-far"


def make_person(email: str, *, verified: bool = True, **fields) -> User:
    """A person whose password is PASSWORD and whose address is verified."""
    person = User.objects.create(email=email, password=make_password(PASSWORD), **fields)
    EmailAddress.objects.create(user=person, email=email, verified=verified, primary=True)
    return person


def make_editor(email: str, **fields) -> User:
    """Somebody who edits the library."""
    person = make_person(email, is_staff=True, **fields)
    person.groups.add(editors())
    return person


def load_library() -> None:
    """The real content, from the real files, and the group of its editors."""
    load_strategies()
    load_values()
    editors()


def make_draft(author: User, **fields) -> Reflection:
    """A draft with nothing in it but `fields`."""
    fields = {"kind": Reflection.Kind.FULL, "start_key": uuid.uuid4()} | fields
    return Reflection.objects.create(author=author, **fields)


def make_reflection(author: User, *, examples: tuple[tuple[str, str], ...] = (("C3", ""),), **fields) -> Reflection:
    """A completed reflection that went through all three phases."""
    fields = {"strain_before": 7, "strain_after": 4, "see_it_now": "The diary was full, not me"} | fields
    reflection = make_draft(author, version=3, challenge_version=1, values_version=2, coping_version=3, **fields)
    reflection.choose_challenges(list(examples))
    reflection.save()
    card = ValueCard.objects.available_to(author).get(code="V04")
    ReflectionValue.objects.create(reflection=reflection, card=card, lived=True, closeness=6)
    AppraisalAnswer.objects.create(reflection=reflection, appraisal="A3", text="Anybody would, with this diary")
    strategy = Strategy.objects.published().get(code="S01")
    Plan.objects.create(
        reflection=reflection,
        number=1,
        version=strategy.current,
        when="my last call before lunch ends",
        will="stand up and look out of the window",
        look_back=Plan.LookBack.TOMORROW,
        look_back_on=date(2026, 11, 24),
    )
    reflection.complete(seen=3)
    return reflection


def make_many(author: User, number: int, **fields) -> list[Plan]:
    """So many completed reflections, a minute apart, each with a challenge, a value and a plan with `fields`."""
    now, strategy = timezone.now(), Strategy.objects.published().get(code="S01")
    card = ValueCard.objects.available_to(author).get(code="V04")
    moments = [now - timedelta(minutes=minutes) for minutes in range(number)]
    said = {"kind": Reflection.Kind.QUICK, "what_happened": "A long day", "version": 1, "coping_version": 1}
    said |= {"came_up": bits_of([("C3", "")])}
    reflections = Reflection.objects.bulk_create(
        Reflection(author=author, start_key=uuid.uuid4(), created_at=moment, completed_at=moment, **said)
        for moment in moments
    )
    ReflectionChallenge.objects.bulk_create(ReflectionChallenge(reflection=one, category="C3") for one in reflections)
    ReflectionValue.objects.bulk_create(ReflectionValue(reflection=one, card=card) for one in reflections)
    said = {"number": 1, "version": strategy.current, "when": "the bell rings", "will": "stand up"} | fields
    return Plan.objects.bulk_create(Plan(reflection=one, **said) for one in reflections)


def invite(practitioner: User, email: str) -> str:
    """The token that `practitioner`'s invitation mails to `email`."""
    return supervision.invite_supervisor(by=practitioner, email=email, now=timezone.now())[1]


def make_link(practitioner: User, supervisor: User, *, confirmed: bool = True, **said) -> SupervisionLink:
    """`supervisor` invited and accepted, and confirmed unless that is still to come."""
    said, now = {"is_line_manager": False} | said, timezone.now()
    token = invite(practitioner, supervisor.email)
    link = supervision.accept_invitation(by=supervisor, token=token, now=now, **said)
    if confirmed:
        supervision.confirm_supervisor(by=practitioner, link=link, now=now)
        link.refresh_from_db()
    return link


def make_summary(
    link: SupervisionLink, *, ask: str = "", parts: tuple[str, ...] = ("challenges",), shared: bool = True, **said
) -> SharedSummary:
    """A summary of the practitioner's latest completed reflection for the supervisor of `link`, with `ask` in it.

    `said`: other fields of the draft, such as `expires_on` or `may_print`.
    """
    by, now = link.practitioner, timezone.now()
    found = drafting.gather(by, drafting.choices(by)[0].pk)
    asked = Part(drafting.ASK.key, drafting.ASK.label, ask)
    snapshot, today = Snapshot((asked, *found.only(parts).parts)), timezone.localdate(now)
    draft = sharing.start_summary(by=by, link=link, snapshot=snapshot, sources=found.sources, today=today)
    if said:
        draft.write(snapshot, against=draft.version, **said)
    return sharing.share_summary(by=by, pk=draft.pk, seen=draft.version, now=now) if shared else draft


def answer(summary: SharedSummary, text: str, *, discussed: bool = False) -> None:
    """What the reader of a summary says to it now, in the place of what they said before."""
    seen = SharedSummary.objects.values_list("answer_version", flat=True).get(pk=summary.pk)
    said = {"text": text, "discussed": discussed, "now": timezone.now()}
    sharing.answer_summary(by=summary.link.supervisor, pk=summary.pk, seen=seen, **said)


def make_world() -> dict:
    """The cast: Amina and Ben write, Sam supervises, Edie edits the library, Ada runs the service, Olu has left.

    Amina has a completed reflection and a draft; Ben has one of his own.
    """
    people = {
        "amina": make_person("amina@example.nhs.uk", name="Amina"),
        "ben": make_person("ben@example.nhs.uk", name="Ben"),
        "sam": make_person("sam@example.nhs.uk", name="Sam"),
        "edie": make_editor("edie@example.nhs.uk", name="Edie"),
        "ada": make_person("ada@example.nhs.uk", name="Ada", is_staff=True, is_superuser=True),
        "olu": make_person("olu@example.nhs.uk", name="Olu", is_active=False),
    }
    return people | {
        "reflection": make_reflection(people["amina"], what_happened="Amina's planted words: heron"),
        "draft": make_draft(people["amina"], what_happened="Amina's planted words: otter"),
        "bens_reflection": make_reflection(people["ben"], what_happened="Ben's planted words: badger"),
    }
