"""The table of mutants stays true: a bug that no longer fits the code would prove nothing."""

import pytest

from tests.mutants import MUTANTS
from tests.mutants.__main__ import ROOT, main, tried, verdict_on


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_fits_the_code_in_one_place_and_names_a_test_that_is_there(mutant):
    path, _, test = mutant.test.partition("::")
    assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.old) == 1
    assert f"def {test}" in (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ({"AssertionError"}, "killed"),
        ({"passed", "AssertionError"}, "killed"),
        ({"passed"}, "LIVED"),
        (set(), "LIVED: no test ran"),
        ({"KeyError", "passed"}, "LIVED: by KeyError, which is no assertion"),
    ],
)
def test_mutant_is_killed_by_an_assertion_alone(outcomes, verdict):
    assert verdict_on(outcomes) == verdict


def test_mutants_that_nobody_named_are_a_failure_too(capsys):
    assert main("no such name") == 1
    assert "No mutant has 'no such name' in its name." in capsys.readouterr().out


def test_mutant_trial_says_what_came_of_each_test(tmp_path):
    file = tmp_path / "test_sample.py"
    file.write_text(SAMPLE)
    assert tried(ROOT, str(file), "passes or asserts or raises or errs") == {
        "test_passes": "passed",
        "test_asserts": "AssertionError",
        "test_raises_nothing": "AssertionError",
        "test_errs": "KeyError",
    }


SAMPLE = """
import pytest
def test_passes(): pass
def test_asserts(): assert 1 == 2
def test_raises_nothing():
    with pytest.raises(KeyError): pass
def test_errs(): {}["there"]
def test_is_not_asked_for(): assert False
"""
