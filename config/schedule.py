"""What beat asks a worker to do, and how often."""

from typing import Any

# Seconds from one time to the next. Each looks for what is to be done, so one that was missed is made good by the next.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "heartbeat": {"task": "apps.home.tasks.beat_heart", "schedule": 15.0},
    "sweep-reports": {"task": "apps.reports.tasks.sweep_reports", "schedule": 15.0},
    "erase-expired-reports": {"task": "apps.reports.tasks.erase_expired_reports", "schedule": 300.0},
    "send-reminders": {"task": "apps.journal.tasks.send_reminders", "schedule": 60.0},
    "sweep-supervision": {"task": "apps.supervision.tasks.sweep_supervision", "schedule": 60.0},
    "empty-log": {"task": "apps.core.tasks.empty_log", "schedule": 60.0},
    "clear-expired": {"task": "apps.accounts.tasks.clear_expired", "schedule": 86400.0},
}
