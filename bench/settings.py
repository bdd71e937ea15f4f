"""Keel's real settings, with one more address: the bare page that everything is compared with."""

from apps.core.access import READ, Line, Who
from config.settings import *  # noqa: F403  all of them, but for what follows
from config.settings import ACCESS

ROOT_URLCONF = "bench.urls"
ACCESS = ACCESS | {"bare": Line(Who.ANYBODY, READ)}
