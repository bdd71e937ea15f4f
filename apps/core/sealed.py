"""Fields whose content is sealed before it reaches the database and bound to its row (decision 0003).

A sealed field reads and writes like plain text on an instance. In the database it is bytes that open only with the
key ring, and only in the same model, field and row. It cannot be filtered on, and `update()` refuses plain text.
"""

from typing import Any

from django.conf import settings
from django.core import checks
from django.db import models

from apps.core.keyring import CannotOpen, KeyRing, key_id_of

PAD_TO = 256  # bytes; hides how long a short answer is


class Sealed:
    """Sealed bytes on their way to or from the database. Never shows what they hold."""

    __slots__ = ("data",)

    def __init__(self, data: bytes):
        self.data = bytes(data)

    def __repr__(self) -> str:
        return f"<Sealed: {len(self.data)} bytes>"

    def __bool__(self) -> bool:
        return bool(self.data)


class SealedAttribute:
    """Opens a sealed value the first time somebody reads it on an instance."""

    def __init__(self, field: "SealedField"):
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self.field
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            value = instance.__dict__[name] = self.field.open(value, instance.pk)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField):
    """What text and bytes share: sealing on save, opening on reading."""

    empty: Any = b""
    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("blank", True)
        super().__init__(*args, **{**kwargs, "default": b""})

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Sealed fields are never null and never indexed."""
        errors = super().check(**kwargs)
        if self.null or self.db_index or self.unique:  # type: ignore[attr-defined]  # Django's types forget db_index
            errors.append(checks.Error("A sealed field is never null, indexed or unique.", obj=self, id="core.E001"))
        if isinstance(self.model._meta.pk, models.AutoField):
            hint = "Give the model a UUID id: a value is bound to its row before the database could number the row."
            errors.append(checks.Error("A sealed field needs an id made in Python.", hint, obj=self, id="core.E002"))
        return errors

    def get_default(self) -> Any:
        """Nothing written yet."""
        return self.empty

    def place(self, pk: Any) -> str:
        """Where this row's value belongs: part of what is sealed, so bytes moved elsewhere do not open."""
        if pk is None:
            raise ValueError(f"{self.model._meta.label} needs an id before {self.name} can be sealed")
        return f"{self.model._meta.label_lower}.{self.name}:{self.model._meta.pk.to_python(pk)}"

    def seal(self, value: Any, pk: Any) -> Sealed:
        """`value` sealed for the row `pk`; for `update()`, which has no instance to ask."""
        plain = self.to_plain(value)
        return Sealed(ring().seal(plain, place=self.place(pk)) if plain else b"")

    def open(self, sealed: Sealed, pk: Any) -> Any:
        """The value that was sealed for the row `pk`. Raises CannotOpen."""
        return self.from_plain(ring().open(sealed.data, place=self.place(pk))) if sealed else self.empty

    def to_plain(self, value: Any) -> bytes:
        """The bytes to seal."""
        if not isinstance(value, bytes):
            raise TypeError(f"{self.name} holds bytes, not {type(value).__name__}")
        return value

    def from_plain(self, plain: bytes) -> Any:
        """The value in opened bytes."""
        return plain

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:
        """What to store. A value nobody opened keeps its bytes, unless it is new to its row or under an older key."""
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed) and not add and (not value or key_id_of(value.data) == ring().sealing_id):
            return value
        return self.seal(getattr(model_instance, self.attname), model_instance.pk)

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value in ("", b""):
            value = Sealed(b"")
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is sealed: save the instance, or seal the value first")
        return connection.Database.Binary(value.data)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only emptiness or the very same sealed bytes may be asked for: there is no plain text to compare with."""
        if lookup_name == "exact":
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.name} is sealed: the database cannot look inside it")

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is sealed: it is not serialised by Django")


class SealedTextField(SealedField):
    """Text that a person wrote. `max_length` counts characters, for forms; the database never sees them."""

    empty = ""
    _pyi_private_get_type: str  # type: ignore[assignment]  # tells mypy what an instance holds

    def __init__(self, *args: Any, max_length: int = 20_000, **kwargs: Any):
        self.max_characters = max_length
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "max_length": self.max_characters}

    def to_plain(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self.name} holds text, not {type(value).__name__}")
        text = value.encode("utf-8")
        return text + b"\x80" + b"\x00" * (-(len(text) + 1) % PAD_TO) if text else b""

    def from_plain(self, plain: bytes) -> str:
        return plain.rstrip(b"\x00")[:-1].decode("utf-8")


class SealedBytesField(SealedField):
    """Bytes made from people's words, such as a PDF."""


def ring() -> KeyRing:
    """The key ring of this process."""
    return settings.KEY_RING


def sealed_fields() -> list[SealedField]:
    """Every sealed field of every model, in a steady order."""
    from django.apps import apps

    every = (field for model in apps.get_models() for field in model._meta.local_fields)
    return [field for field in every if isinstance(field, SealedField)]


__all__ = ["CannotOpen", "Sealed", "SealedBytesField", "SealedTextField", "key_id_of", "ring", "sealed_fields"]
