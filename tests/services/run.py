"""Runs a command with a real PostgreSQL and Valkey beside it: `python -m tests.services.run pytest tests`."""

import os
import subprocess
import sys

from tests.services.postgres import PostgresServer
from tests.services.private import ServerFailed
from tests.services.valkey import ValkeyServer


def main(command: list[str]) -> int:
    """Run `command` with the servers' addresses in its environment, and answer with its exit status."""
    try:
        with PostgresServer() as postgres, ValkeyServer() as valkey:
            addresses = {"KEEL_TEST_DATABASE_URL": postgres.url, "KEEL_TEST_VALKEY_URL": valkey.url}
            return run_to_end(command, addresses | {"KEEL_TEST_TEMPLATE": postgres.migrated()})
    except ServerFailed as error:
        print(error, file=sys.stderr)
        return 1


def run_to_end(command: list[str], addresses: dict[str, str]) -> int:
    """Wait for `command` even when Ctrl-C reaches us both: it decides how to end, the servers go after it."""
    child = subprocess.Popen(command, env={**os.environ, **addresses})
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
