"""The embedded run's keys are made once, and are their owner's alone."""

from apps.core.keyring import KeyRing
from scripts import keys


def mode_of(path):
    return oct(path.stat().st_mode & 0o777)


def test_keys_on_the_first_start_are_sound_and_readable_by_their_owner_alone(tmp_path):
    keys.main(tmp_path / "keys")
    problems = []
    ring = KeyRing.parse((tmp_path / "keys" / "ring").read_text(), problems=problems)
    assert (problems, list(ring.keys)) == ([], ["k1"])
    assert len((tmp_path / "keys" / "secret").read_text().strip()) >= 50
    assert mode_of(tmp_path / "keys") == "0o700"
    assert {mode_of(path) for path in (tmp_path / "keys").iterdir()} == {"0o600"}


def test_keys_on_the_next_start_stay_as_they_are(tmp_path):
    keys.main(tmp_path)
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    keys.main(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == before


def test_keys_that_others_could_read_are_closed_to_them_again(tmp_path):
    keys.main(tmp_path)
    (tmp_path / "ring").chmod(0o644)
    keys.main(tmp_path)
    assert mode_of(tmp_path / "ring") == "0o600"


def test_keys_after_a_start_cut_short_are_made_whole(tmp_path):
    (tmp_path / "ring.new").write_text("k1:ha")
    keys.main(tmp_path)
    assert (tmp_path / "ring").read_text().startswith("k1:")
    assert not (tmp_path / "ring.new").exists()


def test_keys_ask_once_for_a_backup_apart_from_the_database(tmp_path, capsys):
    keys.main(tmp_path)
    assert "Back it up, and keep that copy apart from the database's" in capsys.readouterr().err
    keys.main(tmp_path)
    assert capsys.readouterr().err == ""
