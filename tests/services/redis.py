"""A Redis for one run, as production runs it (append-only file on)."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.services.ports import free_port, wait_for_port


class Missing(LookupError):
    """The machine has no redis-server."""


def find_program() -> str:
    """Path of the server.

    Raises:
        Missing: there is no redis-server (nor the compatible valkey-server).
    """
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise Missing("redis-server")
    return program


@contextmanager
def running() -> Iterator[str]:
    """Its URL; stopped and removed at the end.

    Raises:
        Missing: as ``find_program``.
    """
    program = find_program()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="kt-redis-") as home:
        server = subprocess.Popen(
            [
                *(program, "--port", str(port), "--bind", "127.0.0.1", "--dir", home),
                *("--appendonly", "yes", "--save", ""),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for_port(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(timeout=10)
