"""How gunicorn runs Keel; gunicorn finds this file by its name in the folder it is started from.

The settings are read here, in the parent: workers that find an environment wrong would be started again for ever.
"""

import gc

from config.settings import LOGGING

control_socket_disable = True
# Gunicorn's own lines go through Keel's formatter too. There is no access log: who wrote when is nobody's business.
logconfig_dict = {
    **LOGGING,
    "loggers": {
        **LOGGING["loggers"],
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "INFO", "propagate": False},
    },
}

GARBAGE = 20_000  # new objects before a look for rings of them; a page makes fewer, and 700 is Python's own number


def post_worker_init(worker):
    """Look for garbage between pages rather than some ten times in each: that took a tenth of a full page's time."""
    gc.set_threshold(GARBAGE)
