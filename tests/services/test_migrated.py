"""The database that workers, sites and mutants copy."""

import sqlite3
from contextlib import closing

import pytest
from django.db.migrations.loader import MigrationLoader

from tests.services import migrated


def test_migrated_database_has_every_migration_and_the_library():
    with closing(sqlite3.connect(f"file:{migrated.migrated_sqlite()}?immutable=1", uri=True)) as database:
        applied = set(database.execute("SELECT app, name FROM django_migrations"))
        [(strategies,)] = database.execute("SELECT count(*) FROM coping_strategy WHERE state = 'published'")
    assert applied == set(MigrationLoader(None).disk_migrations)
    assert strategies > 0


@pytest.mark.parametrize("changed", ["apps/journal/migrations/0099_new.py", "apps/coping/content/new.toml"])
def test_migrated_database_is_made_anew_for_another_migration_or_other_content(changed, tmp_path, monkeypatch):
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    before = migrated.digest()
    (tmp_path / changed).parent.mkdir(parents=True)
    (tmp_path / changed).write_text("new")
    assert migrated.digest() != before
