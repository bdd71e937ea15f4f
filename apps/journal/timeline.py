"""The timeline: one's own reflections, newest first, a page at a time, narrowed or searched.

The search opens one's own sealed texts, newest first, and stops as soon as a page is full; no index of words exists.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, islice
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q
from django.utils import timezone

from apps.core.challenges import BITS
from apps.core.paging import after, key_of
from apps.core.sealed import Sealed, SealedField
from apps.journal.models import (
    AppraisalAnswer,
    FollowUp,
    Plan,
    Reflection,
    ReflectionQuerySet,
    ReflectionValue,
    rests_on,
)
from apps.journal.patterns import start_of
from apps.values.models import ValueCard

PAGE = 20  # reflections on a page
SCAN = 250  # reflections opened at a time by the search
TEXTS = ("what_happened", "noticed", "new_value", "why_it_matters", "see_it_now", "already_helped", "take_forward")
OTHER_TEXTS = (
    (AppraisalAnswer, "reflection", ("text",)),
    (Plan, "reflection", ("when", "will", "own_name")),
    (FollowUp, "plan__reflection", ("note", "when", "will")),
)

FULL_DRAFT = Q(completed_at=None, kind=Reflection.Kind.FULL)
STATES = {
    "draft": Q(completed_at=None),
    "at_challenge": FULL_DRAFT & Q(challenge_version=0),
    "at_values": FULL_DRAFT & Q(challenge_version__gt=0, values_version=0),
    "at_coping": FULL_DRAFT & Q(challenge_version__gt=0, values_version__gt=0, coping_version=0),
    "quick": Q(completed_at=None, kind=Reflection.Kind.QUICK),  # one page saves all phases at once
    "completed": Q(completed_at__isnull=False),
}
DAYS = {"4_weeks": 28, "3_months": 91, "year": 364}  # local days, today the last, as the insights count


@dataclass(frozen=True)
class Page:
    """Some reflections, and the key of the next page if there is one."""

    reflections: list[Reflection]
    older: str


def narrowed(reflections: ReflectionQuerySet, filters: dict[str, Any]) -> ReflectionQuerySet:
    """`reflections` that fit the chosen challenge, value, strategy, state and time."""
    if challenge := filters.get("challenge"):  # a kind, or where it lies
        reflections = reflections.alias(named=F("came_up").bitand(BITS[challenge])).filter(named__gt=0)
    if value := filters.get("value"):
        reflections = reflections.filter(Exists(ReflectionValue.objects.filter(reflection=OuterRef("pk"), card=value)))
    if strategy := filters.get("strategy"):  # of a plan as it reads now, or as it read when it was looked back on
        planned = Plan.objects.filter(rests_on(strategy), reflection=OuterRef("pk"))
        answered = FollowUp.objects.filter(rests_on(strategy), plan__reflection=OuterRef("pk"))
        reflections = reflections.filter(Exists(planned) | Exists(answered))
    if state := filters.get("state"):
        reflections = reflections.filter(STATES[state])
    if time := filters.get("time"):
        first = timezone.localdate() - timedelta(days=DAYS[time] - 1)
        reflections = reflections.filter(created_at__gte=start_of(first))
    return reflections


def page_of(found: Iterator[Reflection] | ReflectionQuerySet) -> Page:
    """The first page of `found`, which is in the timeline's order; no row beyond it is read."""
    shown = list(found[: PAGE + 1] if isinstance(found, ReflectionQuerySet) else islice(found, PAGE + 1))
    more = len(shown) > PAGE
    shown = shown[:PAGE]
    return Page(shown, key_of(shown[-1].created_at, shown[-1].pk) if more else "")


def search(reflections: ReflectionQuerySet, words: str) -> Iterator[Reflection]:
    """Those of `reflections` (newest first) in which `words` stand, in any case of letters.

    Rows are read as bare values: making a model of each of 2,500 would cost more than opening its texts.
    """
    needle, fields = words.casefold(), sealed_fields_of(Reflection, TEXTS)
    last = ""
    while True:
        rows = after(reflections, last).prefetch_related(None)[:SCAN]
        chunk = list(rows.values_list("pk", "created_at", *TEXTS))
        others = other_texts([pk for pk, *_ in chunk])
        hits = [
            pk
            for pk, _, *sealed in chunk
            if any(needle in text.casefold() for text in chain(opened(fields, pk, sealed), others[pk]))
        ]
        found = reflections.in_bulk(hits)
        yield from (found[pk] for pk in hits if pk in found)
        if len(chunk) < SCAN:
            return
        last = key_of(chunk[-1][1], chunk[-1][0])


def other_texts(pks: list[uuid.UUID]) -> defaultdict[uuid.UUID, list[str]]:
    """What else a person wrote in these reflections: answers, plans, follow-ups and the names of own value cards."""
    found: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    for model, reflection, names in OTHER_TEXTS:
        fields = sealed_fields_of(model, names)
        rows = model._base_manager.filter(**{f"{reflection}__in": pks}).values_list(reflection, "pk", *names)
        for reflection_id, pk, *sealed in rows:
            found[reflection_id] += opened(fields, pk, sealed)
    fields = sealed_fields_of(ValueCard, ("name",))
    touched = ReflectionValue.objects.filter(reflection__in=pks, card__owner__isnull=False)
    for reflection_id, pk, *sealed in touched.values_list("reflection", "card", "card__name"):
        found[reflection_id] += opened(fields, pk, sealed)
    return found


def sealed_fields_of(model: type[Model], names: Sequence[str]) -> list[SealedField]:
    """The model's sealed fields of these names."""
    return [field for name in names if isinstance(field := model._meta.get_field(name), SealedField)]


def opened(fields: list[SealedField], pk: uuid.UUID, sealed: Sequence[Sealed]) -> list[str]:
    """The texts of one row."""
    return [field.open(value, pk) for field, value in zip(fields, sealed, strict=True)]
