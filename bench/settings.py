"""Keel's real settings, with one more address: the bare page that everything is compared with."""

from config.settings import *  # noqa: F403  all of them, but for what follows

ROOT_URLCONF = "bench.urls"
