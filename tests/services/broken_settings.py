"""The settings of a worker that cannot make a report however often it tries: it has lost its templates."""

from tests.services.quick_settings import *  # noqa: F403
from tests.services.quick_settings import TEMPLATES

TEMPLATES = [TEMPLATES[0] | {"DIRS": []}]
