"""The cast every test knows, and the walls of the test house."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from apps.core import audit_guard
from tests import factories

pytest_plugins = ["tests.services.fixtures", "tests.properties"]


@pytest.fixture(autouse=True)
def empty_cache():
    """No test is counted against another's sign-in limits."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test finds the real library, loaded from the real files once."""
    with django_db_blocker.unblock():
        let_tests_empty_the_audit(type(connection.ops))
        factories.load_library()


def let_tests_empty_the_audit(ops):
    """Django empties every table after a test that commits; the audit's triggers would refuse, as they do in life.

    `ops` is the database's class of operations: a test may get a connection anew.
    """
    empty_tables = ops.execute_sql_flush

    def empty_all_tables(self, statements):
        with transaction.atomic():
            audit_guard.lift(self.connection)
            empty_tables(self, statements)
            audit_guard.guard(self.connection)

    ops.execute_sql_flush = empty_all_tables


@pytest.fixture
def transactional_db(transactional_db):
    """Such tests, which run after all others, empty every table at their end: they load the library again."""
    factories.load_library()


@pytest.fixture
def world(db):
    """The cast of most tests."""
    return factories.make_world()


@pytest.fixture
def amina(client, world):
    """A browser in which Amina is signed in."""
    client.force_login(world["amina"])
    return client
