"""What makes, confirms and ends the tie between a practitioner and a supervisor."""

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from apps.accounts.models import Invitation, hashed
from apps.accounts.models import User as Person
from apps.supervision.actions_summaries import end_all_under, hold_all_under
from apps.supervision.audit import record
from apps.supervision.models import MOST_A_DAY, MOST_OPEN, SharedSummary, SupervisionLink, WrongState
from apps.supervision.models.link import runs_out

if TYPE_CHECKING:
    from apps.accounts.models import User


class NotInvited(Exception):
    """The invitation was not made; the text is a sentence that says why and what to do."""


@transaction.atomic
def invite_supervisor(*, by: "User", email: str, now: datetime) -> tuple[SupervisionLink, str]:
    """Invite whoever holds `email`: the link, and the token for the mail, which nobody can read again.

    An open invitation to the same address is replaced. The token is leave to sign up with that address too, whether
    or not it has an account: so nothing here tells which. Raises NotInvited.
    """
    Person.objects.select_for_update().get(pk=by.pk)  # two presses at once are counted one after the other
    email, mine = email.strip().lower(), SupervisionLink.objects.owned_by(by)
    if email == by.email or EmailAddress.objects.filter(user=by, email__iexact=email).exists():
        raise NotInvited("Enter the email address of somebody else: nobody supervises themselves")
    standing = list(mine.standing().filter(email=email).select_for_update(of=("self",)).order_by("pk"))
    if any(link.accepted_at for link in standing):
        raise NotInvited("This person has accepted already. You find them on this page")
    for replaced in standing:
        close(replaced, now=now)
        record("supervision_ended", by=by, target=replaced)
    if mine.unanswered(now=now).count() >= MOST_OPEN:
        raise NotInvited(f"You have {MOST_OPEN} open invitations, the most at one time. Withdraw one first")
    if mine.filter(invited_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise NotInvited(f"You have sent {MOST_A_DAY} invitations since yesterday. Try again tomorrow")
    token = secrets.token_urlsafe(32)
    link = SupervisionLink.objects.create(
        practitioner=by, email=email, token_hash=hashed(token), invited_at=now, expires_at=runs_out(now)
    )
    Invitation.objects.let_in(email, by=by, token=token, until=link.expires_at)
    record("supervisor_invited", by=by, target=link)
    return link, token


def accept_invitation(*, by: "User", token: str, is_line_manager: bool, now: datetime) -> SupervisionLink:
    """Become the supervisor of whoever sent `token` to an address of `by`'s. It counts once they confirm it.

    Raises WrongState if the invitation is not theirs, was answered or has run out, if they supervise them already, or
    if they closed their account a moment ago.
    """
    try:
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=by.pk)  # first, as closing the account does
            link = offered(by, token, now)
            link.accept(by, is_line_manager=is_line_manager, now=now)
            Invitation.objects.withdraw(link.email, by=link.practitioner)
            record("supervision_accepted", by=by, target=link)
    except (IntegrityError, Person.DoesNotExist):  # the first where they were invited twice, at two addresses
        raise WrongState from None
    return link


@transaction.atomic
def decline_invitation(*, by: "User", token: str, now: datetime) -> None:
    """Say no, which ends the invitation. Raises WrongState as accepting does."""
    link = offered(by, token, now)
    close(link, now=now)
    record("supervision_declined", by=by, target=link)


def wants_account(token: str, *, now: datetime) -> bool:
    """Whether `token` opens an invitation for somebody who has no account yet. Only who reads their mail holds it."""
    link = SupervisionLink.objects.unanswered(now=now).filter(token_hash=hashed(token)).first()
    return link is not None and not (
        Person.objects.filter(email=link.email).exists()
        or EmailAddress.objects.filter(email__iexact=link.email).exists()
    )


def offered(by: "User", token: str, now: datetime) -> SupervisionLink:
    """The invitation behind the link in `by`'s mail. Raises WrongState."""
    link = SupervisionLink.objects.offered_to(by, token=token, now=now).select_for_update(of=("self",)).first()
    if link is None:
        raise WrongState
    return link


@transaction.atomic
def confirm_supervisor(*, by: "User", link: SupervisionLink, now: datetime) -> None:
    """Say that the right person accepted: from now on summaries can be shared. Raises WrongState."""
    held = SupervisionLink.objects.owned_by(by).select_for_update(of=("self",)).get(pk=link.pk)
    held.confirm(now=now)
    record("supervision_confirmed", by=by, target=held)


@transaction.atomic
def end_supervision(*, by: "User", link: SupervisionLink, now: datetime) -> None:
    """End the link, from either side, and with it all that was shared under it. Raises WrongState if it has ended."""
    held = SupervisionLink.objects.joining(by).select_for_update(of=("self",)).filter(pk=link.pk).first()
    if held is None:
        raise WrongState
    end_link(held, by=by, now=now)


def end_link(link: SupervisionLink, *, by: "User | None", now: datetime) -> None:
    """End a locked link, and with it all that is shared under it. Raises WrongState if it has ended."""
    close(link, now=now)
    end_all_under(link, by=by, now=now)
    record("supervision_ended", by=by, target=link)


def close(link: SupervisionLink, *, now: datetime) -> None:
    """End a locked link, and the leave to sign up that its invitation gave. Raises WrongState if it has ended."""
    link.end(now=now)
    Invitation.objects.withdraw(link.email, by=link.practitioner)


@transaction.atomic
def end_links_of(person: "User", *, by: "User | None", now: datetime) -> int:
    """End every link on either side of somebody who is deactivated or leaves, for good; how many there were."""
    links = list(SupervisionLink.objects.joining(person).select_for_update(of=("self",)).order_by("pk"))
    hold_all_under(links)
    for link in links:
        end_link(link, by=by, now=now)
    return len(links)


@transaction.atomic
def leave_supervision(*, by: "User", now: datetime) -> None:
    """End every link of somebody who closes their account, decline what they were asked, and forget who they were.

    All of it is locked before the first event is recorded. Only an address that they proved is theirs to answer for.
    """
    links = list(SupervisionLink.objects.naming(by).select_for_update(of=("self",)).order_by("pk"))
    summaries = SharedSummary.objects.shared().filter(link__in=links).defer("words", "answer")
    shown = list(summaries.select_for_update(of=("self",)).order_by("pk"))
    end_links_of(by, by=by, now=now)
    for asked in SupervisionLink.objects.naming(by).standing().order_by("pk"):
        asked.end(now=now)
        record("supervision_declined", by=by, target=asked)
    SupervisionLink.objects.naming(by).update(email="")
    for summary in shown:
        if summary.author_id != by.pk:
            summary.forget_reader()


@transaction.atomic
def end_broken_links(*, now: datetime) -> int:
    """End the links of people who cannot sign in any more: the net under `end_links_of`."""
    links = list(SupervisionLink.objects.broken().select_for_update(of=("self",)).order_by("pk"))
    hold_all_under(links)
    for link in links:
        end_link(link, by=None, now=now)
    return len(links)
