"""When a phase was saved elsewhere since its page was opened: both texts, and the author's choice between them.

A clash is shown beside the form, which still holds what its author typed. Each clash has a question, `keep-<field>`,
answered "mine", "saved" or (for texts) "both"; the next save applies the answers. Nothing is decided for the author:
unanswered, a text keeps both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import Field
from django.http import QueryDict

from apps.journal.fields import Words
from apps.journal.forms import PhaseForm

KEEP = "keep-"


@dataclass(frozen=True)
class Clash:
    """One question whose answer on the page differs from the one that is stored."""

    name: str
    label: str
    mine: str
    saved: str
    is_text: bool


def clashes(form: PhaseForm) -> list[Clash]:
    """Where the valid, bound `form` differs from what is stored."""
    stored = form.stored()
    return [
        Clash(name, str(field.label), shown(field, mine), shown(field, saved), isinstance(field, Words))
        for name, field in form.fields.items()
        if name != "version"
        and comparable(mine := form.cleaned_data.get(name)) != comparable(saved := stored.get(name))
    ]


def comparable(value: Any) -> Any:
    """`value` such that the order of ticks, and the ways of saying nothing, make no difference."""
    if isinstance(value, list):
        return frozenset(map(str, value)) or None
    return None if value in (None, "") else str(value)


def shown(field: Field, value: Any) -> str:
    """`value` in the words of its choices."""
    values = value if isinstance(value, list) else [value]
    names = {str(key): str(name) for key, name in getattr(field, "choices", [])} if not isinstance(field, Words) else {}
    return "; ".join(names.get(str(item), str(item)) for item in values if item not in (None, ""))


def settled(data: QueryDict, form: PhaseForm) -> QueryDict:
    """What the browser sent with the author's choices applied; `form` is unbound and holds what is stored."""
    answers = {name.removeprefix(KEEP): choice for name, choice in data.items() if name.startswith(KEEP)}
    data = data.copy()
    for name, choice in answers.items():
        if name not in form.initial or name == "version":
            continue
        saved = form.initial[name]
        if choice == "saved":
            data.setlist(name, as_sent(saved))
        elif choice == "both" and saved and isinstance(form.fields[name], Words):
            data[name] = "\n\n".join(text for text in (saved, data.get(name, "")) if text)
    return data


def as_sent(value: Any) -> list[str]:
    """`value` as a browser would send it."""
    items: Iterable[Any] = value if isinstance(value, list) else [value]
    return [str(item) for item in items if item is not None]
