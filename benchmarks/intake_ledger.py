"""Durability of the intake: is every report stored whose receipt was shown, while web processes and
the database are killed?

    python -m benchmarks.intake_ledger --seconds 30 --clients 8 [--calm]

Clients submit the form over HTTP and record every receipt; one gunicorn worker gets SIGKILL
every three seconds, and PostgreSQL loses a server process in every other slice, which makes it
recover from its log. A client without a receipt sends the same form again. Then the ledger is
compared with the rows. The peer is one bare INSERT behind the same server
(``benchmarks.intake_peer``), killed in the same way in slices between the product's. Clients,
servers and database share the machine.
"""

import argparse
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx
import psycopg2

from tests.pipeline import ledger
from tests.pipeline.ledger import Ledger, Sender
from tests.pipeline.processes import (
    Web,
    compose_web,
    manage,
    settings_of,
    single_machine_web,
    web,
)
from tests.pipeline.reporter import NoReceipt, Reporter
from tests.services import postgres, program, redis
from tests.services.ports import free_port

SLICES = 3  # product and peer take turns, so that both run in the machine's fast and slow moments
KILL_EVERY = 3.0
Command = Callable[[int], list[str]]


class PeerSender:
    """Sends to the peer."""

    def __init__(self, site: str) -> None:
        self._http = httpx.Client(base_url=site, timeout=30, trust_env=False)

    def __enter__(self) -> "PeerSender":
        return self

    def __exit__(self, *_error: object) -> None:
        self._http.close()

    def open(self) -> str:
        return secrets.token_hex(16)

    def send(self, text: str, *, key: str = "") -> str:
        """Submit one form as a browser encodes it."""
        parts = [("form_key", (None, key)), ("text", (None, text))]
        try:
            answer = self._http.post("/bare/", files=parts)
        except httpx.TransportError as error:
            raise NoReceipt(type(error).__name__) from error
        if answer.status_code != 200:
            raise NoReceipt(str(answer.status_code))
        return answer.text


@dataclass
class ServerRun:
    """The measurements of one server."""

    server: Web
    sender: Callable[[str], AbstractContextManager[Sender]]
    ledger: Ledger = field(default_factory=Ledger)
    kills: int = 0
    crashes: int = 0
    seconds: float = 0.0

    def run_slice(
        self, clients: int, seconds: float, crash: Callable[[], None] | None, calm: bool
    ) -> None:
        """Let the clients send for so many seconds while the server is killed repeatedly."""
        disturb = partial(time.sleep, seconds) if calm else partial(self._disturb, seconds, crash)
        started = time.monotonic()
        with ExitStack() as stack:
            senders = [stack.enter_context(self.sender(self.server.url)) for _ in range(clients)]
            self.ledger.add(ledger.record(senders, disturb))
        self.seconds += time.monotonic() - started

    def _disturb(self, seconds: float, crash: Callable[[], None] | None) -> None:
        end = time.monotonic() + seconds
        if crash is not None:
            time.sleep(seconds / 2 % KILL_EVERY)
            crash()
            self.crashes += 1
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(KILL_EVERY, left))
            if left > KILL_EVERY:
                self.server.kill_worker()
                self.kills += 1

    def percentile(self, share: float) -> float:
        """Return milliseconds from the first attempt to the receipt, retries included."""
        times = sorted(self.ledger.seconds)
        return 1000 * times[min(int(len(times) * share), len(times) - 1)]

    @property
    def rate(self) -> float:
        return len(self.ledger.seconds) / self.seconds


@contextmanager
def database(name: str, folder: Path) -> Iterator[tuple[dict[str, str], Callable[[], None] | None]]:
    """Yield the settings for a database, and a function that crashes it (None for SQLite)."""
    if name == "sqlite":
        yield {}, None
        return
    with postgres.running(durable=True) as cluster, redis.running() as broker:
        more = {"DATABASE_URL": cluster.url, "CELERY_BROKER_URL": broker}
        yield more, lambda: crash(cluster)


def crash(cluster: postgres.Cluster) -> None:
    """SIGKILL one of the application's server processes: PostgreSQL ends all others at once,
    discards its memory and recovers from its log."""
    with closing(psycopg2.connect(cluster.admin_url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE usename = 'kiemtin' LIMIT 1")
        row = cursor.fetchone()
    if row is not None:
        os.kill(row[0], signal.SIGKILL)


def measure(name: str, clients: int, seconds: float, calm: bool) -> None:
    """Measure one database: product and peer in turns, then check the ledger and print rows."""
    command: Command = single_machine_web if name == "sqlite" else compose_web
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kt-ledger-")))
        more, crashing = stack.enter_context(database(name, folder))
        port, peer_port = free_port(), free_port()
        variables = new_installation(folder, port, more)
        server = stack.enter_context(web(command(port), variables, port))
        bare = stack.enter_context(web(peer_command(command(peer_port)), variables, peer_port))
        product, peer = ServerRun(server, Reporter), ServerRun(bare, PeerSender)
        for number in range(SLICES):
            now = crashing if number % 2 == 0 and not calm else None
            for run in (product, peer):
                run.run_slice(clients, seconds / SLICES, now, calm)
        counts = ledger.close(product.ledger, variables)
    print_rows(name, product, peer, counts)


def new_installation(folder: Path, port: int, more: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a new installation with its first unit and the peer's table."""
    variables = settings_of(
        folder,
        SITE_URL=f"http://127.0.0.1:{port}",
        ADMIN_EMAIL="quan-tri@example.vn",
        ADMIN_PASSWORD="khong-phai-mat-khau",  # noqa: S106 -- of an installation that lives a minute
        UNIT_NAME="Trường Tiểu học Nắng Mai",
        LOG_LEVEL="ERROR",
    ) | dict(more)
    manage(variables, "prepare")
    manage(variables, "create_admin")
    subprocess.run(
        [sys.executable, "-m", "benchmarks.intake_peer"],
        cwd=program.ROOT,
        env=program.environment(variables),
        check=True,
    )
    return variables


def peer_command(command: list[str]) -> list[str]:
    """Return the same server command for the peer's application."""
    return [re.sub(r"^config\.wsgi", "benchmarks.intake_peer", part) for part in command]


def print_rows(name: str, product: ServerRun, peer: ServerRun, counts: Mapping[str, int]) -> None:
    """Print two rows; the peer's first, since the ratios are to it."""
    bad = " | ".join(str(counts[key]) for key in ("lost", "duplicated", "wrong", "unaudited"))
    unanswered = len(product.ledger.unanswered)
    assert not counts["unsound"], "verify_audit found fault"
    for title, run, end in (
        ("bare INSERT", peer, f"{len(peer.ledger.unanswered)} | | | |"),
        ("report", product, f"{unanswered} | {bad}"),
    ):
        figures = [
            f"{run.kills} + {run.crashes}",
            f"{len(run.ledger.seconds):,}",
            f"{run.rate / peer.rate:.2f}",
            f"{run.percentile(0.5):.0f} ({run.percentile(0.5) / peer.percentile(0.5):.1f})",
            f"{run.percentile(0.95):.0f} ({run.percentile(0.95) / peer.percentile(0.95):.1f})",
            f"{run.percentile(1) / 1000:.1f}",
            f"{run.ledger.retries:,}",
        ]
        print(f"| {name}, {title} | {' | '.join(figures)} | {end} |", flush=True)


def main() -> None:
    """Measure, print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=30, help="for each server and database")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--calm", action="store_true", help="kill nothing")
    names = ["postgresql", "sqlite"]
    parser.add_argument("--databases", nargs="+", choices=names, default=names)
    options = parser.parse_args()
    columns = [
        "server", "kills + crashes", "receipts", "rate, ratio", "p50 ms (ratio)",
        "p95 ms (ratio)", "longest s", "sent again", "unanswered", "lost", "duplicated",
        "wrong receipt", "not audited",
    ]  # fmt: skip
    print("| " + " | ".join(columns) + " |")
    print("| --- |" + " ---: |" * (len(columns) - 1))
    for name in options.databases:
        measure(name, options.clients, options.seconds, options.calm)


if __name__ == "__main__":
    main()
