"""Celery's entry: the worker and beat read everything from Django's settings."""

import logging.config
import os

from celery import Celery
from celery.signals import setup_logging, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("keel")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def use_keels_logging(**_kwargs):
    """Keep Celery from installing its own log format, which would print exception texts."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@worker_process_init.connect
def start_renderer(**_kwargs):
    """Let the process that draws reports warm up before somebody waits for the first one."""
    from apps.reports.process import renderer

    renderer.start()
