"""Which strategies may fit a challenge, and why: one pure function, without a database, a clock or chance.

1. Points, each worth what `WEIGHTS` says: for each chosen example a strategy answers best, and for each chosen
   category it names; else, if it fits any challenge, for that. None of these, no suggestion; with nothing chosen,
   everything may fit. One's own record adds weight x ((helped + 1) / (tried + 2) - 1/2): between minus and plus half
   its weight, and 0 with no tries. It moves what fits up or down; it brings nothing in and throws nothing out. That
   something is a favourite moves nothing: it is only said.
2. What fits in `minutes` comes first, then more points, then one's own, then less time, then the slug.
   A third strategy of one family waits until every other family has had its turn.
3. Safety first: where a chosen example may be a live risk, urgent strategies that answer it lead, whatever time
   they take. Where only a category was chosen and each of its examples may be one, those that answer any of them do.
4. The organisation rule: where a chosen example, or every example of a chosen category, has its cause in the
   organisation, a strategy that changes the system is among the first three, whatever time it takes and even if no
   points speak for it.
5. Others: the list goes on after what was shown, `limit` at a time, and begins again after its end. Both rules hold
   for every part of it: the most urgent strategy leads each, and where no strategy that changes the system is left,
   the first of them is shown again.

The page that answers "Why these?" says the same in plain words, with these numbers (templates/journal/why_these.html).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.core.challenges import CATEGORIES, EXAMPLES, chosen_categories, has_organisational, known, live

if TYPE_CHECKING:
    from apps.coping.models import OwnStrategy, Strategy

FEWEST = 3  # suggestions; the organisation rule speaks of the first three
MOST_OF_A_FAMILY = 2  # before another family has its turn


@dataclass(frozen=True)
class Weights:
    """What counts how much, in points."""

    example: int = 4
    category: int = 2
    any_challenge: int = 1
    most: int = 2  # examples that count, and categories
    record: int = 4  # between "never helped" and "always helped": one category either way, never an example

    @property
    def record_either_way(self) -> int:
        """What one's own record can add or take."""
        return self.record // 2


WEIGHTS = Weights()


@dataclass(frozen=True)
class Record:
    """One's own record with a strategy: how often it was tried, and how often it helped."""

    tried: int = 0
    helped: int = 0

    @property
    def points(self) -> float:
        """What it adds or takes: one help and one miss are added to the counts, so that few tries stay near 0."""
        return WEIGHTS.record * ((self.helped + 1) / (self.tried + 2) - 1 / 2)

    def in_words(self) -> str:
        """The counts as they are, whatever their number; nothing with no tries."""
        if not self.tried:
            return ""
        helped = f"it helped {self.times_helped}" if self.helped else "it did not help much"
        return f"you tried it {self.times_tried}, {helped}"

    @property
    def times_tried(self) -> str:
        """How often it was tried, in words."""
        return times(self.tried)

    @property
    def times_helped(self) -> str:
        """How often it helped, in words."""
        return times(self.helped)


UNKNOWN = Record()


def times(number: int) -> str:
    """How often, in words."""
    return "once" if number == 1 else f"{number} times"


@dataclass(frozen=True)
class Suggestion:
    """A strategy that may fit, and why, in words. There is always a reason."""

    strategy: "Strategy | OwnStrategy"
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Given:
    """What the suggestions go by."""

    chosen: Collection[str]  # ids of categories
    examples: Collection[str]
    live: Collection[str]  # keys of examples that may be a live risk
    minutes: int | None
    records: Mapping[str, Record]
    favourites: Collection[str]


@dataclass(frozen=True)
class Match:
    """How one strategy meets what was chosen."""

    strategy: "Strategy | OwnStrategy"
    answers: tuple[str, ...]  # keys of chosen examples that it answers best, as many as count
    fits: tuple[str, ...]  # ids of chosen categories that it names, as many as count
    fits_all: bool
    in_time: bool
    for_live_risk: bool  # urgent, and answers an example that may be a live risk
    record: Record
    favourite: bool

    @property
    def fit(self) -> int:
        """Points for what was chosen."""
        named = WEIGHTS.example * len(self.answers) + WEIGHTS.category * len(self.fits)
        return named or WEIGHTS.any_challenge * self.fits_all

    @property
    def points(self) -> float:
        """How well it fits, and one's own record with it."""
        return self.fit + self.record.points

    @property
    def changes_the_system(self) -> bool:
        """Whether it takes the cause to those who can change it."""
        return self.strategy.shown.changes_the_system


def suggest(
    library: Iterable["Strategy | OwnStrategy"],
    *,
    categories: Collection[str],
    examples: Collection[str],
    minutes: int | None = None,
    records: Mapping[str, Record] | None = None,
    favourites: Collection[str] = (),
    limit: int = 5,
    others: int = 0,
) -> list[Suggestion]:
    """Up to `limit` strategies of `library` that may fit, best first; the same input gives the same list.

    `library` holds published strategies and one's own, `categories` ids such as "C3", `examples` keys such as
    "back-to-back" (their categories count as chosen), `minutes` the time there is, `records` one's own record by slug,
    `favourites` slugs. `limit` is 3 or more; `others` says how often others were asked for. Unknown keys are left out.
    """
    if limit < FEWEST:
        raise ValueError(f"suggest at least {FEWEST} strategies")
    chosen = chosen_categories(categories, examples)
    given = Given(chosen, examples, live(examples, categories), minutes, records or {}, favourites)
    matches = sorted((match(strategy, given) for strategy in library), key=rank)
    fitting = spread([m for m in matches if m.fit or not chosen])
    first = sorted(fitting, key=lambda m: not m.for_live_risk)
    systems = [m for m in [*first, *(m for m in matches if not m.fit)] if m.changes_the_system]
    parts = in_parts(first, systems if has_organisational(examples, chosen) else [], limit)
    return [Suggestion(m.strategy, reasons_for(m)) for m in parts[others % len(parts)]]


def in_parts(first: list[Match], systems: list[Match], limit: int) -> list[list[Match]]:
    """All of `first`, `limit` at a time; one of `systems`, unless that is empty, is among the first three of each."""
    leading = [m for m in first if m.for_live_risk][:1]
    left = first
    parts: list[list[Match]] = []
    shown: set[str] = set()
    while left or not parts:
        part = [*leading, *(m for m in left if m not in leading)]
        if systems and not any(m.changes_the_system for m in part[:FEWEST]):
            found = next((m for m in systems if m.strategy.slug not in shown), systems[0])
            rest = [m for m in part if m is not found]
            part = [*rest[: FEWEST - 1], found, *rest[FEWEST - 1 :]]
        parts.append(part[:limit])
        shown |= {m.strategy.slug for m in part[:limit]}
        left = [m for m in left if m.strategy.slug not in shown]
    return parts


def match(strategy: "Strategy | OwnStrategy", given: Given) -> Match:
    """How `strategy` meets what was chosen, and what one's own record with it is."""
    content = strategy.shown
    answered = [example for example in known(sorted(set(given.examples))) if example.key in content.answers]
    named = [category for category in CATEGORIES if category in given.chosen and category in content.fits]
    return Match(
        strategy=strategy,
        answers=tuple(example.key for example in answered[: WEIGHTS.most]),
        fits=tuple(named[: WEIGHTS.most]),
        fits_all=content.fits_all,
        in_time=given.minutes is None or content.minutes <= given.minutes,
        for_live_risk=content.urgent and any(key in given.live for key in content.answers),
        record=given.records.get(strategy.slug, UNKNOWN),
        favourite=strategy.slug in given.favourites,
    )


def rank(match: Match) -> tuple[bool, float, bool, int, str]:
    """Smaller comes first: in time, more points, one's own, less time, the slug."""
    content = match.strategy.shown
    return (not match.in_time, -match.points, not content.is_own, content.minutes, match.strategy.slug)


def spread(matches: list[Match]) -> list[Match]:
    """The same, with the third and later of each family after everything else that is as timely."""
    seen: dict[str, int] = {}
    turns = {}
    for one in matches:
        family = one.strategy.shown.family
        seen[family] = seen.get(family, 0) + 1
        turns[one.strategy.slug] = seen[family] > MOST_OF_A_FAMILY
    return sorted(matches, key=lambda m: (not m.in_time, turns[m.strategy.slug]))


def reasons_for(match: Match) -> tuple[str, ...]:
    """Why it is suggested, in words."""
    content = match.strategy.shown
    answered = {EXAMPLES[key].category for key in match.answers}
    reasons = [f"fits “{EXAMPLES[key].text}”" for key in match.answers]
    reasons += [f"fits {CATEGORIES[category].name}" for category in match.fits if category not in answered]
    if match.fits_all and not reasons:
        reasons.append("fits any challenge")
    if content.changes_the_system:
        reasons.append("changes the system, not you")
    if match.favourite:
        reasons.append("one of your favourites")
    if match.record.tried:
        reasons.append(match.record.in_words())
    reasons.append(f"takes {content.time_needed}" + ("" if match.in_time else ", so plan it for later"))
    return ("your own", *reasons) if content.is_own else tuple(reasons)
