"""Reads the environment once, and turns everything missing or wrong into one plain list.

`Environment` collects problems instead of raising at the first, so that whoever sets Keel up mends them in one go.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

NEED_A_HOST = ("http", "https", "smtp", "smtps", "smtp+tls", "smtp+ssl", "submission")


class Environment:
    """The process environment, read with words instead of tracebacks."""

    def __init__(self, values: dict[str, str] | None = None):
        self.values = dict(os.environ if values is None else values)
        self.problems: list[str] = []

    def text(self, name: str, default: str | None = None, *, why: str = "") -> str:
        """The value of `name`, or what the file named by `name`_FILE holds; a problem when neither is there."""
        path = self.values.get(f"{name}_FILE", "").strip()
        if path:
            return self._content(f"{name}_FILE", path)
        value = self.values.get(name, "").strip()
        if value:
            return value
        if default is None:
            self.problems.append(f"{name} is not set. {why}".strip())
            return ""
        return default

    def _content(self, name: str, path: str) -> str:
        """What the file holds. The path is not repeated: the secret itself may stand there by mistake."""
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not text"
            self.problems.append(f"{name} cannot be read ({reason}). Set it to the path of a file that Keel may read.")
            return ""
        if not value:
            self.problems.append(f"{name} is an empty file. Put the value into it.")
        return value

    def one_of(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """The value of `name`, which must be one of `choices`."""
        value = self.text(name, default)
        if value not in choices:
            self.problems.append(f"{name} is {value!r}. Set it to one of: {', '.join(choices)}.")
            return default
        return value

    def whole_number(self, name: str, default: int, *, within: range | None = None) -> int:
        """The value of `name` as a number from 0 upwards, and `within` bounds where there are any."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdecimal()):
            self.problems.append(f"{name} is {value!r}. Set it to a whole number, for example {default}.")
            return default
        if within and int(value) not in within:
            self.problems.append(f"{name} is {value}. Set it to a number from {within[0]} to {within[-1]}.")
            return default
        return int(value)

    def names(self, name: str, default: str | None = None, *, why: str = "") -> list[str]:
        """The comma-separated values of `name`; a problem when there is nothing but commas."""
        value = self.text(name, default, why=why)
        names = [part.strip() for part in value.split(",") if part.strip()]
        if value and not names:
            self.problems.append(f"{name} names nothing. {why}".strip())
        return names

    def file(self, name: str, default: Path) -> Path:
        """The path that `name` gives; a problem when it is given and no file is there."""
        path = Path(self.text(name, str(default)))
        if path != default and not path.is_file():
            self.problems.append(f"{name} is {str(path)!r}, and no file is there. Check the path and its owner.")
        return path

    def secret(self, name: str, *, why: str) -> str:
        """The value of `name`, best given by file: other processes can see an environment."""
        return self.text(name, why=f"{why} Or set {name}_FILE to the path of a file that holds it.")

    def url(self, name: str, default: str | None, *, schemes: tuple[str, ...], why: str) -> str:
        """The value of `name` as an address with one of `schemes`; the value itself is never repeated.

        Valkey speaks Redis's protocol, and the libraries know it by Redis's scheme alone.
        """
        value = self.text(name, default, why=why)
        if value and value.partition(":")[0] not in schemes:
            starts = ", ".join(f"{scheme}:" for scheme in schemes)
            self.problems.append(f"{name} starts with something else than: {starts} {why}".strip())
            return ""
        try:
            parts = urlsplit(value)
            parts.port  # noqa: B018 - reading it is the check
        except ValueError:
            coded = "In a password write @ as %40, # as %23, / as %2F and [ as %5B."
            self.problems.append(f"{name} has a host or port that cannot be read. {coded} {why}".strip())
            return ""
        if parts.scheme in NEED_A_HOST and not parts.hostname:
            self.problems.append(f"{name} names no host. {why}".strip())
            return ""
        return f"redis{value.removeprefix('valkey')}" if value.startswith("valkey") else value

    def parsed(self, parser: Callable[[str], Any], name: str, value: str) -> dict[str, Any]:
        """`value` through one of django-environ's parsers; a problem when it cannot be read."""
        if not value:
            return {}
        try:
            return dict(parser(value))
        except (ValueError, KeyError, environ.ImproperlyConfigured):
            self.problems.append(f"{name} is not an address Keel can read. See .env.example for one.")
            return {}

    def stop_on_problems(self) -> None:
        """End the start with one sentence per problem, if there is any."""
        if self.problems:
            lines = "\n".join(f"  - {problem}" for problem in self.problems)
            raise SystemExit(f"Keel cannot start. Please mend this in its environment:\n{lines}")
