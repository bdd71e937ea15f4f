"""Makes the people and reflections that the bench reads."""

import random
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.coping.loading import load_strategies
from apps.coping.models import Strategy
from apps.core.challenges import bits_of
from apps.journal.models import AppraisalAnswer, FollowUp, Plan, Reflection, ReflectionChallenge, ReflectionValue
from apps.values.actions import choose_values
from apps.values.loading import load_values
from apps.values.models import Placing, ValueCard

OWN = 2_500  # reflections of the person whose pages are measured
OTHERS, OF_EACH = 40, 25  # people beside them, and the reflections of each
NEEDLE = "kingfisher"  # stands in the oldest reflection alone, so that a search for it opens every one
SENTENCE = "the call was long and I felt that nothing I said could reach them so I wrote it down and went outside"
WORDS = SENTENCE.split()
CHALLENGES = ("C1", "C2", "C3", "C4", "C6", "C9")


@dataclass(frozen=True)
class Author:
    """The person measured, signed in, and the reflections that the pages are opened for."""

    user: User
    session: str
    draft: uuid.UUID
    completed: uuid.UUID


def fill() -> Author:
    """Everybody and their reflections; the same in every run."""
    load_strategies()
    load_values()
    chance = seeded(20261122)
    author = User.objects.create(email="author@example.org", name="Author")
    for number in range(OTHERS):
        write(User.objects.create(email=f"other{number}@example.org"), OF_EACH, chance)
    written = write(author, OWN, chance)
    oldest = written[-1]
    oldest.take_forward = f"I saw a {NEEDLE}"
    oldest.save()
    place(author, chance)
    draft = written[0]
    Reflection.objects.filter(pk=draft.pk).update(completed_at=None)
    settle()
    return Author(author, session_of(author), draft.pk, written[1].pk)


def fill_for_insights(number: int) -> str:
    """Somebody with so many completed reflections and nothing else, signed in: the session."""
    chance = seeded(number)
    person = User.objects.create(email=f"insights{number}@example.org")
    write(person, number, chance)
    settle()
    return session_of(person)


def fill_for_portfolio(number: int) -> tuple[User, list[Reflection]]:
    """Somebody with so many completed reflections that fit on a page; but each fourth takes two, and those."""
    chance = seeded(number)
    person = User.objects.create(email=f"portfolio{number}@example.org", name="Author")
    write(person, number - number // 4, chance, share=0)
    return person, write(person, number // 4, chance, share=0.45)


def settle() -> None:
    """On PostgreSQL, what autovacuum does of itself by the time that anybody has so many rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def seeded(number: int) -> random.Random:
    """Chance that falls the same in every run."""
    return random.Random(number)  # noqa: S311 - it makes plausible text, and no secret


def session_of(person: User) -> str:
    """The session of a browser in which this person is signed in."""
    browser = Client()
    browser.force_login(person)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def text(chance: random.Random, words: int) -> str:
    """Some words in a row."""
    return " ".join(chance.choices(WORDS, k=words))


def write(author: User, number: int, chance: random.Random, *, share: float = 1) -> list[Reflection]:
    """`number` completed reflections of about 3 KB each, or a share; of none, with no answer but those that must be."""
    now = timezone.now()

    def some(words: int) -> str:
        return text(chance, round(words * share))

    chosen = [chance.sample(CHALLENGES, 2) for _ in range(number)]
    made = [
        Reflection(
            author=author,
            start_key=uuid.UUID(int=chance.getrandbits(128)),
            kind=Reflection.Kind.FULL,
            created_at=now - timedelta(hours=6 * back),
            completed_at=now - timedelta(hours=6 * back),
            version=3,
            challenge_version=1,
            values_version=2,
            coping_version=3,
            what_happened=some(250) or text(chance, 20),
            noticed=some(90),
            why_it_matters=some(90),
            see_it_now=some(20),
            already_helped=some(40),
            take_forward=some(40),
            came_up=bits_of([(category, "") for category in chosen[back]]),
            strain_before=chance.randint(3, 10),
            strain_after=chance.randint(0, 7),
        )
        for back in range(number)
    ]
    Reflection.objects.bulk_create(made, batch_size=200)
    ReflectionChallenge.objects.bulk_create(
        ReflectionChallenge(reflection=one, category=category)
        for one, categories in zip(made, chosen, strict=True)
        for category in categories
    )
    add_parts(author, made, chance)
    return made


def add_parts(author: User, made: list[Reflection], chance: random.Random) -> None:
    """A value, an answer and a plan for each reflection."""
    cards = list(ValueCard.objects.available_to(author))
    versions = [strategy.current for strategy in Strategy.objects.published()]
    ReflectionValue.objects.bulk_create(
        ReflectionValue(reflection=one, card=chance.choice(cards), lived=True, closeness=5) for one in made
    )
    AppraisalAnswer.objects.bulk_create(
        AppraisalAnswer(reflection=one, appraisal="A3", text=text(chance, 40)) for one in made
    )
    plans = Plan.objects.bulk_create(
        Plan(reflection=one, number=1, version=chance.choice(versions), when=text(chance, 6), will=text(chance, 8))
        for one in made
    )
    look_back_on(author, plans, chance)


def look_back_on(author: User, plans: list[Plan], chance: random.Random) -> None:
    """Four in five plans have an answer; of these most are done, and some are due or upcoming. The rest have no day."""
    answered, now = plans[: len(plans) * 4 // 5], timezone.now()
    FollowUp.objects.bulk_create(
        FollowUp(
            plan=plan,
            author=author,
            number=1,
            did="yes",
            helped=chance.randint(0, 4),
            note=text(chance, 10),
            then="keep",
            version=plan.version,
            when=plan.when,
            will=plan.will,
        )
        for plan in answered
    )
    for number, plan in enumerate(answered):
        if number % 4:
            plan.looked_back_at = now - timedelta(hours=number)
        else:
            plan.look_back_on = timezone.localdate() + timedelta(days=number % 40 - 20)
    Plan.objects.bulk_update(answered, ["looked_back_at", "look_back_on"], batch_size=200)


def place(author: User, chance: random.Random) -> None:
    """Five values on the compass, each placed a hundred times."""
    cards = list(ValueCard.objects.available_to(author)[:5])
    choose_values(by=author, cards=cards)
    now = timezone.now()
    Placing.objects.bulk_create(
        Placing(owner=author, card=card, closeness=chance.randint(0, 10), placed_at=now - timedelta(days=back))
        for card in cards
        for back in range(100)
    )
