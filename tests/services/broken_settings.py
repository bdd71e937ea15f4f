"""The settings of a worker that cannot make a report however often it tries: it has lost its templates."""

from tests.services.quick_settings import *  # noqa: F403  all of them, but for what follows
from tests.services.quick_settings import TEMPLATES

TEMPLATES = [TEMPLATES[0] | {"DIRS": []}]
