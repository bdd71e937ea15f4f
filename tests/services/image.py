"""What the Dockerfile puts into Keel's image, laid out in a folder, so that no container engine is needed to try it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_TRIED = ("python -m venv", "pip install")  # the tests run in an environment that came from the same hashes


def instructions(stage: str) -> list[tuple[str, str]]:
    """The Dockerfile's instructions in the stage called `stage`, each with its arguments."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.M).replace("\\\n", " ")
    body = re.split(rf"^FROM \S+ AS {stage}$", text, flags=re.M)[1].split("\nFROM ")[0]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in body.splitlines()) if word]


def copied_sources(stage: str) -> list[str]:
    """The files and folders of the repository that a stage copies."""
    copies = [rest.split() for word, rest in instructions(stage) if word == "COPY" and not rest.startswith("--from")]
    return [source for *sources, _target in copies for source in sources]


def lay_out(parent: Path, node_modules: Path) -> Path:
    """Do in a new folder what the build stage does in its work folder."""
    assert node_modules.is_dir(), f"{node_modules} is missing. ./dev test fetches it."
    folder = parent / "keel"
    folder.mkdir()
    for word, rest in instructions("build"):
        if word == "COPY" and not rest.startswith("--from"):
            copy(rest, folder)
        if word == "RUN" and not any(part in rest for part in NOT_TRIED):
            command = rest.replace("/venv/bin/", "").replace("/node_modules", str(node_modules))
            run(["sh", "-c", command.replace("/tmp/keys", "../keys")], folder, {})
    return folder


def copy(arguments: str, folder: Path) -> None:
    """One COPY: folders give what they hold, files go by their names."""
    *sources, target = arguments.split()
    for source in (ROOT / name for name in sources):
        if source.is_dir():
            shutil.copytree(source, folder / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (folder / target).mkdir(exist_ok=True)
            shutil.copy2(source, folder / target)


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """What `command` prints in `folder`; AssertionError with all it printed when it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=bare_environment(environment),
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, f"{command} ended with status {done.returncode}\n{done.stdout}"
    return done.stdout


def bare_environment(more: dict[str, str]) -> dict[str, str]:
    """Nothing of the tester's own but where the programs and Pango are, and `more`."""
    private_packages = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "FONTCONFIG_FILE") if name in os.environ}
    return {"PATH": f"{Path(sys.executable).parent}:{os.defpath}", "LC_ALL": "C.UTF-8", **private_packages, **more}
