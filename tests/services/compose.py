"""What docker-compose.yml says, and a filled folder service/ as docs/operations.md tells operators to make it."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from tests.services.image import ROOT, bare_environment

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
KEELS_OWN = [name for name, service in SERVICES.items() if service["image"] == "keel"]


def make_service_folder(clone: Path) -> Path:
    """Run the commands of docs/operations.md in `clone`, edit what they say to edit, and answer with service/."""
    for name in ("scripts/keys.py", ".env.example", "apps/home/content/support.toml"):
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, clone / name)
    section = (ROOT / "docs/operations.md").read_text().split("## Set up with Compose")[1]
    commands = re.search(r"```sh\n(.*?)```", section, re.S)[1]
    subprocess.run(["sh", "-euc", commands], cwd=clone, env=bare_environment({}), check=True, capture_output=True)
    fill_in(clone / "service/support.toml")
    return clone / "service"


def fill_in(support: Path) -> None:
    """What a service does with its support page before anybody uses it."""
    text = support.read_text().replace('how = ""', 'how = "Call 01632 960 001, from 9 to 5."')
    support.write_text(re.sub(r"^last_checked = .*$", f"last_checked = {timezone.localdate()}", text, flags=re.M))


def environment_of(name: str, folder: Path) -> dict[str, str]:
    """The environment that a container of Keel's own gets, its mounted files found in `folder` instead."""
    service = SERVICES[name]
    mounted = {f"/run/secrets/{secret}": COMPOSE["secrets"][secret]["file"] for secret in service["secrets"]}
    mounted |= {config["target"]: COMPOSE["configs"][config["source"]]["file"] for config in service["configs"]}
    given = read_env(folder / Path(service["env_file"]).name) | service["environment"]
    return {key: str(folder / Path(mounted[value]).name) if value in mounted else value for key, value in given.items()}


def read_env(path: Path) -> dict[str, str]:
    """The names and values in a file of the form NAME=value."""
    lines = [line.partition("=") for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return {name: value.strip('"') for name, _, value in lines}
