"""Looks into the database without any model: where bytes stand in its tables and files, and what the keys open."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.db import connection, models

from apps.core.keyring import NONCE_BYTES, CannotOpen, key_id_of
from apps.core.sealed import Sealed, ring, sealed_fields

PIECE = 32  # bytes; a long value lies on several pages of a file, so it is looked for piece by piece


def sealed_bytes_of(row: models.Model, field: str) -> bytes:
    """The bytes that stand in one sealed column of a row."""
    value = type(row)._base_manager.values_list(field, flat=True).get(pk=row.pk)
    assert isinstance(value, Sealed)
    return value.data


def places_of(sealed: bytes) -> set[str]:
    """The columns, and on SQLite the files, in which any piece of these bytes stands. A test of this commits."""
    pieces = [sealed[start : start + PIECE] for start in range(0, len(sealed) - PIECE + 1, PIECE)]
    assert pieces, "too few bytes to be told from others"
    held = [*columns(), *files()]
    return {place for place, data in held if any(piece in data for piece in pieces)}


def columns() -> Iterator[tuple[str, bytes]]:
    """Every value of every table, as bytes, with its column."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [f"{table}.{column[0]}" for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((name, as_bytes(value)) for name, value in zip(names, row, strict=True))


def files() -> Iterator[tuple[str, bytes]]:
    """On SQLite, the database's file after its write-ahead log was written into it, and what is left of that log."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert cursor.fetchone()[0] == 0, "somebody holds the database, so the log could not be written into it"
    file = Path(connection.settings_dict["NAME"])
    for path in file.parent.glob(f"{file.name}*"):
        yield path.name.replace(file.name, "file"), read_elsewhere(path)


def read_elsewhere(path: Path) -> bytes:
    """What a file holds, read by another process: closing it in this one would drop the locks that SQLite has on it."""
    return subprocess.run(["cat", str(path)], capture_output=True, check=True).stdout


def as_bytes(value: object) -> bytes:
    """A value as it is, or as it reads."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def opened() -> set[bytes]:
    """Everything that any key of the ring opens, of every sealed value in any column, at every place there is."""
    sealed = {value for _, value in columns() if is_sealed(value)}
    places = {field.place(pk) for field in sealed_fields() for pk in pks_of(field.model)}
    keys = ring().keys.values()
    return {plain for value in sealed for place in places for key in keys if (plain := open_with(key, value, place))}


def pks_of(model: type[models.Model]) -> list:
    """The ids of all its rows."""
    return list(model._base_manager.values_list("pk", flat=True))


def is_sealed(value: bytes) -> bool:
    """Whether these bytes look like Keel's."""
    try:
        return bool(key_id_of(value))
    except CannotOpen:
        return False


def open_with(key, value: bytes, place: str) -> bytes:
    """What one key opens at one place; nothing if it does not fit."""
    start = 2 + len(key_id_of(value))
    head, nonce, box = value[:start], value[start : start + NONCE_BYTES], value[start + NONCE_BYTES :]
    try:
        return key.decrypt(nonce, box, head + place.encode())
    except InvalidTag:
        return b""
