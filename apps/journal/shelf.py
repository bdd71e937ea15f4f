"""The strategies on offer for one reflection: the few that may fit, and the whole library behind them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from apps.coping.families import by_family
from apps.coping.models import Favourite, OwnStrategy, Strategy
from apps.coping.suggest import FEWEST, WEIGHTS, suggest
from apps.core.challenges import CATEGORIES, chosen_categories, known
from apps.journal.asked import NOTHING_ASKED, Asked

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.coping.suggest import Record
    from apps.journal.models import Plan

RESETS = ("S01", "S02", "S03", "S04")  # short enough for the gap between two sessions
OWN_IDEA = ("own", "Something of my own")


class Shelf:
    """The library's strategies and the author's own by slug, and how the forms name them.

    `records` is the author's own record by slug; `sent` are slugs that a page offered before, which stay on offer when
    the challenge changes meanwhile; `always` are codes that are offered whatever the challenge; `asked` says how much
    time there is, and whether others were asked for.
    """

    def __init__(
        self,
        *,
        author: "User",
        categories: Collection[str],
        examples: Collection[str],
        plans: Iterable["Plan"],
        records: Mapping[str, "Record"],
        sent: Iterable[str] = (),
        always: Collection[str] = (),
        asked: Asked = NOTHING_ASKED,
    ):
        self.strategies = list(Strategy.objects.published())
        self.own = OwnStrategy.objects.owned_by(author).by_name()
        on_offer: list[Strategy | OwnStrategy] = [*self.strategies, *self.own]
        self.today = {strategy.slug: strategy.shown for strategy in on_offer}
        self.used = {plan.strategy_key: plan for plan in plans if plan.strategy_key}
        self.always = [strategy.slug for strategy in self.strategies if strategy.code in always]
        self.sent = [slug for slug in sent if slug in self.today]
        chosen = chosen_categories(categories, examples)
        self.given = {  # what the suggestions go by, for the page
            "challenges": [category.name for category in CATEGORIES.values() if category.id in chosen],
            "examples": [example.text for example in known(examples)],
            "minutes": asked.minutes,
            "records": len(records),
            "weights": WEIGHTS,
        }
        self.favourites = Favourite.objects.owned_by(author).slugs()
        self.suggestions = suggest(
            on_offer,
            categories=categories,
            examples=examples,
            minutes=asked.minutes or None,
            records=records,
            favourites=self.favourites,
            others=asked.others,
        )

    @cached_property
    def radios(self) -> list[tuple[str, str]]:
        """The first three suggestions, what was chosen before, all else on offer, and an idea of one's own."""
        suggested = [suggestion.strategy.slug for suggestion in self.suggestions]
        slugs = [*suggested[:FEWEST], *self.used, *suggested, *self.always, *self.sent]
        return [*((slug, self.name(slug)) for slug in dict.fromkeys(slugs)), OWN_IDEA]

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Why each is offered, in words, by slug."""
        times = {slug: f"Takes {self.today[slug].time_needed}" for slug in self.always}
        return times | {s.strategy.slug: in_words(s.reasons) for s in self.suggestions}

    @cached_property
    def library(self) -> list[tuple[str, str | list[tuple[str, str]]]]:
        """Every strategy: one's favourites and one's own first, then the library's by family."""
        marked = [(s.slug, self.today[s.slug].name) for s in self.strategies if s.slug in self.favourites]
        favourites = [("Your favourites", marked)] if marked else []
        own = [("Your own", [(strategy.slug, strategy.name) for strategy in self.own])] if self.own else []
        families = [
            (family.name, [(strategy.slug, self.today[strategy.slug].name) for strategy in strategies])
            for family, strategies in by_family(self.strategies)
        ]
        return [("", "Choose a strategy"), *favourites, *own, *families]

    def name(self, slug: str) -> str:
        """What the strategy is called: as a plan of this reflection has it, else as it is called today."""
        return self.used[slug].strategy_name if slug in self.used else self.today[slug].name

    def ground(self, slug: str) -> dict[str, Any]:
        """What a plan keeps of the strategy it rests on: as one kept it before, else as today."""
        if slug in self.used:
            used = self.used[slug]
            return {"version": used.version, "own_id": used.own_id, "own_name": used.own_name}
        today = self.today.get(slug)
        if isinstance(today, OwnStrategy):
            return {"version": None, "own_id": today.pk, "own_name": today.name}
        return {"version": today, "own_id": None, "own_name": ""}

    def choice(self, plan: "Plan") -> str:
        """How a form names what `plan` rests on; nothing while the plan is empty."""
        return plan.strategy_key or (OWN_IDEA[0] if plan.when or plan.will else "")


def ground_of(*, strategy: str, when: str, will: str, library: str = "") -> str:
    """What a plan rests on, of all that was chosen: the library's list goes first; words alone are one's own idea."""
    if library or (strategy and strategy != OWN_IDEA[0]):
        return library or strategy
    return OWN_IDEA[0] if when or will else ""


def in_words(reasons: Sequence[str]) -> str:
    """Reasons as one line that starts with a capital."""
    line = "; ".join(reasons)
    return line[:1].upper() + line[1:]
