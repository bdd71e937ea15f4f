import socket
import time
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.utils import timezone

from apps.core import keycheck
from apps.core.keyring import KeyRing
from apps.core.models import KeyCheck
from apps.home import health
from apps.home.models import Heartbeat
from apps.home.tasks import beat_heart

ALL_WELL = {"status": "ok", "database": "ok", "broker": "ok", "keys": "ok", "worker": "ok"}


@pytest.fixture
def silent_server():
    """An address that takes a connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free_port():
    """A port where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def broken_database():
    """A database that answers with an error that repeats a row."""
    with patch.object(health.connection, "cursor", side_effect=OperationalError("row contains: heron")):
        yield


def test_health_live_answers_without_asking_anything(client):
    assert client.get("/health/live/").json() == {"status": "ok"}  # no db fixture


def test_health_ready_with_a_living_worker_is_ok(client, db):
    beat_heart()
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.json()) == (200, ALL_WELL)


def test_health_ready_before_the_first_heartbeat_says_that_the_worker_failed(client, db):
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.json()) == (503, ALL_WELL | {"status": "failed", "worker": "failed"})


@pytest.mark.parametrize(("seconds", "status"), [(59, 200), (60, 503)])
def test_health_ready_counts_a_heartbeat_for_a_minute(client, db, time_machine, seconds, status):
    time_machine.move_to("2026-11-23 12:00+00:00", tick=False)
    beat_heart()
    time_machine.shift(seconds)
    assert client.get("/health/ready/").status_code == status


def test_beat_heart_keeps_one_row(db):
    beat_heart()
    beat_heart()
    heartbeat = Heartbeat.objects.get()
    assert (timezone.now() - heartbeat.beaten_at).total_seconds() < 5


def test_health_ready_without_a_database_says_so_and_nothing_about_why(client, broken_database, caplog):
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "failed", "database": "failed", "broker": "ok", "keys": "failed", "worker": "failed"
    }  # fmt: skip
    assert "heron" not in answer.content.decode() + caplog.text
    assert "database_answers: OperationalError" in caplog.text


def test_health_ready_with_a_dead_broker_answers_within_two_seconds(client, db, settings, free_port):
    beat_heart()
    settings.BROKER_URL = f"redis://127.0.0.1:{free_port}/0"
    began = time.monotonic()
    answer = client.get("/health/ready/")
    assert answer.json() == ALL_WELL | {"status": "failed", "broker": "failed"}
    assert time.monotonic() - began < 2


def test_health_ready_with_a_silent_broker_answers_within_two_seconds(client, db, settings, silent_server):
    settings.BROKER_URL = f"redis://127.0.0.1:{silent_server}/0"
    began = time.monotonic()
    assert client.get("/health/ready/").json()["broker"] == "failed"
    assert time.monotonic() - began < 2


def test_health_ready_without_the_brokers_folder_says_so(client, db, settings, tmp_path):
    settings.BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path / "gone")}
    assert client.get("/health/ready/").json()["broker"] == "failed"


def test_health_ready_with_the_wrong_key_says_so(client, db, settings):
    keycheck.remember_sealing_key()
    settings.KEY_RING = ring_of(t1=b"another key under the same id 32")
    assert client.get("/health/ready/").json()["keys"] == "failed"


def test_health_ready_writes_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(3) as queries:
        client.get("/health/ready/")
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)
    assert not KeyCheck.objects.exists()


def ring_of(**keys: bytes) -> KeyRing:
    """A key ring with these keys, the first of which seals."""
    import base64

    problems: list[str] = []
    text = ",".join(f"{key_id}:{base64.b64encode(key).decode()}" for key_id, key in keys.items())
    ring = KeyRing.parse(text, problems=problems)
    assert not problems
    return ring
