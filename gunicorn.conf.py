"""How gunicorn runs Keel; gunicorn finds this file by its name in the folder it is started from.

The settings are read here, in the parent: workers that find an environment wrong would be started again for ever.
"""

import gc

from config.settings import LOGGING

control_socket_disable = True
forwarder_headers = ""  # no proxy says under which path Keel lies: addresses are worked out once in a process, for all
# Gunicorn's own lines go through Keel's formatter too. There is no access log: who wrote when is nobody's business.
logconfig_dict = {
    **LOGGING,
    "loggers": {
        **LOGGING["loggers"],
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "INFO", "propagate": False},
    },
}

GARBAGE = 20_000  # new objects, some twenty pages' worth, before a look for rings of them


def post_worker_init(worker):
    """Leave what the start made out of every look, and no longer look in the middle of a page."""
    gc.freeze()
    gc.set_threshold(10 * GARBAGE)  # a net for a page that makes more than any should


def post_request(worker, request, environ, response):
    """Look for garbage once the page has gone out, so that nobody waits for it."""
    if gc.get_count()[0] > GARBAGE:
        gc.collect()
