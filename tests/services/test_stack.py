"""The service runs: each command of docker-compose.yml, in its own environment, beside a real PostgreSQL and Valkey."""

import http.client
import shlex
import subprocess
import time
from contextlib import ExitStack, contextmanager

import pytest
from django.conf import settings

from tests.services import image
from tests.services.compose import SERVICES, environment_of, make_service_folder
from tests.services.server import free_port

HEALTHY_SECONDS = 90


@pytest.mark.timeout(330)
def test_service_migrates_starts_and_comes_to_be_ready(tmp_path, postgres_server, valkey_server):
    stack = Stack(tmp_path, postgres_server, valkey_server)
    stack.run_to_end("migrate")
    with ExitStack() as running:
        for name in ("web", "worker", "beat"):
            running.enter_context(stack.running(name))
        stack.wait_until_healthy("web")
        stack.wait_until_healthy("worker")
        stack.wait_until(lambda: stack.answer("/health/ready/") == 200, "every part to be ready")
        assert stack.answer("/health/live/", host="elsewhere.example") == 400
        assert stack.answer("/") == 301  # to https: nothing but the health pages is served without it


class Stack:
    """Keel's services in a folder laid out as the image is; the two servers are found at other addresses."""

    def __init__(self, folder, postgres, valkey):
        self.image = image.lay_out(folder, settings.VAR_DIR / "node/node_modules")
        self.service = make_service_folder(folder / "clone")
        self.port = free_port()
        self.log = folder / "log"
        self.processes = {}
        (self.service / "database_url").write_text(postgres.url)
        self.elsewhere = {
            "redis://valkey:6379": valkey.url,
            "0.0.0.0:8000": f"127.0.0.1:{self.port}",
            "127.0.0.1:8000": f"127.0.0.1:{self.port}",
            "/tmp/schedule": f"{folder}/schedule",
        }

    def here(self, words):
        """What compose says, with the addresses of this test."""
        for there, here in self.elsewhere.items():
            words = words.replace(there, here)
        return words

    def environment(self, name):
        values = {key: self.here(value) for key, value in environment_of(name, self.service).items()}
        return values | {"HOME": str(self.log.parent)}

    def command(self, name):
        return [self.here(word) for word in SERVICES[name]["command"]]

    def run_to_end(self, name):
        return image.run(self.command(name), self.image, self.environment(name))

    @contextmanager
    def running(self, name):
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                self.command(name),
                cwd=self.image,
                env=image.bare_environment(self.environment(name)),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes[name] = process
        try:
            yield
        finally:
            process.terminate()
            assert process.wait(30) in (0, -15), f"{name} did not end in good order\n{self.log.read_text()}"

    def wait_until_healthy(self, name):
        """Ask as compose does, with the same command in the same environment."""
        kind, *words = SERVICES[name]["healthcheck"]["test"]
        words = [self.here(word.replace("$$", "$")) for word in words]
        command = ["sh", "-c", *words] if kind == "CMD-SHELL" else words
        environment = image.bare_environment(self.environment(name))
        self.wait_until(
            lambda: subprocess.run(command, cwd=self.image, env=environment, capture_output=True).returncode == 0,
            f"{name} to be healthy by {shlex.join(command)}",
        )

    def wait_until(self, condition, hope):
        deadline = time.monotonic() + HEALTHY_SECONDS
        while not condition():
            ended = [name for name, process in self.processes.items() if process.poll() is not None]
            assert not ended, f"{ended} ended while we waited for {hope}\n{self.log.read_text()}"
            assert time.monotonic() < deadline, f"waited in vain for {hope}\n{self.log.read_text()}"
            time.sleep(0.2)

    def answer(self, address, host="keel.example.nhs.uk"):
        """The status that web answers with."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked.request("GET", address, headers={"Host": host})
            return asked.getresponse().status
        except ConnectionRefusedError:
            return None
        finally:
            asked.close()
