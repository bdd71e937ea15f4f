"""Static files under names that hold their contents' hash."""

from functools import cache
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):
    """Whitenoise's, with each address worked out once in a process: a page asks for seven, and they never change."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.url = cache(super().url)
