"""What tells whether the service is alive."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

ALIVE_SECONDS = 60  # seconds after its last beat that a worker counts as alive; beats come every 15


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    """Who is alive."""

    def beat(self, name: str) -> None:
        """Note that `name` works, now."""
        self.update_or_create(name=name, defaults={"beaten_at": timezone.now()})

    def alive(self, name: str, *, now: datetime) -> "HeartbeatQuerySet":
        """The heartbeat of `name`, if it beat within the last minute."""
        return self.filter(name=name, beaten_at__gt=now - timedelta(seconds=ALIVE_SECONDS))


class Heartbeat(models.Model):
    """The last sign of life of something that runs beside the web server."""

    name = models.CharField(primary_key=True, max_length=20)
    beaten_at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
