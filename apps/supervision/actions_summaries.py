"""What is done with summaries. Locks are taken in one order, the link before its summaries, so no two acts can meet."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.supervision.agreement import VERSION, agreed_to
from apps.supervision.audit import record
from apps.supervision.models import (
    MOST_DAYS,
    USUAL_DAYS,
    OutOfDate,
    Receipt,
    SharedSummary,
    SummaryCopy,
    SummarySource,
    SupervisionLink,
)
from apps.supervision.snapshot import Snapshot

if TYPE_CHECKING:
    from apps.accounts.models import User


class NotYet(Exception):
    """The draft cannot be shared as it stands; the text is a sentence that says why and what to do."""


@transaction.atomic
def start_summary(
    *,
    by: "User",
    link: SupervisionLink,
    snapshot: Snapshot,
    sources: Iterable[tuple[UUID, int]],
    today: date,
    kind: str = SharedSummary.Kind.REFLECTION,
) -> SharedSummary:
    """A draft for the supervisor of `link`, of words copied from `by`'s own reflections: their ids and versions."""
    draft = SharedSummary.objects.create(
        author=by, link=link, kind=kind, words=snapshot.as_text(), expires_on=today + timedelta(days=USUAL_DAYS)
    )
    SummarySource.objects.bulk_create(
        SummarySource(summary=draft, position=position, reflection=pk, version=version)
        for position, (pk, version) in enumerate(sources, start=1)
    )
    return draft


@transaction.atomic
def discard_draft(*, by: "User", pk: UUID) -> None:
    """Delete a draft, which nobody else has seen. Raises SharedSummary.DoesNotExist: it may be shared by now."""
    SharedSummary.objects.owned_by(by).drafts().select_for_update(of=("self",)).get(pk=pk).delete()


@transaction.atomic
def share_summary(*, by: "User", pk: UUID, seen: int, now: datetime) -> SharedSummary:
    """Let its reader read the draft as its author saw it at version `seen`, and agreed to.

    Raises SharedSummary.DoesNotExist, OutOfDate if it was saved since, NotYet if something is still to do.
    """
    draft = SharedSummary.objects.owned_by(by).drafts().get(pk=pk)
    link = SupervisionLink.objects.owned_by(by).live().select_for_update(of=("self",)).filter(pk=draft.link_id).first()
    summary = SharedSummary.objects.owned_by(by).drafts().select_for_update(of=("self",)).get(pk=pk)
    if summary.version != seen or summary.link_id != draft.link_id:
        raise OutOfDate
    hold_to(summary, live=link is not None, today=timezone.localdate(now))
    summary.share(agreement="\n".join(agreed_to(summary)), agreement_version=VERSION, now=now)
    record("summary_shared", by=by, target=summary)
    return summary


def hold_to(summary: SharedSummary, *, live: bool, today: date) -> None:
    """Raise NotYet unless the draft says something, to a `live` supervisor, for a time that is allowed, all decided."""
    if not live:
        raise NotYet("This person is not your supervisor here any more. Choose somebody else")
    if not summary.snapshot.said().parts:
        raise NotYet("There is nothing in this summary. Write at least one part")
    if summary.snapshot.undecided():
        raise NotYet("Look at what may identify someone, then change it or tick that it does not")
    if not today <= summary.expires_on <= today + timedelta(days=MOST_DAYS):
        raise NotYet("The last day has passed. Say again for how many days they can read it")


@transaction.atomic
def take_back(*, by: "User", pk: UUID, now: datetime) -> None:
    """End what `by` shared, and erase its words. Raises WrongState unless it can still be read."""
    summary = SharedSummary.objects.owned_by(by).select_for_update(of=("self",)).get(pk=pk)
    summary.end(SharedSummary.Ending.TAKEN_BACK, now=now)
    record("summary_taken_back", by=by, target=summary)


@transaction.atomic
def forbid_print(*, by: "User", pk: UUID) -> None:
    """No longer let the reader print or keep it, at once: the PDF made for them is erased."""
    summary = SharedSummary.objects.owned_by(by).shared().get(pk=pk)
    if summary.forbid_print():
        record("summary_print_forbidden", by=by, target=summary)


@transaction.atomic
def shorten_summary(*, by: "User", pk: UUID, days: int, now: datetime) -> bool:
    """Let it be read until the end of the day in `days` days and no longer. False where that is not sooner."""
    summary, today = SharedSummary.objects.owned_by(by).shared().get(pk=pk), timezone.localdate(now)
    shortened = summary.shorten(today + timedelta(days=days), today=today)
    if shortened:
        record("summary_shortened", by=by, target=summary)
    return shortened


@transaction.atomic
def open_summary(*, by: "User", pk: UUID, now: datetime) -> tuple[SharedSummary, Snapshot]:
    """What `by` may read, with the receipt kept that they did. Raises SharedSummary.DoesNotExist."""
    summary = SharedSummary.objects.readable_by(by, now=now).select_for_update(of=("self",)).get(pk=pk)
    said = summary.open(how=Receipt.How.PAGE, now=now)
    record("summary_opened", by=by, target=summary)
    return summary, said


@transaction.atomic
def copy_summary(*, by: "User", pk: UUID, now: datetime) -> tuple[SharedSummary, SummaryCopy]:
    """The locked summary that `by` may keep, and its copy, to be made into a PDF. Raises SharedSummary.DoesNotExist."""
    summary = SharedSummary.objects.keepable_by(by, now=now).select_for_update(of=("self",)).get(pk=pk)
    copy, _ = SummaryCopy.objects.get_or_create(summary=summary)
    return summary, copy


@transaction.atomic
def download_summary(*, by: "User", copy: UUID, now: datetime) -> None:
    """Keep the receipt that `by` downloads the PDF of what they may keep. Raises SharedSummary.DoesNotExist."""
    summary = SharedSummary.objects.keepable_by(by, now=now).select_for_update(of=("self",)).get(copy=copy)
    summary.open(how=Receipt.How.PDF, now=now)
    record("summary_downloaded", by=by, target=summary)


@transaction.atomic
def answer_summary(
    *, by: "User", pk: UUID, seen: int, text: str, discussed: bool, now: datetime, items: frozenset[int] | None = None
) -> None:
    """Keep what the reader answers, while they may read it, in the place of their answer number `seen`.

    `items`: of an agenda, the positions of what was discussed.
    Raises SharedSummary.DoesNotExist, and OutOfDate if they saved another answer since.
    """
    summary = SharedSummary.objects.readable_by(by, now=now).select_for_update(of=("self",)).get(pk=pk)
    if summary.answer_version != seen:
        raise OutOfDate
    newly_discussed = discussed and summary.discussed_at is None
    summary.keep_answer(text, discussed=discussed, items=items, now=now)
    record("summary_answered", by=by, target=summary)
    if newly_discussed:
        record("summary_discussed", by=by, target=summary)


@transaction.atomic
def erase_expired(*, now: datetime) -> int:
    """Erase the words of summaries whose day has passed; how many there were. Nobody could read them since."""
    rows = SharedSummary.objects.expired(now=now).without_words().select_related("link")
    expired = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for summary in expired:
        summary.end(SharedSummary.Ending.EXPIRED, now=now)
        record("summary_expired", by=None, target=summary)
    return len(expired)


def end_all_under(link: SupervisionLink, *, by: "User | None", now: datetime) -> None:
    """End what is shared under a locked link that ends, in the caller's transaction."""
    standing = SharedSummary.objects.shared().filter(link=link, ended_at=None).without_words().select_related("link")
    for summary in standing.select_for_update(of=("self",)).order_by("pk"):
        summary.end(SharedSummary.Ending.LINK_ENDED, now=now)
        record("summary_ended", by=by, target=summary)


def hold_all_under(links: list[SupervisionLink]) -> None:
    """Lock what several links hold before the first is ended: the audit, which all acts wait for, is locked last."""
    held = SharedSummary.objects.shared().filter(link__in=links, ended_at=None).without_words()
    list(held.select_for_update(of=("self",)).order_by("pk"))
