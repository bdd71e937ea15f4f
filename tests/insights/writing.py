"""Reflections made of plain facts, and what a reader with pen and paper would count in them."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from hypothesis import strategies as st

from apps.coping.models import Strategy
from apps.core.challenges import CATEGORIES, EXAMPLES
from apps.journal.models import FollowUp, Plan, Reflection, ReflectionValue
from apps.values.models import ValueCard

LEVEL = st.none() | st.integers(0, 10)
PAIRS = [(example.category, example.key) for example in EXAMPLES.values()] + [(key, "") for key in CATEGORIES]


@dataclass(frozen=True)
class Facts:
    """One reflection, as far as the insights count it."""

    minutes_ago: int
    is_mine: bool = True
    is_complete: bool = True
    challenges: frozenset[tuple[str, str]] = frozenset()
    strain: tuple[int | None, int | None] = (None, None)
    value: tuple[str, bool, bool, int | None] | None = None  # code, lived, stepped on, closeness
    strategy: str | None = None  # of its plan
    answers: tuple[tuple[str, int | None], ...] = ()  # did, helped

    def day(self, now):
        return timezone.localdate(now - timedelta(minutes=self.minutes_ago))


ANSWERS = st.one_of(
    st.tuples(st.just("no"), st.none()), st.tuples(st.sampled_from(["yes", "partly"]), st.integers(0, 4))
)
FACTS = st.builds(
    Facts,
    minutes_ago=st.integers(0, 130 * 24 * 60),
    is_mine=st.sampled_from([True, True, True, False]),
    is_complete=st.sampled_from([True, True, True, False]),
    challenges=st.frozensets(st.sampled_from(PAIRS), max_size=4),
    strain=st.tuples(LEVEL, LEVEL),
    value=st.none() | st.tuples(st.sampled_from(["V01", "V02", "V03"]), st.booleans(), st.booleans(), LEVEL),
    strategy=st.none() | st.sampled_from(["S01", "S05"]),
    answers=st.lists(ANSWERS, max_size=2).map(tuple),
)


def write(facts: Facts, *, mine, theirs, now: datetime) -> Reflection:
    """The reflection of these facts, by one of the two."""
    author, at = (mine if facts.is_mine else theirs), now - timedelta(minutes=facts.minutes_ago)
    before, after = facts.strain
    said = {"strain_before": before, "strain_after": after, "completed_at": now if facts.is_complete else None}
    one = Reflection.objects.create(author=author, start_key=uuid.uuid4(), kind="full", created_at=at, **said)
    one.choose_challenges(list(facts.challenges))
    one.save()
    if facts.value:
        code, lived, stepped_on, closeness = facts.value
        fared = {"lived": lived, "stepped_on": stepped_on, "closeness": closeness}
        ReflectionValue.objects.create(reflection=one, card=ValueCard.objects.get(code=code), **fared)
    if facts.strategy:
        version = Strategy.objects.get(code=facts.strategy).current
        plan = Plan.objects.create(reflection=one, number=1, version=version)
        for number, (did, helped) in enumerate(facts.answers, 1):
            FollowUp.objects.create(plan=plan, author=author, number=number, did=did, helped=helped, then="keep")
    return one


def locus_of(pair: tuple[str, str]) -> str:
    """Where one chosen challenge lies, by hand: nothing where nobody said."""
    category, example = pair
    listed = {one.locus.value for one in CATEGORIES[category].examples}
    return EXAMPLES[example].locus.value if example else (listed.pop() if len(listed) == 1 else "")


def counted(facts: list[Facts], now: datetime, first, last) -> dict[str, object]:
    """All that the insights of these days should say, counted one by one."""
    mine = [one for one in facts if one.is_mine and one.is_complete and first <= one.day(now) <= last]
    week = {one: (one.day(now) - first).days // 7 for one in mine}
    pairs = [one.strain for one in mine if None not in one.strain]
    fared = [one.value for one in mine if one.value]
    answers = [answer for one in mine if one.strategy for answer in one.answers]
    return {
        "reflections": len(mine),
        "places": {
            locus: [
                sum(locus in map(locus_of, one.challenges) for one in mine if week[one] == number)
                for number in range(13)
            ]
            for locus in "OCS"
        },
        "kinds": Counter(category for one in mine for category in {category for category, _ in one.challenges}),
        "strain": [sum((after > before) - (after < before) == way for before, after in pairs) for way in (-1, 0, 1)],
        "values": {
            code: (sum(value[1] for value in fared if value[0] == code), sum(v[2] for v in fared if v[0] == code))
            for code in {value[0] for value in fared}
        },
        "closeness": Counter(code for code, *_, closeness in fared if closeness is not None),
        "planned": sum(one.strategy is not None for one in mine),
        "done": sum(did != "no" for did, _ in answers),
        "helped": sum(helped is not None and helped >= 2 for _, helped in answers),
    }
