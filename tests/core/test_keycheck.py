import base64

import pytest
from django.core.management import CommandError, call_command

from apps.core import keycheck
from apps.core.keyring import KeyRing
from apps.core.models import KeyCheck

OLD, NEW, OTHER = (
    b"the key that sealed the words 32",
    b"the key that seals from now on32",
    b"another key under the same id 32",
)


def ring_of(**keys: bytes) -> KeyRing:
    """A key ring with these keys, the first of which seals."""
    problems: list[str] = []
    ring = KeyRing.parse(
        ",".join(f"{key_id}:{base64.b64encode(key).decode()}" for key_id, key in keys.items()), problems=problems
    )
    assert not problems
    return ring


@pytest.fixture
def sealed_words(world, settings):
    """Amina's draft, saved under the key k1, and a check made for it. The library and the cast are under t1."""
    test_key = settings.KEY_RING.keys["t1"]
    settings.KEY_RING = with_test_key(test_key, k1=OLD)
    call_command("check_keys", verbosity=0)
    draft = world["draft"]
    draft.what_happened = "heron"
    draft.save()
    return test_key


def with_test_key(test_key, **keys: bytes) -> KeyRing:
    """A ring of `keys` with the key of the test run behind them."""
    return KeyRing(ring_of(**keys).keys | {"t1": test_key})


def test_check_keys_with_the_same_ring_again_is_content(sealed_words, capsys):
    call_command("check_keys")
    assert "The key ring fits the database" in capsys.readouterr().out


def test_check_keys_with_another_key_under_the_same_id_stops_with_a_sentence(sealed_words, settings):
    settings.KEY_RING = with_test_key(sealed_words, k1=OTHER)
    with pytest.raises(CommandError, match="The key 'k1' on the key ring is not the one that sealed words here"):
        call_command("check_keys")


def test_check_keys_without_a_key_that_sealed_words_stops_with_a_sentence(sealed_words, settings):
    settings.KEY_RING = with_test_key(sealed_words, k2=NEW)
    with pytest.raises(CommandError, match="The key 'k1' sealed words that are still here"):
        call_command("check_keys")
    assert not KeyCheck.objects.filter(key_id="k2").exists()


def test_check_keys_with_a_new_first_key_remembers_both(sealed_words, settings):
    settings.KEY_RING = with_test_key(sealed_words, k2=NEW, k1=OLD)
    call_command("check_keys")
    assert set(KeyCheck.objects.values_list("key_id", flat=True)) == {"k1", "k2"}


def test_check_keys_after_resealing_lets_the_old_key_go(sealed_words, settings):
    settings.KEY_RING = with_test_key(sealed_words, k2=NEW, k1=OLD)
    call_command("check_keys")
    call_command("reseal")
    settings.KEY_RING = ring_of(k2=NEW)
    call_command("check_keys")
    assert keycheck.problems() == []


def test_check_keys_before_resealing_is_done_does_not_let_the_old_key_go(sealed_words, settings):
    settings.KEY_RING = with_test_key(sealed_words, k2=NEW, k1=OLD)
    call_command("check_keys")
    settings.KEY_RING = with_test_key(sealed_words, k2=NEW)
    assert [problem.split("'")[1] for problem in keycheck.problems()] == ["k1"]


def test_check_keys_tells_no_key(sealed_words, settings, capsys):
    settings.KEY_RING = with_test_key(sealed_words, k1=OTHER)
    with pytest.raises(CommandError) as stopped:
        call_command("check_keys")
    said = str(stopped.value) + "".join(capsys.readouterr())
    assert base64.b64encode(OTHER).decode() not in said
    assert OTHER.decode() not in said


def test_key_check_moved_to_another_id_does_not_count(sealed_words):
    check = KeyCheck.objects.get(key_id="k1")
    KeyCheck.objects.create(key_id="t1", sealed=check.sealed)
    assert keycheck.wrong_keys() == ["t1"]
