"""The audit: one event for each act of consent, chained, and a check that finds what was done to it (decision 0019)."""

from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from apps.core.keyring import CannotOpen
from apps.core.models import Act, AuditEvent, AuditSeal


def record(act: Act, *, by: models.Model | None, other: Any = None, about: models.Model | None = None) -> AuditEvent:
    """Write the event of an act, in the act's own transaction: if it cannot be written, the act does not happen.

        with transaction.atomic():
            summary.take_back(now=now)
            audit.record(Act.SUMMARY_TAKEN_BACK, by=author, other=summary.supervisor_id, about=summary)

    `by` is the person who acts, or None for the service itself (an expiry). `other` is the other person whom it
    concerns, who will see it at "Your account" too: a person, an id, or None while there is no account. `about` is the
    link or the summary. Ids alone are kept. Deleted instances have none: record before deleting.

    Events are written one after another: lock the act's own rows first and record last, so that two acts never wait
    for each other.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an audit event belongs into the transaction of its act")
    seal, _ = AuditSeal.objects.select_for_update().get_or_create(pk=AuditSeal.ONLY)
    number, previous = seal.end
    event = AuditEvent(number=number + 1, previous=previous, at=timezone.now(), act=Act(act))
    event.by, event.other, event.about = (id_of(one) for one in (by, other, about))
    event.hash = event.computed_hash()
    event.save(force_insert=True)
    seal.end = event
    seal.save()
    return event


def id_of(one: Any) -> Any:
    """The id of a row; an id or None as they are. A row that was deleted has no id any more."""
    if not isinstance(one, models.Model):
        return one
    if one.pk is None:
        raise ValueError(f"this {one._meta.label} has no id: record the act before deleting it")
    return one.pk


def problems() -> list[str]:
    """The first thing that is wrong with the chain, as a sentence; nothing when it is whole.

    Acts may go on meanwhile: the seal is read before the events, and again after them.
    """
    try:
        sealed_number, sealed_hash = end()
        last_number, last_hash = 0, ""
        for event in AuditEvent.objects.order_by("number").iterator():
            if wrong := problem_of(event, after=last_number, after_hash=last_hash):
                return [wrong]
            last_number, last_hash = event.number, event.hash
            if last_number == sealed_number and last_hash != sealed_hash:
                return [f"Event {last_number} is not the one that was sealed: the chain was written anew up to it."]
        return list(problems_of_end(last_number, sealed_number))
    except CannotOpen as error:
        return [f"The seal of the chain's end does not open: {error}."]


def end() -> tuple[int, str]:
    """Number and hash of the newest event, as sealed."""
    return (AuditSeal.objects.filter(pk=AuditSeal.ONLY).first() or AuditSeal()).end


def problem_of(event: AuditEvent, *, after: int, after_hash: str) -> str:
    """What is wrong with one event, which comes after the one with that number and hash."""
    if event.number != after + 1:
        return f"Event {after + 1} is missing."
    if event.hash != event.computed_hash():
        return f"Event {event.number} was changed."
    if event.previous != after_hash:
        return f"Event {event.number} does not follow the one before it: events were taken out, put in or reordered."
    return ""


def problems_of_end(last: int, sealed: int) -> Iterator[str]:
    """Whether the chain ends where its seal says."""
    if last < sealed:
        yield f"Event {last + 1} is missing, and all after it: {sealed} were sealed."
    elif last > sealed and last > end()[0]:
        yield f"Event {last} was not sealed: somebody put it in by hand, or took the seal away."
