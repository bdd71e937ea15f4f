"""A supervisor for the demonstration practitioner: they found each other, and an agenda is shared between them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from apps.supervision import actions, actions_summaries, drafting
from apps.supervision.models import SharedSummary, SupervisionLink
from apps.supervision.snapshot import Part, Snapshot

if TYPE_CHECKING:
    from apps.accounts.models import User

ASKED = "I would like to think about what I can say no to, and how. I have ten minutes for it."


def write_sharing(*, author: "User", supervisor: "User", now: datetime) -> None:
    """Make the two a pair and share an agenda, unless they are one already."""
    if SupervisionLink.objects.owned_by(author).standing().exists():
        return
    _, token = actions.invite_supervisor(by=author, email=supervisor.email, now=now)
    link = actions.accept_invitation(by=supervisor, token=token, is_line_manager=False, now=now)
    actions.confirm_supervisor(by=author, link=link, now=now)
    offered = drafting.choices_for_agenda(author, without=())[:2]
    material = drafting.gather_agenda(author, [choice.pk for choice in offered])
    ask = Part(drafting.ASK.key, drafting.ASK.label, ASKED)
    draft = actions_summaries.start_summary(
        by=author,
        link=link,
        kind=SharedSummary.Kind.AGENDA,
        sources=material.sources,
        snapshot=Snapshot((ask, *material.parts)),
        today=timezone.localdate(now),
    )
    actions_summaries.share_summary(by=author, pk=draft.pk, seen=draft.version, now=now)
