"""Log lines hold what kind of trouble it was and where, and never anybody's words."""

import logging
import runpy
import sys

import pytest
from celery import shared_task
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from apps.core.logs import NoWordsFilter, WordlessFormatter

WORDS = "I cried in the car park"


def raise_words():
    """Fails as int() and a database do: with what somebody typed in the exception's text."""
    try:
        int(WORDS)
    except ValueError as error:
        raise RuntimeError(f"Failing row contains ({WORDS})") from error


def logged(message, *args, name="keel", caught=None):
    return WordlessFormatter().format(logging.LogRecord(name, logging.ERROR, "a.py", 7, message, args, caught))


@pytest.fixture
def caught():
    try:
        raise_words()
    except RuntimeError:
        return sys.exc_info()


def test_log_line_of_an_exception_names_its_kind_its_cause_and_its_place(caught):
    line = logged("Could not save", caught=caught)
    assert "builtins.RuntimeError from builtins.ValueError" in line
    assert "in raise_words" in line


def test_log_line_of_an_exception_holds_none_of_its_words(caught):
    assert WORDS not in logged("Could not save", caught=caught)


def test_log_line_of_an_exception_another_handler_wrote_out_holds_none_of_its_words(caught):
    record = logging.LogRecord("keel", logging.ERROR, "a.py", 7, "Could not save", (), caught)
    logging.Formatter().format(record)
    assert WORDS in record.exc_text, "the plain formatter does leak, and keeps what it wrote on the record"
    assert WORDS not in WordlessFormatter().format(record)


def test_log_line_with_an_exception_as_an_argument_names_its_kind(caught):
    line = logged("Could not save %s: %s", 12, caught[1])
    assert "Could not save 12: builtins.RuntimeError" in line
    assert WORDS not in line


def test_log_line_that_is_an_exception_names_its_kind(caught):
    line = logged(caught[1])
    assert "builtins.RuntimeError" in line
    assert WORDS not in line


def test_log_line_of_an_exception_group_holds_none_of_its_words():
    try:
        raise ExceptionGroup(WORDS, [ValueError(WORDS)])
    except ExceptionGroup:
        assert WORDS not in logged("Two failed", caught=sys.exc_info())


@shared_task(name="tests.core.failing", bind=True)
def failing(self, words):
    """A task that fails with somebody's words."""
    raise ValueError(words)


def test_log_of_a_failed_celery_task_holds_its_name_and_none_of_its_words(caplog):
    caplog.handler.setFormatter(WordlessFormatter())
    failing.apply(kwargs={"words": WORDS})
    assert "tests.core.failing" in caplog.text
    assert "builtins.ValueError" in caplog.text
    assert WORDS not in caplog.text


def test_every_log_handler_of_the_settings_writes_without_words(settings):
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"plain"}
    assert settings.LOGGING["formatters"]["plain"]["()"] == "apps.core.logs.WordlessFormatter"
    assert settings.LOGGING["loggers"]["django"]["handlers"] == [], "Django's own would mail whole requests"


def test_error_report_of_a_request_holds_none_of_its_words(caught):
    request = RequestFactory().post("/journal/", {"what_happened": WORDS})
    request.exception_reporter_filter = NoWordsFilter()
    report = ExceptionReporter(request, *caught).get_traceback_data()
    assert report["filtered_POST_items"] == []
    assert all(frame["vars"] == [] for frame in report["frames"])


def test_gunicorn_writes_through_the_same_formatter_and_keeps_no_access_log(settings):
    loggers = runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))["logconfig_dict"]["loggers"]
    assert loggers["gunicorn.error"] == {"handlers": [], "level": "INFO", "propagate": True}
    assert (loggers["gunicorn.access"]["handlers"], loggers["gunicorn.access"]["propagate"]) == ([], False)
