"""The pages of the three phases.

Nothing is required of a draft: a phase form only refuses what cannot be kept (too long, unknown, more than three).
What completing asks for lives in `apps.journal.completing`. `stored()` is what the reflection holds, in the shape that
`cleaned_data` has, so that a save against an older version can be compared field by field.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from apps.journal.asked import NOTHING_ASKED, Asked
from apps.journal.models import Reflection

if TYPE_CHECKING:
    from apps.accounts.models import User


def version_in(data: Mapping[str, Any]) -> int:
    """The version that the browser sent; -1, which never was, for anything else."""
    sent = str(data.get("version", ""))
    return int(sent) if sent.isdecimal() and sent.isascii() and len(sent) < 10 else -1


class PhaseForm(forms.Form):
    """What the phase pages share: the version a save is made against, and what is stored to compare with."""

    phases: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()  # fields kept in columns of the same name

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, reflection: Reflection, author: "User", asked: Asked = NOTHING_ASKED):
        self.reflection = reflection
        self.author = author
        self.asked = asked
        super().__init__(data, initial={"version": reflection.version})
        self.add_fields()
        self.initial |= self.stored()

    def add_fields(self) -> None:
        """Add the fields that depend on the reflection."""

    def stored(self) -> dict[str, Any]:
        """What the reflection holds now, by field name."""
        return {name: getattr(self.reflection, name) for name in self.columns}

    def write_to(self, reflection: Reflection, *, finished: bool) -> None:
        """Put what was typed into the locked `reflection` and the rows that belong to it."""
        for name in self.columns:
            setattr(reflection, name, self.cleaned_data[name])

    @property
    def against(self) -> int:
        """The version this page was made from; -1, which never was, when the browser sent none."""
        return version_in(self.data)

    def sent(self, name: str) -> list[str]:
        """Every value the browser sent under `name`."""
        return self.data.getlist(name) if self.is_bound else []
