"""Queries whose SQL is made once in a process: Django takes many times as long to make a grouping one as to run it."""

import uuid
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection, models
from django.db.models import Expression, QuerySet

Id = uuid.UUID | str  # as a row has it, which depends on the database
ID: Any = models.UUIDField()


class Said(Expression):
    """A value of the query that is said each time it is asked, by this name."""

    def __init__(self, name: str, output_field: "models.Field[Any, Any]"):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """One parameter: this place itself, until the value is known."""
        return "%s", [self]


class Prepared:
    """A queryset that is asked with other values each time, and gives its rows as the database has them."""

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]):
        self.make = make
        self.__doc__ = make.__doc__

    @cached_property
    def sql(self) -> tuple[str, tuple[Any, ...]]:
        """The SQL and its parameters, among them the places of what will be said."""
        rows = self.make()
        sql, params = rows.query.get_compiler(rows.db).as_sql()
        return sql, tuple(params)

    def __call__(self, **said: Any) -> list[tuple[Any, ...]]:
        """The rows; ids may be text and sealed values are bytes."""
        sql, params = self.sql
        ready = {
            name: ID.get_db_prep_value(value, connection) if isinstance(value, uuid.UUID) else value
            for name, value in said.items()
        }
        with connection.cursor() as cursor:
            cursor.execute(sql, [ready[param.name] if isinstance(param, Said) else param for param in params])
            return cursor.fetchall()


def id_of(found: Id) -> uuid.UUID:
    """An id that a row holds as text or as it is. Made for few: it takes longer than reading the row."""
    return found if isinstance(found, uuid.UUID) else uuid.UUID(found)
