"""The one place through which this app's acts reach the audit, with whom of the two they concern."""

from typing import TYPE_CHECKING

from apps.core import audit
from apps.core.models import Act
from apps.supervision.models import SharedSummary, SupervisionLink

if TYPE_CHECKING:
    from apps.accounts.models import User


def record(act: str, *, by: "User | None", target: SupervisionLink | SharedSummary) -> None:
    """Keep that `by` (None: the clock) did `act` to `target`. The other one is whoever of its two did not act."""
    link = target.link if isinstance(target, SharedSummary) else target
    by_practitioner = by is not None and by.pk == link.practitioner_id
    audit.record(Act(act), by=by, other=link.supervisor_id if by_practitioner else link.practitioner_id, about=target)
