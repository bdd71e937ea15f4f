"""What a version says, as editors read it, beside what the version before it said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.coping.families import FAMILIES
from apps.coping.library import ALL, FIELD_NAMES, STRENGTHS, StrategyContent
from apps.core.challenges import CATEGORIES, EXAMPLES

ANY_CHALLENGE = "Any challenge"


@dataclass(frozen=True)
class Row:
    """One field, in lines. `before` is None where the field did not change or there is nothing to compare with."""

    label: str
    lines: list[str]
    before: list[str] | None


def compared(content: StrategyContent, before: StrategyContent | None) -> list[Row]:
    """Every field of `content`, with what `before` said where that differs."""
    changed = content.differing_from(before) if before else []
    return [
        Row(
            label=label[:1].upper() + label[1:],
            lines=lines(content, name),
            before=lines(before, name) if before and name in changed else None,
        )
        for name, label in FIELD_NAMES.items()
    ]


def lines(content: StrategyContent, name: str) -> list[str]:
    """One field in words; keys that are in no content file any more stand as they are."""
    value = getattr(content, name)
    return [in_words(name, item) for item in (value if isinstance(value, list) else [value])]


def in_words(name: str, item: Any) -> str:
    """One item of a field in words."""
    return IN_WORDS.get(name, str)(item)


def name_in(known: dict[str, Any], key: str) -> str:
    """The name behind a key."""
    return known[key].name if key in known else key


IN_WORDS: dict[str, Callable[[Any], str]] = {
    "family": lambda key: name_in(FAMILIES, key),
    "strength": lambda key: name_in(STRENGTHS, key),
    "fits": lambda key: ANY_CHALLENGE if key == ALL else name_in(CATEGORIES, key),
    "answers": lambda key: EXAMPLES[key].text if key in EXAMPLES else key,
    "sources": lambda source: f"{source['key']}: {source['says']}",
    "urgent": lambda flag: "Yes" if flag else "No",
}
