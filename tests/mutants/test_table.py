"""The table of mutants stays true: a bug that no longer fits the code would prove nothing."""

import pytest

from tests.mutants import MUTANTS
from tests.mutants.__main__ import ROOT


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_fits_the_code_in_one_place_and_names_a_test_that_is_there(mutant):
    path, _, test = mutant.test.partition("::")
    assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.old) == 1
    assert f"def {test}" in (ROOT / path).read_text(encoding="utf-8")
