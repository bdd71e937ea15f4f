"""The embedded broker under processes that read and write at once."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from queue import Empty
from time import monotonic

from kombu import Connection

from config.celery import app

MESSAGES = 300  # by each of two writers
PATIENCE = 60  # seconds


def connect(folder: Path) -> Connection:
    """A connection to a broker of this test's own, through the transport of the settings."""
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(folder / "control")}
    return Connection("filesystem://", transport=app.conf.broker_transport, transport_options=options)


def write(folder: Path, writer: int) -> None:
    with connect(folder) as connection:
        queue = connection.SimpleQueue("celery")
        for number in range(MESSAGES):
            queue.put({"message": f"{writer}-{number}"})


def read(folder: Path) -> list[str]:
    """Whatever one reader gets until both writers' messages are gone; it never waits between two looks."""
    got, until = [], monotonic() + PATIENCE
    with connect(folder) as connection:
        channel = connection.channel()
        while monotonic() < until and not (folder / "done").exists():
            try:
                message = channel._get("celery")
            except Empty:
                continue
            got.append(message["body"])
    return got


def test_messages_read_while_they_are_written_arrive_whole_and_once(tmp_path):
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        readers = [pool.submit(read, tmp_path) for _ in range(2)]
        for writer in [pool.submit(write, tmp_path, number) for number in range(2)]:
            writer.result()
        while list(tmp_path.glob("*.msg")) and not any(reader.done() for reader in readers):
            pass
        (tmp_path / "done").touch()
        bodies = [body for reader in readers for body in reader.result()]
    assert len(bodies) == len(set(bodies)) == 2 * MESSAGES


def test_bindings_made_at_once_are_all_kept(tmp_path):
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(bind, [(tmp_path, f"queue-{number}") for number in range(8)]))
    with connect(tmp_path) as connection:
        assert {row.queue for row in connection.channel().get_table("shared")} == {f"queue-{n}" for n in range(8)}


def bind(place: tuple[Path, str]) -> None:
    folder, queue = place
    with connect(folder) as connection:
        connection.channel()._queue_bind("shared", queue, "", queue)
