"""The settings of a worker whose disk is full: SQLite answers as it does then, and the file grows by no page."""

from tests.services.quick_settings import *  # noqa: F403  all of them, but for what follows
from tests.services.quick_settings import DATABASES

DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA max_page_count=1;"  # which means: as many as there are
