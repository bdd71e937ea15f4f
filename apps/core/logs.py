"""Logs that hold ids, counts and lengths, and never a person's words.

The text of an exception may repeat what somebody typed ("invalid literal for int(): ..."), and a database's may repeat
the whole row. So a log line says what kind of exception it was and where, never its text.
"""

import copy
import logging
import traceback
from collections.abc import ItemsView
from types import TracebackType
from typing import Any

from django.views.debug import SafeExceptionReporterFilter

# In Celery's own log lines: the exception as text, its traceback, what the task was given and what it gave back.
CELERY_WORDS = ("exc", "traceback", "args", "kwargs", "return_value")


class WordlessFormatter(logging.Formatter):
    """One line a record; exceptions by type and place, without their text."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)  # other handlers keep theirs
        record.exc_text = None  # another handler may have kept the full text
        record.msg = kind_of(record.msg) if isinstance(record.msg, BaseException) else record.msg
        record.args = without_texts(record.args, from_celery=record.name.startswith("celery"))
        return super().format(record)

    def formatException(  # noqa: N802 - logging's own name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        _, error, trace = ei
        chain = [kind_of(error) if error else "no exception"]
        cause = error.__cause__ or error.__context__ if error else None
        while cause is not None and len(chain) < 5:
            chain.append(f"from {kind_of(cause)}")
            cause = cause.__cause__ or cause.__context__
        return "".join(traceback.format_tb(trace)) + " ".join(chain)


def kind_of(error: BaseException) -> str:
    """What kind of exception it was, without its text."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def without_texts(args: Any, *, from_celery: bool) -> Any:
    """A log line's arguments with exceptions by kind; Celery's name a task's failure in text, so those go."""
    if isinstance(args, dict):
        words = CELERY_WORDS if from_celery else ()
        return {name: "(not logged)" if name in words else without_text(value) for name, value in args.items()}
    return tuple(without_text(value) for value in args) if isinstance(args, tuple) else args


def without_text(value: Any) -> Any:
    """`value`, or its kind when it is an exception."""
    return kind_of(value) if isinstance(value, BaseException) else value


class NoWordsFilter(SafeExceptionReporterFilter):
    """Django's error report without the request's body or anybody's variables."""

    def is_active(self, request: object) -> bool:
        return True

    def get_post_parameters(self, request: object) -> dict[str, str]:
        return {}

    def get_traceback_frame_variables(self, request: object, tb_frame: object) -> ItemsView[str, Any]:
        return {}.items()
