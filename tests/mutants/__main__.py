"""Puts each bug into a copy of the tree, runs its test there, and prints what came of it: `python -m tests.mutants`."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutants import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]
BY_ASSERTION = re.compile(r"^E +(AssertionError|assert |Failed: DID NOT RAISE)", re.MULTILINE)


def main() -> int:
    """How many bugs lived, as the exit status: none should."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        copy_into(tree)
        lived = [mutant.name for mutant in MUTANTS if not is_killed(mutant, tree)]
    print(f"{len(MUTANTS) - len(lived)} of {len(MUTANTS)} killed by an assertion.")
    return len(lived)


def copy_into(tree: Path) -> None:
    """The files that git knows, and the private folder beside them."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in names.splitlines():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tree / name)
    (tree / "var").symlink_to(ROOT / "var")


def is_killed(mutant: Mutant, tree: Path) -> bool:
    """Whether the named test fails by an assertion while the bug is in."""
    file = tree / mutant.file
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace(mutant.old, mutant.new), encoding="utf-8")
    path, _, test = mutant.test.partition("::")
    command = [sys.executable, "-m", "pytest", "-q", "-k", test, path]
    ran = subprocess.run(command, cwd=tree, capture_output=True, text=True)
    file.write_text(sound, encoding="utf-8")
    if ran.returncode not in (0, 1):  # neither passed nor failed: the test did not run, and that proves nothing
        raise RuntimeError(ran.stdout + ran.stderr)
    killed = ran.returncode == 1 and BY_ASSERTION.search(ran.stdout) is not None
    print(f"{'killed' if killed else 'LIVED '}  {mutant.name:<26} {mutant.test}", flush=True)
    return killed


if __name__ == "__main__":
    sys.exit(main())
