"""The embedded broker hands out whole messages, at once."""

import threading
import uuid
from pathlib import Path

import pytest
from kombu import Connection, Queue

from config.file_transport import Transport


def options(folder: Path) -> dict[str, object]:
    return {
        "data_folder_in": str(folder), "data_folder_out": str(folder),
        "processed_folder": str(folder), "control_folder": str(folder / "control"),
        "store_processed": False, "polling_interval": 0.001,
    }  # fmt: skip


@pytest.fixture
def broker(tmp_path: Path) -> Connection:
    from config.celery import app  # registers the transport

    assert app is not None
    (tmp_path / "control").mkdir()
    return Connection("filesystem://", transport_options=options(tmp_path))


def test_filesystem_broker_is_ours(broker: Connection) -> None:
    assert isinstance(broker.transport, Transport)


def test_every_message_arrives_whole_while_others_are_written(broker: Connection) -> None:
    """kombu's own transport gives a reader that looks often half-written messages."""
    # kombu remembers in the process what it has bound, whatever the folder.
    name = f"test-{uuid.uuid4()}"
    texts = [f"{number}:" + "ệ" * 20_000 for number in range(60)]

    def write() -> None:
        with broker.clone() as connection, connection.SimpleQueue(name) as queue:
            for text in texts:
                queue.put(text)

    writer = threading.Thread(target=write)
    with (
        broker as connection,
        connection.SimpleQueue(Queue(name, routing_key=name)) as queue,
    ):
        writer.start()
        received = [queue.get(timeout=20).payload for _text in texts]
    writer.join()
    assert sorted(received) == sorted(texts)
