"""The product's own processes, with the commands they have in production, and ways to kill them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ops.probe import is_ready
from tests.services import program
from tests.services.program import ROOT, Program

SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def wait_until(condition: Callable[[], object], seconds: float = 45) -> None:
    """Return when the condition holds.

    Raises:
        AssertionError: time was up.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so after {seconds} s"
        time.sleep(0.05)


def manage(variables: Mapping[str, str], *arguments: str) -> str:
    """Run a management command as an operator would; returns what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=program.environment(variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output = done.stdout.decode()
    assert done.returncode == 0, output
    return output


def children(parent: int) -> list[int]:
    """Process ids of the children of a process."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, check=True)
    rows = [line.split() for line in listing.stdout.decode().splitlines()]
    return [int(pid) for pid, parent_id in rows if int(parent_id) == parent]


def kill(pids: list[int]) -> None:
    """Send SIGKILL to those that still run."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


@dataclass
class Web:
    """A gunicorn master, which replaces the workers that die."""

    program: Program
    url: str
    port: int

    @property
    def workers(self) -> list[int]:
        return children(self.program.process.pid)

    def wait(self) -> None:
        """Return when it answers."""
        self.program.wait_until(lambda: is_ready("127.0.0.1", self.port, self.url), seconds=60)

    def kill_worker(self) -> None:
        """Kill one worker, if there is one, whatever it is doing."""
        kill(self.workers[:1])

    def kill(self) -> None:
        """Kill all workers, so that nothing in their memory is left. The master starts new ones."""
        old = set(self.workers)
        kill(list(old))
        wait_until(lambda: not old & set(self.workers))


@contextmanager
def web(command: list[str], variables: Mapping[str, str], port: int) -> Iterator[Web]:
    with program.running(command, variables) as running:
        server = Web(running, f"http://127.0.0.1:{port}", port)
        server.wait()
        yield server


def compose_web(port: int) -> list[str]:
    """Production's command of the web service, on a port of this machine."""
    return [
        part.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in SERVICES["web"]["command"]
    ]


def single_machine_web(port: int) -> list[str]:
    """What `make run` starts as web."""
    from ops.management.commands.start import Command

    start = Command()
    start.host, start.port = "127.0.0.1", port
    return list(start.children()[0].command)


class Worker:
    """A Celery parent with its pool of child processes."""

    def __init__(self, running: Program) -> None:
        self._program = running

    @property
    def pool(self) -> list[int]:
        return children(self._program.process.pid)

    def kill_pool(self) -> None:
        """Kill the children, as the system does when memory is short; the parent runs on."""
        kill(self.pool)

    def kill(self) -> None:
        """Kill all at once, the parent first, so that it can return no message to the broker."""
        pool = self.pool
        kill([self._program.process.pid])
        self._program.process.wait()
        kill(pool)

    def wait(self) -> None:
        self._program.wait_until(lambda: " ready." in self._program.output, seconds=60)


@contextmanager
def worker(variables: Mapping[str, str]) -> Iterator[Worker]:
    """Production's worker, once it takes messages; killed at the end, which is quicker than SIGTERM
    (tests/config shows that it stops on that)."""
    command = list(SERVICES["worker"]["command"])
    with program.running(command, variables) as running:
        started = Worker(running)
        try:
            started.wait()
            yield started
        finally:
            started.kill()


def settings_of(folder: Path, **more: str) -> dict[str, str]:
    """The environment that web, worker and commands share; ``folder`` is their data folder."""
    return {
        "VAR_DIR": str(folder),
        "ALLOWED_HOSTS": "127.0.0.1",
        "EVIDENCE_FETCH": "false",
        "LOG_LEVEL": "INFO",
        **more,
    }
