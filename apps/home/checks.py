"""What Keel says at its start about the file behind "Need support now"."""

import logging
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.utils import timezone

from apps.core.reviewed import ContentError
from apps.home.support import NOT_SERVED_UNDATED, read_support

logger = logging.getLogger(__name__)

CHECK_AGAIN = "Call or look up each line, mend what changed, then set last_checked to that day and start Keel again."
FILL_IN = "Write in `how` the number, the hours and how to reach them, or take out what your service does not have."


@register()
def support_file_is_sound(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error where nobody could be helped by it, a warning where it is old or lacks the local routes."""
    file = settings.SUPPORT_FILE
    try:
        support = read_support(file)
    except ContentError as wrong:
        return [Error(f"{file}, the file behind “Need support now”, is wrong. {wrong}.", id="home.E001")]
    said: list[CheckMessage] = []
    today = timezone.localdate()
    if support.last_checked is None:
        kind = Warning if settings.EMBEDDED else Error
        said.append(kind(f"{file} does not say when it was checked. {NOT_SERVED_UNDATED}", id="home.E002"))
    elif support.last_checked > today:
        said.append(
            Warning(f"{file} was last checked on a day that is still to come.", hint=CHECK_AGAIN, id="home.W003")
        )
    elif support.is_stale(today=today):
        said.append(Warning(f"{file} was last checked six months ago or more.", hint=CHECK_AGAIN, id="home.W004"))
    if support.local_to_look_up and not settings.EMBEDDED:
        names = ", ".join(route.name for route in support.local_to_look_up)
        said.append(Warning(f"{file} does not say how to reach: {names}.", hint=FILL_IN, id="home.W005"))
    return said


def stop_where_nobody_is_helped() -> None:
    """End a service's start with the errors above as sentences, and log the warnings: a web server runs no checks."""
    if settings.EMBEDDED:
        return
    messages = support_file_is_sound(None)
    errors = [message.msg for message in messages if message.is_serious()]
    if errors:
        raise SystemExit("Keel cannot start.\n" + "\n".join(errors))
    for warning in messages:
        logger.warning("%s %s (%s)", warning.msg, warning.hint, warning.id)
