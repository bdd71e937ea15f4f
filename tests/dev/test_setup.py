"""Set-up says one line a step, leaves out what is done, and shows why a step failed."""

import os
import re
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shell(tmp_path):
    """Runs bash lines with setup.sh's functions, on a VAR of the test's own."""

    def run(lines):
        (tmp_path / "stamps").mkdir(exist_ok=True)
        begin = f"set -euo pipefail; ROOT={ROOT} VAR={tmp_path} PYTHON=python3; source scripts/setup.sh; "
        return subprocess.run(["bash", "-c", begin + lines], cwd=ROOT, capture_output=True, text=True)

    return run


def dev(*arguments, **environment):
    return subprocess.run(
        [ROOT / "dev", *arguments], env={**os.environ, **environment}, capture_output=True, text=True, cwd="/"
    )


def test_step_says_one_line_and_keeps_the_rest_in_the_log(shell, tmp_path):
    done = shell('step greet 1 "Greeting" echo "a long story"')
    assert re.fullmatch(r"Greeting \.\.\. done \(\d+ s\)\n", done.stderr)  # on a busy machine it is not always 0
    assert done.stdout == ""
    assert "a long story" in (tmp_path / "setup.log").read_text()


def test_step_with_the_same_inputs_is_left_out(shell, tmp_path):
    lines = f'step count 1 "Counting" bash -c "echo once >> {tmp_path}/count"'
    shell(lines)
    again = shell(lines)
    assert (again.returncode, again.stderr) == (0, "")
    assert (tmp_path / "count").read_text() == "once\n"


def test_step_with_changed_inputs_is_done_again(shell):
    shell('step greet 1 "Greeting" true')
    assert "Greeting" in shell('step greet 2 "Greeting" true').stderr


def test_step_that_fails_stops_shows_its_own_last_lines_and_is_tried_again(shell):
    shell('step first 1 "First" echo "an older story"')
    failing = 'step second 1 "Second" bash -c "echo no disk left; exit 3"; echo never reached'
    failed = shell(failing)
    assert failed.returncode != 0
    assert "Second ... failed. The last lines of" in failed.stderr
    assert "no disk left" in failed.stderr
    assert "an older story" not in failed.stderr
    assert "never reached" not in failed.stdout
    assert "Second ... failed" in shell(failing).stderr


def test_step_stops_at_the_first_failing_line_of_a_function(shell):
    failed = shell('both() { false; echo "went on"; }; step both 1 "Both" both')
    assert failed.returncode != 0
    assert "went on" not in failed.stderr


def test_set_ups_at_the_same_time_take_turns(shell, tmp_path):
    nothing_to_do = "set_up_debian() { :; }; set_up_python() { :; }; set_up_assets() { :; }; "
    with subprocess.Popen(["flock", tmp_path / "setup.lock", "sleep", "4"]) as holder:
        time.sleep(0.5)
        waited = shell(nothing_to_do + "set_up run")
        assert waited.stderr == f"Waiting for another set-up in {tmp_path}\n"
        assert holder.poll() == 0


def test_set_up_moved_to_another_place_begins_afresh_and_keeps_what_people_wrote(shell, tmp_path):
    for name in ("venv", "tools", "node", "debs", "stamps", "keys"):
        (tmp_path / name).mkdir()
    (tmp_path / "stamps" / "machine").write_text("another machine")
    (tmp_path / "stamps" / "tools").touch()
    (tmp_path / "db.sqlite3").touch()
    shell("forget_another_machine")
    assert {path.name for path in tmp_path.iterdir()} == {"stamps", "keys", "db.sqlite3"}
    assert [path.name for path in (tmp_path / "stamps").iterdir()] == ["machine"]


def test_set_up_on_an_old_python_says_what_is_needed(shell):
    failed = shell("PYTHON=false; set_up run")
    assert failed.returncode == 1
    assert failed.stderr.startswith("Keel needs Python 3.11 or newer")


def test_set_up_where_debian_packages_cannot_be_had_says_which_and_how_to_go_on(shell):
    lines = "can_load() { false; }; find_chromium() { :; }; command() { false; }; bash() { echo no network; false; }; "
    failed = shell(lines + "set_up_debian browser")
    assert failed.returncode == 1
    assert "no network" in failed.stderr
    assert "./dev test --no-browser" in failed.stderr
    assert "libpango-1.0-0" in failed.stderr.splitlines()[-1]


def test_private_packages_are_found_by_the_programs_that_need_them(shell, tmp_path):
    library = tmp_path / "debs" / "root" / "usr" / "lib" / "x86_64-linux-gnu" / "nss"
    library.mkdir(parents=True)
    found = shell(
        'unset LD_LIBRARY_PATH FONTCONFIG_FILE; use_debian; use_debian; echo "$LD_LIBRARY_PATH|$FONTCONFIG_FILE"'
    )
    assert found.stdout == f"{library.parent}:{library}|{tmp_path}/debs/fonts.conf\n"


def test_private_fonts_follow_debians_own_rules_where_they_lie_now(shell, tmp_path):
    root = tmp_path / "debs" / "root"
    rules = root / "etc" / "fonts" / "conf.d"
    rules.mkdir(parents=True)
    (root / "usr").mkdir()
    (root / "usr" / "scale.conf").touch()
    (root / "etc" / "fonts" / "latin.conf").touch()
    (rules / "10-scale.conf").symlink_to("/usr/scale.conf")
    (rules / "60-latin.conf").symlink_to("../latin.conf")
    written = shell("write_fonts_conf; write_fonts_conf")
    assert (written.returncode, written.stderr) == (0, "")
    assert (rules / "10-scale.conf").resolve() == (root / "usr" / "scale.conf").resolve()
    assert (rules / "60-latin.conf").resolve() == (root / "etc" / "fonts" / "latin.conf").resolve()
    assert f"<dir>{root}/usr/share/fonts</dir>" in (tmp_path / "debs" / "fonts.conf").read_text()


def test_dev_with_an_unknown_command_says_so_and_lists_those_there_are(tmp_path):
    refused = dev("serve", KEEL_VAR=str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr.startswith("There is no './dev serve'.")
    assert "run [--port N]" in refused.stderr


def test_dev_without_a_command_tells_how_to_use_it_and_sets_nothing_up(tmp_path):
    told = dev(KEEL_VAR=str(tmp_path))
    assert (told.returncode, told.stderr) == (0, "")
    assert "test [--no-browser]" in told.stdout
    assert list(tmp_path.iterdir()) == []


def test_what_keel_writes_is_closed_to_everybody_else_on_the_machine(tmp_path):
    tmp_path.chmod(0o755)
    dev("help", KEEL_VAR=str(tmp_path))
    assert tmp_path.stat().st_mode & 0o077 == 0
