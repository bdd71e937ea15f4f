"""What beat asks a worker to do for the people who sign in."""

from importlib import import_module

from celery import shared_task
from django.conf import settings


@shared_task
def clear_expired_sessions() -> None:
    """Delete the rows of sign-ins that ran out: a closed browser leaves its session behind."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
