"""Whether the key ring fits the database: each key that sealed something here is on it, and is the right one."""

from collections.abc import Iterator

from django.db import models
from django.db.models import F, Func, Value

from apps.core.keyring import FORMAT, CannotOpen, KeyRing
from apps.core.models import KeyCheck
from apps.core.sealed import ring, sealed_fields

KNOWN_BYTES = b"Keel opens what this key sealed"
HEAD_BYTES = 18  # format, length of the id, and the longest id


def place_of(key_id: str) -> str:
    """Where the known bytes of this key belong."""
    return f"core.keycheck:{key_id}"


def remember_sealing_key() -> None:
    """Seal the known bytes with today's sealing key, unless that was done when it was new."""
    key_id = ring().sealing_id
    sealed = ring().seal(KNOWN_BYTES, place=place_of(key_id))
    KeyCheck.objects.get_or_create(key_id=key_id, defaults={"sealed": sealed})


def fits(keys: KeyRing, check: KeyCheck) -> bool:
    """Whether the key of that id on the ring is the one that sealed the known bytes."""
    try:
        return keys.open(bytes(check.sealed), place=place_of(check.key_id)) == KNOWN_BYTES
    except CannotOpen:
        return False


def wrong_keys() -> list[str]:
    """The ids of keys on the ring that are not the keys they say they are."""
    keys = ring()
    checks = KeyCheck.objects.filter(key_id__in=keys.keys)
    return [check.key_id for check in checks if not fits(keys, check)]


def missing_keys() -> list[str]:
    """The ids of keys that sealed something that is still here, and are not on the ring. Looks at every sealed row."""
    return sorted({key_id for field in sealed_fields() for key_id in key_ids_in(field)} - set(ring().keys))


def key_ids_in(field: models.Field) -> Iterator[str]:
    """The ids of the keys that sealed this field's values, read from their heads without opening any."""
    head = Func(F(field.attname), Value(1), Value(HEAD_BYTES), function="SUBSTR", output_field=models.BinaryField())
    for start in field.model._base_manager.annotate(head=head).values_list("head", flat=True).distinct():
        data = bytes(start or b"")
        if data[:1] == FORMAT and len(data) > 1:
            yield data[2 : 2 + data[1]].decode("ascii", "replace")


def problems() -> list[str]:
    """What is wrong with the ring, each as a sentence that says what to do."""
    wrong = [
        f"The key {key_id!r} on the key ring is not the one that sealed words here. Put the right key back under that "
        "id; a new key needs an id of its own."
        for key_id in wrong_keys()
    ]
    missing = [
        f"The key {key_id!r} sealed words that are still here, but it is not on the key ring. Add it back after the "
        "first key."
        for key_id in missing_keys()
    ]
    return wrong + missing
