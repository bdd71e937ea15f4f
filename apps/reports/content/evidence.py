"""The evidence page on paper: counts by week of how the work is organised, and not a word of anybody's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from apps.insights.gather import gather_evidence
from apps.insights.gather.evidence import Evidence
from apps.reports.content.checking import Asked, Holds, NotThere, Part, Text, number_of
from apps.reports.content.period import days
from apps.reports.figures import EVIDENCE_SECTIONS, evidence_of
from apps.reports.states import Tell, quietly

if TYPE_CHECKING:
    from apps.accounts.models import User


@dataclass(frozen=True)
class EvidenceContent:
    """What goes into it."""

    sections: tuple[str, ...]
    evidence: Evidence
    large: bool
    template: ClassVar[str] = "reports/print/evidence.html"
    version: ClassVar[int] = 1
    is_long: ClassVar[bool] = False
    holds: ClassVar[Holds] = Holds()

    def on_paper(self) -> dict[str, Any]:
        """What the template draws; nobody wrote a word of it."""
        sections = evidence_of(self.evidence, self.sections)
        return {"days": days(self.evidence.first, self.evidence.last), "sections": sections}

    def parts(self) -> list[Part]:
        """Of kinds of challenge and weeks, what was chosen."""
        kinds = tuple(f"{kind.name}: {kind.times}" for kind in self.evidence.kinds)
        counted = number_of(self.evidence.reflections, "reflection")
        weeks = f"{len(self.evidence.weeks_with_some)} of {len(self.evidence.weeks)} weeks"
        held = {
            "kinds": Part(EVIDENCE_SECTIONS["kinds"], f"counts from {counted}", kinds),
            "weeks": Part(EVIDENCE_SECTIONS["weeks"], f"reflections in {weeks}"),
        }
        return [held[key] for key in self.sections]

    def texts(self) -> Iterator[Text]:
        """None: it holds nothing that anybody wrote."""
        return iter(())


def gather(author: "User", asked: Asked, _tell: Tell = quietly) -> EvidenceContent:
    """Everything the evidence page says. Raises NotThere where there is nothing to count."""
    evidence = gather_evidence(author, today=date.fromisoformat(asked["last"]), weeks=asked["weeks"])
    if not evidence.reflections:
        raise NotThere
    sections = tuple(key for key in EVIDENCE_SECTIONS if key in asked["sections"])
    return EvidenceContent(sections, evidence, asked["large"])


def title(asked: Asked) -> str:
    """What its author knows it by."""
    return f"Evidence page, {asked['weeks']} weeks to {date.fromisoformat(asked['last']):%-d %B %Y}"
