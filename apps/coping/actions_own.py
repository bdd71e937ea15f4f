"""What people do with strategies of their own, each in one transaction that a second press waits for."""

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction

from apps.coping.models import MOST_OWN, OutOfDate, OwnStrategy, SuggestedStrategy

if TYPE_CHECKING:
    from apps.accounts.models import User


class TooMany(Exception):
    """There are as many strategies of one's own already as one page can hold."""


@transaction.atomic
def write_own(*, by: "User", page_key: uuid.UUID, says: dict[str, Any]) -> OwnStrategy:
    """The strategy of `by` that says this, made once however often the page with `page_key` is sent.

    The same page with other words on it (the browser's Back button leads there) makes another. Raises TooMany.
    """
    get_user_model().objects.select_for_update().get(pk=by.pk)
    own = OwnStrategy.objects.owned_by(by)
    for made in own.filter(page_key=page_key):
        if made.says == says:
            return made
    if own.count() >= MOST_OWN:
        raise TooMany
    return OwnStrategy.objects.create(owner=by, page_key=page_key, **says)


@transaction.atomic
def change_own(*, by: "User", pk: uuid.UUID, against: int, says: dict[str, Any]) -> None:
    """Let a strategy of `by` say this from now on. Raises OutOfDate if it changed, or went, since version `against`."""
    locked_own(by, pk).change(says, against=against)


@transaction.atomic
def suggest_own(*, by: "User", pk: uuid.UUID, seen: int) -> SuggestedStrategy:
    """Send the editors a copy of what `by` has `seen`, a version. The same words are sent once while they wait.

    Raises OutOfDate if it changed, or went, since: only words that were shown are sent.
    """
    own = locked_own(by, pk)
    if own.version != seen:
        raise OutOfDate
    for sent in SuggestedStrategy.objects.owned_by(by).waiting():
        if sent.says == own.says:
            return sent
    return SuggestedStrategy.objects.create(author=by, **own.says)


def locked_own(by: "User", pk: uuid.UUID) -> OwnStrategy:
    """A strategy of `by`, held until the transaction ends. Raises OutOfDate if it is gone."""
    own = OwnStrategy.objects.owned_by(by).select_for_update().filter(pk=pk).first()
    if own is None:
        raise OutOfDate
    return own
