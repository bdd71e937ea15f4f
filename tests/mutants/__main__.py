"""Puts each bug into a copy of the tree and runs its test there: `python -m tests.mutants [PART OF A NAME]`.

First a control: on the sound tree the same tests pass, for a test that is red anyway would prove nothing.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import TypeVar

from tests.mutants import MUTANTS, Mutant

T, R = TypeVar("T"), TypeVar("R")
ROOT = Path(__file__).parents[2]
TREES = Path(os.environ.get("KEEL_VAR", ROOT / "var")) / "cache" / "mutants"


def main(part: str = "") -> int:
    """0 if every bug whose name holds `part` was killed, else 1."""
    chosen = [mutant for mutant in MUTANTS if part in mutant.name]
    if not chosen:
        print(f"No mutant has {part!r} in its name.")
        return 1
    trees = [copied(TREES / str(number)) for number in range(os.cpu_count() or 1)]
    files = sorted({file_of(mutant) for mutant in chosen})
    controls = in_trees(trees, files, lambda file, tree: control(file, chosen, tree))
    troubles = [trouble for control_of_file in controls for trouble in control_of_file]
    for trouble in troubles:
        print(f"Control: {trouble}", flush=True)
    verdicts = in_trees(trees, chosen, said)
    print(f"{verdicts.count('killed')} of {len(chosen)} killed by an assertion.")
    return int(bool(troubles) or verdicts.count("killed") < len(chosen))


def in_trees(trees: list[Path], things: list[T], act: Callable[[T, Path], R]) -> list[R]:
    """What `act` answers for each thing, each in a tree of its own meanwhile."""
    free: Queue[Path] = Queue()
    for tree in trees:
        free.put(tree)

    def in_a_free_tree(thing: T) -> R:
        tree = free.get()
        try:
            return act(thing, tree)
        finally:
            free.put(tree)

    with ThreadPoolExecutor(len(trees)) as pool:
        return list(pool.map(in_a_free_tree, things))


def copied(tree: Path) -> Path:
    """A new copy of the files that git knows, and the private folder beside them."""
    shutil.rmtree(tree, ignore_errors=True)
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in names.splitlines():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tree / name)
    (tree / "var").symlink_to(ROOT / "var")
    return tree


def control(file: str, mutants: list[Mutant], tree: Path) -> list[str]:
    """What is wrong with the named tests of one file while no bug is in."""
    tests = sorted({test_of(mutant) for mutant in mutants if file_of(mutant) == file})
    outcomes = tried(tree, file, " or ".join(tests))
    missing = [f"{file}::{test} is not there" for test in tests if not any(test in name for name in outcomes)]
    return missing + [f"{file}::{name} ends in {how}" for name, how in outcomes.items() if how != "passed"]


def said(mutant: Mutant, tree: Path) -> str:
    """The verdict on one bug, which is also a line of the table that is printed."""
    with put_into(tree, mutant):
        verdict = verdict_on(set(tried(tree, file_of(mutant), test_of(mutant)).values()))
    print(f"{verdict:<7} {mutant.name:<26} {mutant.test}", flush=True)
    return verdict


def verdict_on(outcomes: set[str]) -> str:
    """Killed is only what an assertion noticed: any other error would meet the next bug, or sound code, as well."""
    if "AssertionError" in outcomes:
        return "killed"
    if errors := outcomes - {"passed"}:
        return f"LIVED: by {' and '.join(sorted(errors))}, which is no assertion"
    return "LIVED" if outcomes else "LIVED: no test ran"


@contextmanager
def put_into(tree: Path, mutant: Mutant) -> Iterator[None]:
    """The bug stands in the tree, and afterwards the tree is sound again."""
    file = tree / mutant.file
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(sound, encoding="utf-8")


def tried(tree: Path, file: str, expression: str) -> dict[str, str]:
    """What came of each of the tests that `expression` names in `file`."""
    command = [sys.executable, "-m", "tests.mutants.trial", file, expression]
    ran = subprocess.run(command, cwd=tree, capture_output=True, text=True)
    told = re.search(r"^\{.*\}\Z", ran.stdout.rstrip(), re.MULTILINE)
    if told is None or ran.returncode not in (0, 1, 5):  # the tests did not run, and that proves nothing
        raise RuntimeError(ran.stdout + ran.stderr)
    return json.loads(told[0])


def file_of(mutant: Mutant) -> str:
    """Where its test lies."""
    return mutant.test.partition("::")[0]


def test_of(mutant: Mutant) -> str:
    """What the name of its test begins with."""
    return mutant.test.partition("::")[2]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
