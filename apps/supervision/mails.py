"""The mails about supervision: who, which service, a link; never a word of what is shared."""

import logging
from typing import Any

from apps.accounts.mails import mail
from apps.supervision.models import INVITATION_DAYS, SupervisionLink

logger = logging.getLogger(__name__)


def send_invitation(link: SupervisionLink, token: str) -> bool:
    """Mail the token, which nothing else holds; False where the mail server did not take it."""
    facts = {"practitioner": str(link.practitioner), "token": token, "days": INVITATION_DAYS}
    return sent("supervision_invitation", link.email, facts)


def send_accepted(link: SupervisionLink) -> bool:
    """Tell the practitioner that somebody accepted, and that it counts once they confirm who it is."""
    return sent("supervision_accepted", link.practitioner.email, {})


def sent(name: str, to: str, facts: dict[str, Any]) -> bool:
    """Hand one mail to the mail server. Where that does not answer, what was done before stays done."""
    try:
        mail(name, to, facts).send()
    except OSError as error:  # smtplib's errors are OSErrors too
        logger.error("mail %s not sent: %s", name, type(error).__name__)
        return False
    return True
