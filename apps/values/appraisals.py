"""The eleven appraisals of phase 2, other ways to read a challenge: `content/appraisals.toml`.

The published model links appraising with values; which appraisals there are is ours.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from apps.core.challenges import CATEGORIES, chosen_categories, has_live, has_organisational
from apps.core.reviewed import Table, read_by_id
from apps.core.sources import SOURCES

APPRAISALS_FILE = Path(__file__).parent / "content" / "appraisals.toml"
NO_VALUE_YET = "a value that matters to you"
MOST_OFFERED = 3


@dataclass(frozen=True)
class Appraisal:
    """One way to read a challenge in the light of a value."""

    id: str
    label: str
    wording: str
    watch_out: str
    fits: tuple[str, ...]
    sources: tuple[str, ...]
    for_organisation: bool
    skip_when_live: bool

    def prompt(self, value: str = "") -> str:
        """The question, with the value's name in it."""
        name = f"“{value}”" if value else NO_VALUE_YET
        return self.wording.replace("{value}", name)


def read_appraisals(path: Path = APPRAISALS_FILE) -> dict[str, Appraisal]:
    """Every appraisal by its id, in the order of the file. Raises ContentError."""
    return read_by_id(path, "appraisal", read_appraisal)


def read_appraisal(table: Table) -> Appraisal:
    """One appraisal. Raises ContentError."""
    appraisal = Appraisal(
        id=table.text("id"),
        label=table.text("label"),
        wording=table.text("prompt"),
        watch_out=table.text("watch_out"),
        fits=table.some_of("fits", CATEGORIES),
        sources=table.some_of("sources", SOURCES),
        for_organisation=table.flag("for_organisation"),
        skip_when_live=table.flag("skip_when_live"),
    )
    table.finish()
    return appraisal


APPRAISALS = read_appraisals()


def offer(categories: Collection[str], examples: Collection[str]) -> tuple[Appraisal, ...]:
    """Two or three appraisals that fit the challenge chosen.

    Those that fit more of the chosen categories come first, ties in the order of the file; with nothing chosen, all
    fit. Where the cause lies in the organisation, up to two that name it lead, so that letting things be (A4) is never
    the only answer. While a risk or an incident may be open, those that look away from it are left out.
    """
    chosen = chosen_categories(categories, examples)
    live = has_live(examples)
    fitting = [
        appraisal
        for appraisal in APPRAISALS.values()
        if (not chosen or chosen & set(appraisal.fits)) and not (live and appraisal.skip_when_live)
    ]
    ranked = sorted(fitting, key=lambda appraisal: -len(chosen & set(appraisal.fits)))
    if has_organisational(examples, chosen):
        leading = [appraisal for appraisal in ranked if appraisal.for_organisation][:2]
        ranked = leading + [appraisal for appraisal in ranked if appraisal not in leading]
    return tuple(ranked[:MOST_OFFERED])
