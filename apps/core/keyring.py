"""The key ring that seals people's words: the first key seals, every key opens (decision 0003)."""

import base64
import binascii
import os
import re
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = b"\x01"  # the layout below; a new layout gets a new number
NONCE_BYTES = 12
KEY_BYTES = 32
FEWEST_BYTES = 12  # different ones in a key; 32 random bytes have fewer less than once in 10^25
KEY_ID = re.compile(r"^[a-z0-9]{1,16}$")


class CannotOpen(Exception):
    """Sealed bytes were changed, moved to another place, or sealed by a key that is not on the ring."""


@dataclass(frozen=True)
class KeyRing:
    """Keys by id, in order. Sealed bytes are: format, length of the key's id, the id, nonce, ciphertext with tag."""

    keys: dict[str, AESGCM] = field(repr=False)

    @classmethod
    def parse(cls, text: str, *, problems: list[str]) -> "KeyRing":
        """Read `id:base64` entries, one a line or separated by commas; what is wrong goes to `problems`."""
        keys: dict[str, AESGCM] = {}
        entries = [entry for entry in re.split(r"[\s,]+", text) if entry]
        if text and not entries:
            problems.append("KEEL_KEYS holds no key.")
        for entry in entries:
            key_id, colon, encoded = entry.partition(":")
            if not colon or not KEY_ID.match(key_id) or key_id in keys:
                problems.append(
                    "KEEL_KEYS: write each key as id:base64; an id is 1 to 16 small letters or digits, and used once."
                )
                continue
            raw = decoded(encoded)
            if len(raw) != KEY_BYTES:
                problems.append(f"KEEL_KEYS: the key {key_id!r} is not {KEY_BYTES} bytes in base64.")
            elif len(set(raw)) < FEWEST_BYTES:
                problems.append(f"KEEL_KEYS: the key {key_id!r} is not random. Make {KEY_BYTES} random bytes.")
            else:
                keys[key_id] = AESGCM(raw)
        return cls(keys)

    @property
    def sealing_id(self) -> str:
        """The id of the key that seals today."""
        return next(iter(self.keys))

    def head(self) -> bytes:
        """How everything sealed today begins."""
        return FORMAT + bytes([len(self.sealing_id)]) + self.sealing_id.encode()

    def seal(self, plain: bytes, *, place: str) -> bytes:
        """Seal `plain` for one `place` (model.field:row); it opens nowhere else."""
        head, nonce = self.head(), os.urandom(NONCE_BYTES)
        return head + nonce + self.keys[self.sealing_id].encrypt(nonce, plain, head + place.encode())

    def open(self, sealed: bytes, *, place: str) -> bytes:
        """The plain bytes. Raises CannotOpen when changed, moved or sealed by an unknown key."""
        key_id = key_id_of(sealed)
        if key_id not in self.keys:
            raise CannotOpen(f"{place} is sealed by the key {key_id!r}, which is not on the ring")
        start = 2 + len(key_id)
        head, nonce, box = sealed[:start], sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :]
        try:
            return self.keys[key_id].decrypt(nonce, box, head + place.encode())
        except InvalidTag:
            raise CannotOpen(f"{place} was changed, moved, or sealed by another key of the same id") from None


def decoded(encoded: str) -> bytes:
    """The bytes in base64, or none when it is not base64."""
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return b""


def key_id_of(sealed: bytes) -> str:
    """The id of the key that sealed these bytes. Raises CannotOpen when they are not Keel's."""
    if len(sealed) < 2 or sealed[:1] != FORMAT or len(sealed) < 2 + sealed[1] + NONCE_BYTES + 16:
        raise CannotOpen("these bytes were not sealed by Keel")
    return sealed[2 : 2 + sealed[1]].decode("ascii", "replace")
