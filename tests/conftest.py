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
    """The cast: Amina and Ben write, Sam supervises, Edie edits the library, Ada runs the service, Olu has left.

    Amina has a completed reflection and a draft; Ben has one of his own.
    """
    people = {
        "amina": factories.make_person("amina@example.nhs.uk", name="Amina"),
        "ben": factories.make_person("ben@example.nhs.uk", name="Ben"),
        "sam": factories.make_person("sam@example.nhs.uk", name="Sam"),
        "edie": factories.make_editor("edie@example.nhs.uk", name="Edie"),
        "ada": factories.make_person("ada@example.nhs.uk", name="Ada", is_staff=True, is_superuser=True),
        "olu": factories.make_person("olu@example.nhs.uk", name="Olu", is_active=False),
    }
    return people | {
        "reflection": factories.make_reflection(people["amina"], what_happened="Amina's planted words: heron"),
        "draft": factories.make_draft(people["amina"], what_happened="Amina's planted words: otter"),
        "bens_reflection": factories.make_reflection(people["ben"], what_happened="Ben's planted words: badger"),
    }


@pytest.fixture
def amina(client, world):
    """A browser in which Amina is signed in."""
    client.force_login(world["amina"])
    return client
