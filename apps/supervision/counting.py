"""The counts in a summary of a period, as texts that its author can change. They are given what counts, never a row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.core.challenges import CATEGORIES, Locus, chosen_categories, loci
from apps.supervision.snapshot import Part

COUNTS = {  # what each count is called
    "count_challenges": "Challenges by where the cause lies",
    "count_values": "Values lived and stepped on",
    "count_plans": "Plans done and what helped",
}


@dataclass(frozen=True)
class Counted:
    """What counts of one reflection.

    `values`: each card's name, whether it was lived, and stepped on. `plans`: each strategy's name or none, what was
    answered last to "Did you do it?" or nothing, and whether it ever helped.
    """

    categories: frozenset[str]
    examples: frozenset[str]
    values: tuple[tuple[str, bool, bool], ...]
    plans: tuple[tuple[str, str, bool], ...]


def counts_of(counted: Sequence[Counted], *, weeks: int) -> tuple[Part, ...]:
    """Every count of these reflections of so many weeks. No day is named: none is of use to the reader."""
    begins = f"{times(len(counted), 'reflection')} in {times(weeks, 'week')}"
    lines = (challenge_lines(counted), value_lines(counted), plan_lines(counted))
    return tuple(
        Part(key, label, "\n".join((f"{begins}.", *said)))
        for (key, label), said in zip(COUNTS.items(), lines, strict=True)
    )


def times(number: int, thing: str) -> str:
    """So many of a thing, as text."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def challenge_lines(counted: Sequence[Counted]) -> Iterator[str]:
    """In how many reflections each locus and each category came up; one can count in several."""
    by_locus = Counter(locus for one in counted for locus in loci(one.examples, one.categories))
    kinds = Counter(kind for one in counted for kind in chosen_categories(one.categories, one.examples))
    yield from (f"{locus.place}: {by_locus[locus]}" for locus in Locus if by_locus[locus])
    yield from (f"{kind.name}: {kinds[kind.id]}" for kind in CATEGORIES.values() if kinds[kind.id])


def value_lines(counted: Sequence[Counted]) -> Iterator[str]:
    """How often each value was touched, lived and stepped on, the most often touched first."""
    said = [value for one in counted for value in one.values]
    touched = Counter(name for name, _, _ in said)
    lived = Counter(name for name, was_lived, _ in said if was_lived)
    stepped_on = Counter(name for name, _, was_stepped_on in said if was_stepped_on)
    for name, number in touched.most_common():
        yield f"{name}: touched {number}, lived {lived[name]}, stepped on {stepped_on[name]}"


def plan_lines(counted: Sequence[Counted]) -> Iterator[str]:
    """How many plans were done, and what helped, the most often first."""
    plans = [plan for one in counted for plan in one.plans]
    did = Counter(answer for _, answer, _ in plans)
    helped = Counter(name or "A plan without a strategy" for name, _, has_helped in plans if has_helped)
    answers = f"done {did['yes']}, partly done {did['partly']}, not done {did['no']}, not looked back on {did['']}"
    yield f"{times(len(plans), 'plan')}: {answers}"
    yield from (f"Helped: {name}, {times(number, 'time')}" for name, number in helped.most_common())
