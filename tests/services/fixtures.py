"""Fixtures for tests that need a real PostgreSQL or Valkey, and which tests run a second time on both.

`./dev test` runs the suite twice: first all of it on SQLite, then, through `tests.services.run`, whatever touches the
database once more on PostgreSQL with Valkey as broker and cache. Nothing is marked for that, so nothing is forgotten.
"""

import os
from collections.abc import Iterator

import pytest

from tests.services.postgres import OWN_DEFAULTS, PostgresServer
from tests.services.valkey import ValkeyServer

SECOND_RUN = "KEEL_TEST_DATABASE_URL" in os.environ
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "django_db_reset_sequences"}
OWN_SERVERS = {"postgres_server", "durable_postgres_server", "valkey_server"}  # real already in the first run


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL, quick because it never waits for the disk."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
def durable_postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL of this test's own with the settings of a service: for tests that pull the plug."""
    with PostgresServer(OWN_DEFAULTS) as server:
        yield server


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[ValkeyServer]:
    """A real Valkey."""
    with ValkeyServer() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """Where the real PostgreSQL is, for DATABASE_URL."""
    return postgres_server.url


@pytest.fixture(scope="session")
def valkey_url(valkey_server: ValkeyServer) -> str:
    """Where the real Valkey is, for BROKER_URL."""
    return f"{valkey_server.url}/0"


def pytest_report_header() -> str:
    """Say on which database this run is, so that a failure can be placed at once."""
    if SECOND_RUN:
        return "second run: PostgreSQL and Valkey, only the tests that touch the database"
    return "first run: SQLite, every test"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep for the second run what the database can change."""
    if SECOND_RUN:
        kept = [item for item in items if belongs_to_second_run(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def belongs_to_second_run(item: pytest.Item) -> bool:
    """Whether a test touches the database in this process; browser journeys look at pages, not at databases."""
    fixtures = set(getattr(item, "fixturenames", ()))
    touches = item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)
    return touches and not fixtures & OWN_SERVERS and "journeys" not in item.path.parts
