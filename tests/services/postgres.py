"""A PostgreSQL cluster for one run, created with `initdb` as an unprivileged user."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

from tests.services.ports import free_port

OPTIONS = {
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}
# Speed over safety: the cluster lives for one run. Everything else as in production.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Missing(LookupError):
    """The machine has no PostgreSQL server programs; the message says which."""


@dataclass(frozen=True)
class Cluster:
    """`url` is an ordinary role that may create databases, like the application's;
    `admin_url` the superuser."""

    url: str
    admin_url: str


def find_programs() -> Path:
    """The folder with initdb and postgres, newest version first.

    Raises:
        Missing: there is none.
    """
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    for folder in [*debian, *([Path(on_path).resolve().parent] if on_path else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Missing("PostgreSQL's server programs (initdb, postgres)")


def _unprivileged() -> dict[str, Any]:
    """How to run PostgreSQL, which refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise Missing("an unprivileged user to run PostgreSQL as")


@contextmanager
def running(
    *, durable: bool = False, options: Mapping[str, str] | None = None
) -> Iterator[Cluster]:
    """A cluster on a random loopback port, with passwords; stopped and removed at the end.

    Args:
        durable: write to the disk as in production, for measuring.
        options: further settings of the server.
    """
    programs, identity = find_programs(), _unprivileged()
    # Not below TMPDIR: it may be a folder that the unprivileged user cannot enter.
    home = Path(tempfile.mkdtemp(prefix="kt-pg-", dir="/tmp"))
    try:
        if identity:
            os.chown(home, identity["user"], identity["group"])
        chosen = (OPTIONS if durable else OPTIONS | FAST) | dict(options or {})
        yield from _serve(programs, home, identity, chosen)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _serve(
    programs: Path, home: Path, identity: dict[str, Any], options: dict[str, str]
) -> Iterator[Cluster]:
    port, password = free_port(), secrets.token_hex(16)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(home)}
    shared: dict[str, Any] = {"cwd": home, "env": environment, **identity}
    _create_data_folder(programs, home, password, shared)
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        server: subprocess.Popen[bytes] = subprocess.Popen(
            [
                *(f"{programs}/postgres", "-D", f"{home}/data", "-p", str(port)),
                *("-k", str(home), "-c", "listen_addresses=127.0.0.1", *settings),
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            **shared,
        )
        try:
            admin_url = f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"
            _wait(programs, home, port, server)
            _create_role(admin_url, password)
            yield Cluster(f"postgres://kiemtin:{password}@127.0.0.1:{port}/kiemtin", admin_url)
        finally:
            _stop(server)


def _create_data_folder(programs: Path, home: Path, password: str, shared: dict[str, Any]) -> None:
    """Run initdb as the user that will run the server."""
    password_file = home / "password"
    password_file.write_text(password)
    if "user" in shared:
        os.chown(password_file, shared["user"], shared["group"])
    subprocess.run(
        [
            *(f"{programs}/initdb", "--pgdata", f"{home}/data", "--encoding=UTF8"),
            *("--locale=C.UTF-8", "--username=postgres", "--auth=scram-sha-256"),
            *(f"--pwfile={password_file}", "--no-sync"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        **shared,
    )


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()  # SIGTERM waits for clients to leave ...
    try:
        server.wait(timeout=3)
    except subprocess.TimeoutExpired:
        server.send_signal(2)  # ... SIGINT ends their connections
        server.wait(timeout=20)


def _wait(programs: Path, home: Path, port: int, server: "subprocess.Popen[bytes]") -> None:
    probe = [f"{programs}/pg_isready", "-h", "127.0.0.1", "-p", str(port), "-q", "-t", "1"]
    for _attempt in range(200):
        if server.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended at once: {(home / 'log').read_text()[-2000:]}")
        if subprocess.run(probe).returncode == 0:
            return
        try:
            server.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
    raise TimeoutError("PostgreSQL does not answer")


def _create_role(admin_url: str, password: str) -> None:
    """The application's role: no superuser, owner of its database."""
    connection = psycopg2.connect(admin_url)
    connection.autocommit = True  # a database cannot be created inside a transaction
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE kiemtin LOGIN CREATEDB PASSWORD %s", [password])
        cursor.execute("CREATE DATABASE kiemtin OWNER kiemtin")
