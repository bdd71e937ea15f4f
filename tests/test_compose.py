"""The service as the repository ships it: no container engine is at hand, so each part is tried by itself.

Here the files against their rules, and the environments against the settings, in a folder laid out as the image is.
tests/services/test_stack.py runs the commands.
"""

import ast
import copy
import json
import re

import pytest
import yaml
from compose_spec import PyCompose
from django.conf import settings
from django.core.management import get_commands

from tests.services import image
from tests.services.compose import COMPOSE, KEELS_OWN, SERVICES, environment_of, make_service_folder, read_env
from tests.services.image import ROOT

CHECK = ["python", "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]


# --- The compose file ---------------------------------------------------------------------------------------------


def test_compose_file_follows_the_compose_specification():
    check_compose(COMPOSE)


@pytest.mark.parametrize(
    ("service", "key", "mistake"),
    [
        ("web", "restrat", "always"),
        ("web", "restart", "sometimes"),
        ("web", "networks", ["nowhere"]),
        ("web", "secrets", ["nothing"]),
        ("web", "depends_on", {"postgres": {"condition": "healthy"}}),
        ("valkey", "healthcheck", {"test": ["CMD", "true"], "intervall": "5s"}),
    ],
)
def test_compose_check_finds_a_planted_mistake(service, key, mistake):
    planted = copy.deepcopy(COMPOSE)
    planted["services"][service][key] = mistake
    with pytest.raises(ValueError, match=service):
        check_compose(planted)


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_confined(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"cap_add", "privileged", "network_mode", "pid", "ipc", "devices"} & set(service)
    assert "user" in service or name in KEELS_OWN  # Keel's own is in the image
    assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")


def test_only_web_is_reached_from_outside_and_only_by_the_proxy_on_this_machine():
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }
    reach_out = [name for name, service in SERVICES.items() if "outside" in service["networks"]]
    assert reach_out == ["web", "worker"]  # both send mail
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_secrets_come_by_file_and_each_service_gets_its_own():
    for name in KEELS_OWN:
        files = {value for key, value in SERVICES[name]["environment"].items() if value.startswith("/run/secrets/")}
        assert files == {f"/run/secrets/{secret}" for secret in SERVICES[name]["secrets"]}
    assert SERVICES["postgres"]["secrets"] == ["database_password"]
    assert "secrets" not in SERVICES["valkey"]


def test_web_worker_and_beat_wait_for_the_migration_and_the_servers():
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "postgres": {"condition": "service_healthy"},
            "valkey": {"condition": "service_healthy"},
        }


def test_named_volumes_are_declared_and_nothing_of_the_host_is_mounted():
    mounted = [volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])]
    assert mounted == list(COMPOSE["volumes"]) == ["database"]


def check_compose(compose):
    """Raise ValueError unless `compose` follows the specification and all it refers to is there."""
    PyCompose.from_yaml(yaml.safe_dump(compose)).validate()


# --- The image ----------------------------------------------------------------------------------------------------


def test_dockerfile_has_no_finding():
    image.run(["hadolint", "Dockerfile"], ROOT, {})


def test_dockerfile_check_finds_a_planted_mistake(tmp_path):
    planted = (ROOT / "Dockerfile").read_text().replace("USER 10001:10001\n", "USER root\n")
    (tmp_path / "Dockerfile").write_text(planted)
    with pytest.raises(AssertionError, match="DL3002"):
        image.run(["hadolint", "Dockerfile"], tmp_path, {})


def test_builder_is_sent_what_the_dockerfile_copies_and_nothing_else():
    sent = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.M)
    copied = {source.partition("/")[0] for stage in ("node", "build") for source in image.copied_sources(stage)}
    assert set(sent) == copied
    assert (ROOT / ".dockerignore").read_text().splitlines()[1] == "*"


def test_image_holds_its_static_files_and_no_key(image_folder):
    manifest = json.loads((image_folder / "var/static/staticfiles.json").read_text())
    assert {"app.css", "nhsuk/nhsuk-frontend.min.css", "nhsuk/nhsuk-frontend.min.js"} <= set(manifest["paths"])
    assert not [path for path in image_folder.rglob("*") if path.name in ("secret", "ring", "keys", "scripts")]


def test_image_has_the_debian_packages_that_set_up_installs():
    set_up = (ROOT / "scripts/setup.sh").read_text()
    wanted = [name for found in re.findall(r"^(?:PDF|FONT)_PACKAGES=\((.*)\)$", set_up, re.M) for name in found.split()]
    installed = re.search(r"apt-get install --yes --no-install-recommends([^&]*)&&", (ROOT / "Dockerfile").read_text())[
        1
    ]
    assert sorted(wanted) == sorted(installed.replace("\\", "").split())


@pytest.fixture(scope="module")
def image_folder(tmp_path_factory):
    """A folder with what the image holds under /keel."""
    return image.lay_out(tmp_path_factory.mktemp("image"), settings.VAR_DIR / "node/node_modules")


@pytest.fixture(scope="module")
def service_folder(tmp_path_factory):
    """The folder service/ of somebody who follows docs/operations.md."""
    return make_service_folder(tmp_path_factory.mktemp("clone"))


# --- The environments ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KEELS_OWN)
def test_service_environment_is_one_that_the_settings_accept_without_a_warning(name, image_folder, service_folder):
    image.run(CHECK, image_folder, environment_of(name, service_folder))


def test_env_example_by_itself_is_one_that_the_settings_accept(image_folder, service_folder):
    by_hand = read_env(ROOT / ".env.example")
    values = {name: value.replace("/etc/keel/", f"{service_folder}/") for name, value in by_hand.items()}
    image.run(CHECK, image_folder, values)


def test_env_example_sets_all_that_has_no_default_and_two_that_a_service_should_think_about(image_folder):
    with pytest.raises(AssertionError) as stopped:
        image.run(CHECK, image_folder, {})
    must_be_set = set(re.findall(r"- ([A-Z_]+) is not set", str(stopped.value)))
    set_there = {name.removesuffix("_FILE") for name in read_env(ROOT / ".env.example")}
    assert set_there == must_be_set | {"KEEL_TRUSTED_PROXIES", "KEEL_SUPPORT"}


def test_env_example_explains_each_name_that_the_settings_read_and_no_other():
    read = names_read_by_settings()
    explained = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M)
    assert sorted(name if name in read else name.removesuffix("_FILE") for name in explained) == sorted(read)


def test_compose_sets_no_name_that_the_settings_do_not_read():
    read = names_read_by_settings()
    for name in KEELS_OWN:
        keys = SERVICES[name]["environment"]
        assert [key for key in keys if key not in read and key.removesuffix("_FILE") not in read] == []


def test_secrets_made_as_documented_are_for_their_owner_alone(service_folder):
    assert {path.stat().st_mode & 0o777 for path in service_folder.iterdir()} == {0o600}
    assert (service_folder / "database_password").read_text() in (service_folder / "database_url").read_text()


def test_operations_name_only_commands_that_exist():
    text = (ROOT / "docs/operations.md").read_text() + json.dumps(COMPOSE)
    named = set(re.findall(r"(?:manage\.py|dev manage) ([a-z_]+)", text))
    assert {"migrate", "load_library", "invite"} <= named <= set(get_commands())


def names_read_by_settings():
    """The first argument of each `env.<method>("NAME", ...)` in the settings."""
    tree = ast.walk(ast.parse((ROOT / "config/settings.py").read_text()))
    calls = [node for node in tree if isinstance(node, ast.Call) and re.match(r"env\.\w+$", ast.unparse(node.func))]
    return {call.args[0].value for call in calls if call.args and isinstance(call.args[0], ast.Constant)}
