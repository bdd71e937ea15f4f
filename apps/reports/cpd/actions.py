"""What people do with their CPD statements, each in one transaction that a second press waits for."""

import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction

from apps.reports.actions import as_asked, send_next_after_commit, standing_or_new
from apps.reports.cpd.models import CpdStatement, OutOfDate
from apps.reports.models import Report

if TYPE_CHECKING:
    from apps.accounts.models import User


@transaction.atomic
def write_statement(*, by: "User", page_key: uuid.UUID, says: dict[str, Any]) -> CpdStatement:
    """The statement of `by` that says this, made once however often the page with `page_key` is sent.

    The same page with other words on it (the browser's Back button leads there) makes another.
    """
    get_user_model().objects.select_for_update().get(pk=by.pk)
    for made in CpdStatement.objects.owned_by(by).filter(page_key=page_key):
        if made.says == says:
            return made
    return CpdStatement.objects.create(author=by, page_key=page_key, **says)


@transaction.atomic
def change_statement(*, by: "User", pk: uuid.UUID, against: int, says: dict[str, Any]) -> None:
    """Let a statement of `by` say this from now on. A report still to be made was asked for of other words: it goes.

    Raises OutOfDate if the statement changed, or went, since version `against`.
    """
    statement = locked_statement(by, pk)
    if statement.change(says, against=against):
        Report.objects.owned_by(by).filter(statement=statement).exclude(state=Report.State.READY).delete()
        send_next_after_commit(by)


@transaction.atomic
def delete_statement(*, by: "User", pk: uuid.UUID) -> None:
    """Delete a statement of `by` for good, with what was made of it; nothing is left to do where it is gone."""
    with suppress(OutOfDate):
        locked_statement(by, pk).delete()


@transaction.atomic
def ask_for_statement(
    *, by: "User", pk: uuid.UUID, seen: int, sections: tuple[str, ...] = (), large: bool = False
) -> Report:
    """The report of a statement of `by`: one on its way, one still kept of the same words, or a new one.

    `sections`: the parts in it, if not all.
    Raises OutOfDate if the statement changed, or went, since `by` saw this version of it.
    """
    statement = locked_statement(by, pk)
    if statement.version != seen:
        raise OutOfDate
    asked = as_asked(sections=sections, large=large)
    mine = Report.objects.owned_by(by).filter(statement=statement, fingerprint=asked["fingerprint"])
    return standing_or_new(mine, by=by, kind=Report.Kind.CPD, statement=statement, version=seen, **asked)


def locked_statement(by: "User", pk: uuid.UUID) -> CpdStatement:
    """A statement of `by`, held until the transaction ends. Raises OutOfDate if it is gone."""
    statement = CpdStatement.objects.owned_by(by).select_for_update().filter(pk=pk).first()
    if statement is None:
        raise OutOfDate
    return statement
