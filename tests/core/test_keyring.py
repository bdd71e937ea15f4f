"""What the key ring seals opens only with the same key, in the same place, unchanged."""

import base64
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.keyring import CannotOpen, KeyRing, key_id_of

PLACE = "journal.reflection.noticed:1"


def make_ring(*key_ids):
    entries = [f"{key_id}:{base64.b64encode(os.urandom(32)).decode()}" for key_id in key_ids]
    return KeyRing.parse("\n".join(entries), problems=[])


def problems_of(text):
    problems = []
    KeyRing.parse(text, problems=problems)
    return problems


RING = make_ring("k1")


@given(st.binary(max_size=5_000), st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_open_what_was_sealed_gives_the_same_bytes(plain, place):
    assert RING.open(RING.seal(plain, place=place), place=place) == plain


def test_seal_the_same_bytes_twice_looks_different_each_time():
    assert RING.seal(b"words", place=PLACE) != RING.seal(b"words", place=PLACE)


def test_open_with_any_single_bit_flipped_is_refused():
    sealed = RING.seal(b"I froze, and then did what the protocol says.", place=PLACE)
    for bit in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CannotOpen):
            RING.open(bytes(flipped), place=PLACE)


@given(st.integers(min_value=0, max_value=80))
def test_open_a_shortened_value_is_refused(length):
    sealed = RING.seal(b"I froze, and then did what it says.", place=PLACE)
    with pytest.raises(CannotOpen):
        RING.open(sealed[: min(length, len(sealed) - 1)], place=PLACE)


@given(st.binary(max_size=200))
def test_open_bytes_that_keel_never_sealed_is_refused(junk):
    with pytest.raises(CannotOpen):
        RING.open(junk, place=PLACE)


@pytest.mark.parametrize(
    "elsewhere", ["journal.reflection.noticed:2", "journal.reflection.feelings:1", "journal.plan.noticed:1", ""]
)
def test_open_in_another_place_is_refused(elsewhere):
    with pytest.raises(CannotOpen):
        RING.open(RING.seal(b"words", place=PLACE), place=elsewhere)


def test_open_with_an_unknown_key_names_the_key_and_the_place():
    sealed = make_ring("old7").seal(b"words", place=PLACE)
    with pytest.raises(CannotOpen, match="noticed:1 is sealed by the key 'old7'"):
        RING.open(sealed, place=PLACE)


def test_open_with_another_key_of_the_same_id_is_refused():
    sealed = make_ring("k1").seal(b"words", place=PLACE)
    with pytest.raises(CannotOpen, match="another key of the same id"):
        RING.open(sealed, place=PLACE)


def test_seal_uses_the_first_key_and_open_uses_every_key():
    both = make_ring("new", "old")
    only_old = KeyRing({"old": both.keys["old"]})
    assert key_id_of(both.seal(b"words", place=PLACE)) == "new"
    assert both.open(only_old.seal(b"words", place=PLACE), place=PLACE) == b"words"


def test_a_key_id_relabelled_to_a_second_key_of_the_same_bytes_is_refused():
    key = make_ring("k1").keys["k1"]
    ring = KeyRing({"k1": key, "k2": key})
    sealed = ring.seal(b"words", place=PLACE)
    with pytest.raises(CannotOpen):
        ring.open(sealed.replace(b"k1", b"k2", 1), place=PLACE)


def test_repr_shows_no_key():
    assert "k1" not in repr(RING)


def test_parse_reads_keys_on_lines_and_between_commas():
    one, two = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))
    assert list(KeyRing.parse(f"  new:{one},\n old:{two}\r\n", problems=[]).keys) == ["new", "old"]


KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (",", "holds no key"),
        (KEY, "write each key as id:base64"),
        (f":{KEY}", "write each key as id:base64"),
        (f"K1:{KEY}", "write each key as id:base64"),
        (f"{'k' * 17}:{KEY}", "write each key as id:base64"),
        (f"k1:{KEY},k1:{KEY}", "used once"),
        ("k1:", "'k1' is not 32 bytes"),
        ("k1:c2hvcnQ=", "'k1' is not 32 bytes"),
        (f"k1:{KEY}x", "'k1' is not 32 bytes"),
        ("k1:ключ", "'k1' is not 32 bytes"),
        (f"k1:{base64.b64encode(bytes(32)).decode()}", "'k1' is not random"),
    ],
)
def test_parse_a_wrong_ring_says_what_is_wrong(text, says):
    (problem,) = problems_of(text)
    assert says in problem


@pytest.mark.parametrize("secret", ["hunter2passphras", KEY, f"k1{KEY}", f"k1={KEY}"])
def test_parse_a_wrong_ring_never_repeats_what_may_be_the_secret(secret):
    (problem,) = problems_of(secret)
    assert secret not in problem


def test_key_id_of_tells_which_key_sealed_the_bytes():
    assert key_id_of(RING.seal(b"words", place=PLACE)) == "k1"
