"""Keel's real settings, but for how long a dead worker's report waits: seconds instead of minutes."""

from config.settings import *  # noqa: F403  all of them, but for what follows
from config.settings import CELERY_BEAT_SCHEDULE

REPORT_LEASE_SECONDS = 3
REPORT_SENT_AGAIN_SECONDS = 1
CELERY_BEAT_SCHEDULE = {name: entry | {"schedule": 1.0} for name, entry in CELERY_BEAT_SCHEDULE.items()}
