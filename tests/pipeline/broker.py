"""A Redis that can be made to fail: killed with all its messages, frozen, started again."""

import signal
import subprocess
from pathlib import Path

import redis as client

from tests.services import redis
from tests.services.ports import free_port, wait_for_port


class Broker:
    """Writes nothing to disk, so that a kill loses every message."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start it, unless it runs."""
        if self._process is not None:
            return
        self._process = subprocess.Popen(
            [
                *(redis.find_program(), "--port", str(self._port), "--bind", "127.0.0.1"),
                *("--dir", str(self._folder), "--appendonly", "no", "--save", ""),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        wait_for_port(self._port)

    def kill(self) -> None:
        """End it at once; nothing listens on its port any more."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Connections are accepted and never answered."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def queued(self) -> int:
        """Number of messages that no worker has taken."""
        with client.Redis.from_url(self.url) as connection:
            return int(connection.llen("celery"))  # type: ignore[arg-type]

    def unfinished(self) -> int:
        """Number of messages that a worker has taken and not finished."""
        with client.Redis.from_url(self.url) as connection:
            return int(connection.hlen("unacked"))  # type: ignore[arg-type]
