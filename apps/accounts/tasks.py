"""What beat asks a worker to do for the people who sign in."""

from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from apps.accounts.models import Invitation


@shared_task
def clear_expired() -> None:
    """Delete sign-ins that ran out, since a closed browser leaves its session behind, and invitations that did."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    Invitation.objects.run_out(now=timezone.now()).delete()
