"""Tells the workers which reports to make: ids only, and never for longer than a request can wait.

The message is only a hint. Where none can be sent the row stays queued, and the sweep sends it later.
"""

import logging
import uuid
from collections.abc import Collection

from celery import current_app

MAKE_REPORT = "apps.reports.tasks.make_report"  # by name: the task's module loads the renderer, which pages never need
BROKER_SECONDS = 0.25  # to take a connection, and again to answer; Celery's own settings wait 6 s for a dead broker

logger = logging.getLogger(__name__)


def send(report_ids: Collection[uuid.UUID]) -> bool:
    """Send these reports to the workers; False when the broker does not take them within half a second."""
    patience = {"socket_connect_timeout": BROKER_SECONDS, "socket_timeout": BROKER_SECONDS, "max_retries": 0}
    options = {**current_app.conf.broker_transport_options, **patience}
    try:
        with current_app.connection_for_write(transport_options=options) as connection:
            for report_id in report_ids:
                current_app.send_task(MAKE_REPORT, (str(report_id),), connection=connection, retry=False)
    except Exception as error:  # whatever is wrong with the broker, the rows are safe and the sweep tries again
        logger.warning("reports: %d not sent: %s", len(report_ids), type(error).__name__)
        return False
    return True
