"""The triggers that make the audit's table append-only, for its migration and for whoever has to lift them.

SQLite makes a table anew when a column changes, and loses its triggers: a migration that changes it runs `guard` again.
"""

from typing import Any

REFUSED = "audit events are never changed or deleted"
GUARDS = {
    "postgresql": [
        "CREATE FUNCTION core_auditevent_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$",
        "CREATE TRIGGER core_auditevent_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON core_auditevent "
        "FOR EACH STATEMENT EXECUTE FUNCTION core_auditevent_refuse()",
    ],
    "sqlite": [
        "CREATE TRIGGER core_auditevent_guard_update BEFORE UPDATE ON core_auditevent "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
        "CREATE TRIGGER core_auditevent_guard_delete BEFORE DELETE ON core_auditevent "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
        # INSERT OR REPLACE deletes without a delete trigger, also by the row number that SQLite keeps by itself.
        "CREATE TRIGGER core_auditevent_guard_replace BEFORE INSERT ON core_auditevent WHEN EXISTS "  # noqa: S608  REFUSED is ours
        "(SELECT 1 FROM core_auditevent WHERE number = NEW.number OR rowid = NEW.rowid) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    ],
}
LIFTS = {
    "postgresql": [
        "DROP TRIGGER core_auditevent_guard ON core_auditevent",
        "DROP FUNCTION core_auditevent_refuse()",
    ],
    "sqlite": [f"DROP TRIGGER core_auditevent_guard_{act}" for act in ("update", "delete", "replace")],
}


def guard(connection: Any) -> None:
    """Make the table refuse every change of a row and every deletion."""
    run(connection, GUARDS)


def lift(connection: Any) -> None:
    """Take the triggers away: for going back before the migration, and for tests that empty every table."""
    run(connection, LIFTS)


def run(connection: Any, statements: dict[str, list[str]]) -> None:
    """Run the statements of this database's kind."""
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
