"""How gunicorn runs Keel; gunicorn finds this file by its name in the folder it is started from.

The settings are read here, in the parent: workers that find an environment wrong would be started again for ever.
"""

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
