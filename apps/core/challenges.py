"""The twelve work-challenge categories and their examples: `content/challenges.toml`.

Only the phase is the published model's; categories and examples are ours.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from apps.core.reviewed import ContentError, Table, read_by_id
from apps.core.sources import SOURCES

CHALLENGES_FILE = Path(__file__).parent / "content" / "challenges.toml"


class Locus(StrEnum):
    """Where the cause of an example mostly lies."""

    CLIENT = "C"
    SELF = "S"
    ORGANISATION = "O"

    @property
    def place(self) -> str:
        """Where that is, in words."""
        return {"C": "In work with clients", "S": "In me", "O": "In how the work is organised"}[self.value]


@dataclass(frozen=True)
class Example:
    """One example within a category. `live`: a risk or an incident may still be open."""

    key: str
    category: str  # its category's id
    text: str
    locus: Locus
    live: bool


@dataclass(frozen=True)
class Category:
    """One kind of work challenge."""

    id: str
    name: str
    summary: str
    sources: tuple[str, ...]
    examples: tuple[Example, ...]


def read_categories(path: Path = CHALLENGES_FILE) -> dict[str, Category]:
    """Every category by its id, in the order of the file. Raises ContentError."""
    categories = read_by_id(path, "category", read_category)
    keys = [example.key for category in categories.values() for example in category.examples]
    for key in keys:
        if keys.count(key) > 1:
            raise ContentError(f"{path.name}: the example “{key}” is there twice")
    return categories


def read_category(table: Table) -> Category:
    """One category. Raises ContentError."""
    category_id = table.text("id")
    category = Category(
        id=category_id,
        name=table.text("name"),
        summary=table.text("summary"),
        sources=table.some_of("sources", SOURCES),
        examples=tuple(read_example(example, category_id) for example in table.tables("examples")),
    )
    table.finish()
    return category


def read_example(table: Table, category: str) -> Example:
    """One example. Raises ContentError."""
    example = Example(
        key=table.text("key"),
        category=category,
        text=table.text("text"),
        locus=Locus(table.one_of("locus", [locus.value for locus in Locus])),
        live=table.flag("live"),
    )
    table.finish()
    return example


CATEGORIES = read_categories()
EXAMPLES = {example.key: example for category in CATEGORIES.values() for example in category.examples}
ORGANISATIONAL = {  # the categories in which every example is the organisation's
    category.id
    for category in CATEGORIES.values()
    if all(example.locus is Locus.ORGANISATION for example in category.examples)
}
BITS: dict[str, int] = {  # a bit for each locus and each category, by the number in its id: they lie in the database
    **{locus: 1 << number for number, locus in enumerate(Locus)},
    **{key: 1 << len(Locus) + int(key[1:]) - 1 for key in CATEGORIES},
}
LIVE = {  # the categories in which every example may be a risk or an incident that is still open
    category.id for category in CATEGORIES.values() if all(example.live for example in category.examples)
}


def known(examples: Iterable[str]) -> list[Example]:
    """The examples with these keys. Keys that are not there any more are left out, not an error."""
    return [EXAMPLES[key] for key in examples if key in EXAMPLES]


def organisational(examples: Iterable[str], categories: Iterable[str] = ()) -> frozenset[str]:
    """The ids of the categories where the organisation is a cause.

    Either one of these examples is the organisation's, or the category is chosen and every example of it is.
    """
    named = {example.category for example in known(examples) if example.locus is Locus.ORGANISATION}
    return frozenset(named | (set(categories) & ORGANISATIONAL))


def loci(examples: Iterable[str], categories: Iterable[str] = ()) -> frozenset[Locus]:
    """Where the causes lie: of each of these examples, and of a category in which all examples have one locus."""
    found = {example.locus for example in known(examples)}
    for category in categories:
        of_all = {example.locus for example in CATEGORIES[category].examples} if category in CATEGORIES else set()
        found |= of_all if len(of_all) == 1 else set()
    return frozenset(found)


def bits_of(chosen: Collection[tuple[str, str]]) -> int:
    """What came up in these (category, example) pairs as one whole number, which SQL can count: a sum of BITS."""
    categories, examples = {category for category, _ in chosen}, {example for _, example in chosen if example}
    return sum(BITS[one] for one in {*loci(examples, categories), *categories & CATEGORIES.keys()})


@cache
def named_by(bits: int) -> tuple[str, ...]:
    """The loci and the ids of categories in a sum of BITS."""
    return tuple(name for name, bit in BITS.items() if bits & bit)


def has_organisational(examples: Iterable[str], categories: Iterable[str] = ()) -> bool:
    """Whether the organisation is a cause: of one of these examples, or of every example of one of these categories."""
    return bool(organisational(examples, categories))


def live(examples: Iterable[str], categories: Iterable[str] = ()) -> frozenset[str]:
    """The keys of the examples in which a risk or an incident may still be open.

    These are the live ones of those chosen; and where a category was chosen, none of its examples was, and each of them
    is live, all of that category: nobody has said yet which it is.
    """
    named = known(examples)
    vague = set(categories) & LIVE - {example.category for example in named}
    named += [example for category in vague for example in CATEGORIES[category].examples]
    return frozenset(example.key for example in named if example.live)


def has_live(examples: Iterable[str], categories: Iterable[str] = ()) -> bool:
    """Whether a risk or an incident may still be open, by the examples and categories chosen."""
    return bool(live(examples, categories))


def chosen_categories(categories: Iterable[str], examples: Iterable[str]) -> frozenset[str]:
    """The ids of the categories chosen, with those of the examples chosen."""
    return frozenset(categories) | {example.category for example in known(examples)}
