"""The cast every test knows, and the walls of the test house."""

import shutil

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models.signals import post_migrate

from apps.core import audit_guard
from tests import factories
from tests.services.migrated import migrated_sqlite

pytest_plugins = ["tests.services.fixtures", "tests.properties"]


@pytest.fixture(autouse=True)
def empty_cache():
    """No test is counted against another's sign-in limits."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings):
    """A test database that is there is taken as it is: on SQLite a copy of the migrated one."""
    if connection.vendor == "sqlite":
        shutil.copy(migrated_sqlite(), connection.settings_dict["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test finds the real library, loaded from the real files once."""
    with django_db_blocker.unblock():
        begin_again_with(type(connection.ops), every_row())


def every_row():
    """The rows of each table that is not empty: the library, its editors, and what Django itself keeps."""
    models = apps.get_models(include_auto_created=True)
    return {model: rows for model in models if (rows := list(model._base_manager.all()))}


def begin_again_with(ops, rows):
    """Django empties every table after a test that commits; here it puts back what was there before the first test.

    To load the library anew each time takes far longer. The audit's triggers would refuse, as they do in life.
    `ops` is the database's class of operations: a test may get a connection anew.
    """
    empty_tables = ops.execute_sql_flush
    post_migrate.receivers.clear()  # they would look for what Django keeps, and it is all there

    def empty_all_tables(self, statements):
        with transaction.atomic():
            audit_guard.lift(self.connection)
            empty_tables(self, statements)
            audit_guard.guard(self.connection)
            for model, kept in rows.items():
                model._base_manager.bulk_create(kept)

    ops.execute_sql_flush = empty_all_tables


@pytest.fixture
def world(db):
    """The cast of most tests."""
    return factories.make_world()


@pytest.fixture
def amina(client, world):
    """A browser in which Amina is signed in."""
    client.force_login(world["amina"])
    return client
