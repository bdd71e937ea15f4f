"""The embedded run's broker: kombu's folder of messages, with every file whole from the moment it can be seen.

kombu creates a message's file under its final name and then fills it. A worker that looks in between reads an empty
message and ends with JSONDecodeError; looking every 0.02 s makes that a matter of minutes. Here a file is filled under
another name first, and a message is taken by renaming it, within the same folder.
"""

import fcntl
import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


def write_whole(path: Path, text: str) -> None:
    """Make `path` appear with `text` in it, or replace it at once."""
    part = path.with_name(f"{uuid.uuid4()}.part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


class Channel(filesystem.Channel):
    """Messages and bindings that no reader meets half written."""

    def _put(self, queue: str, message: dict[str, Any], **_kwargs: Any) -> None:  # type: ignore[override]  # kombu's two differ
        name = f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg"
        write_whole(Path(self.data_folder_out) / name, dumps(message))

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        folder = Path(self.data_folder_in)
        for name in sorted(os.listdir(folder)):
            if name.partition(".")[2] == f"{queue}.msg":
                taken = folder / f"{name}.taken"
                try:
                    os.rename(folder / name, taken)
                except FileNotFoundError:
                    continue  # another worker was first
                payload: dict[str, Any] = loads(taken.read_text(encoding="utf-8"))
                taken.unlink()
                return payload
        raise Empty

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self.control_folder.mkdir(parents=True, exist_ok=True)
        with (self.control_folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            bindings = self.get_table(exchange)
            if binding not in bindings:
                write_whole(self._exchange_file(exchange), dumps([binding, *bindings]))


class Transport(filesystem.Transport):
    """kombu's filesystem transport with our channel."""

    Channel = Channel
