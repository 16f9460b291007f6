"""One running installation, as a test uses it from outside."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import psycopg2
import pytest
from celery import current_app
from kombu import Connection

from audit.domain import chain
from audit.enums import AuditEvent
from audit.models import AuditEntry
from channels.dispatch import circuit
from factcheck.enums import MatchState
from factcheck.models import Match
from intake.models import Report
from tests.pipeline import processes
from tests.pipeline.broker import Broker
from tests.pipeline.mailbox import Mailbox
from tests.pipeline.processes import Web, Worker, wait_until
from tests.pipeline.reporter import Reporter

T = TypeVar("T")
QUIET_CHECKS = 4
MATCHING, NOTIFYING, SENDING = (
    "sweep-unmatched-reports",
    "sweep-pending-notifications",
    "sweep-unsent-messages",
)


@dataclass
class Site:
    web: Web
    broker: Broker
    mailbox: Mailbox
    variables: dict[str, str]
    admin_url: str  # of the database's superuser

    @contextmanager
    def in_use(self) -> Iterator["Site"]:
        """The site for one test; nothing of it is left for the next one, in memory or queue."""
        self.broker.start()
        self.web.wait()
        yield self
        self.broker.kill()
        self.mailbox.empty()
        self.web.kill()

    @property
    def media(self) -> Path:
        """Where uploads are."""
        return Path(self.variables["VAR_DIR"]) / "media"

    def worker(self) -> AbstractContextManager[Worker]:
        return processes.worker(self.variables)

    def at_once(self, count: int, work: Callable[[Reporter, int], T]) -> list[T]:
        """Results of so many people who do it at the same moment, each with their own browser."""
        barrier = threading.Barrier(count)

        def run(number: int) -> T:
            with Reporter(self.web.url) as reporter:
                reporter.open()
                barrier.wait(timeout=60)
                return work(reporter, number)

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(run, range(count)))

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Inside the block this process publishes its own tasks to the site's broker, too."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CELERY_BROKER_URL", self.broker.url)  # Celery looks there first
            circuit.close()
            yield

    def sweep(self, *entries: str) -> None:
        """Publish the tasks beat publishes when these entries of its schedule are due."""
        with Connection(self.broker.url) as connection:
            for entry in entries:
                task = current_app.conf.beat_schedule[entry]["task"]
                current_app.send_task(task, connection=connection)

    def sweep_again(self, *, stranded: int = 0) -> None:
        """Let time pass, run every sweep and wait until all that follows from it is done.

        Args:
            stranded: messages reserved by a killed worker; the broker gives them to another one
                after ten minutes.
        """
        self.let_time_pass()
        self.sweep(MATCHING, NOTIFYING, SENDING)
        quiet = 0
        while quiet < QUIET_CHECKS:  # for a moment a message on its way is in neither place
            wait_until(lambda: not self.broker.queued() and self.broker.unfinished() <= stranded)
            time.sleep(0.1)
            idle = not self.broker.queued() and self.broker.unfinished() <= stranded
            quiet = quiet + 1 if idle else 0

    def let_time_pass(self, minutes: int = 10) -> None:
        """Make everything that waits that much older: sweeps skip what is recent."""
        with self._superuser() as cursor:
            # A report's time is frozen by a trigger; a superuser's session may run without it.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table, columns in {
                "intake_report": ["created_at"],
                "channels_message": ["created_at", "not_before", "claimed_at"],
            }.items():
                changes = ", ".join(f"{c} = {c} - make_interval(mins => %s)" for c in columns)
                cursor.execute(f"UPDATE {table} SET {changes}", [minutes] * len(columns))

    @contextmanager
    def write_lock(self, table: str) -> Iterator[None]:
        """Inside the block every other session that writes to the table waits."""
        with self._superuser() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            yield

    def waiting_sessions(self) -> int:
        """Number of database sessions that wait for a lock."""
        with self._superuser() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            return int(cursor.fetchone()[0])

    @contextmanager
    def _superuser(self) -> Iterator[Any]:
        """A cursor in a transaction of a session of its own."""
        with (
            closing(psycopg2.connect(self.admin_url)) as connection,
            connection,
            connection.cursor() as cursor,
        ):
            yield cursor


def everything_is_matched() -> bool:
    return not Report.objects.filter(matched_at__isnull=True).exists()


def check_each_report_has_one_case(count: int) -> None:
    """So many reports, each received once and put into one case once; the audit record is sound."""
    reports = sorted(Report.objects.values_list("pk", flat=True))
    assert len(reports) == count
    confirmed = Match.objects.filter(state=MatchState.CONFIRMED)
    assert sorted(confirmed.values_list("report", flat=True)) == reports
    received = AuditEntry.objects.with_event(AuditEvent.REPORT_RECEIVED)
    assert sorted(int(row.subject_id) for row in received) == reports
    placed = AuditEntry.objects.with_event(AuditEvent.CASE_OPENED, AuditEvent.MATCH_LINKED)
    assert sorted(row.data["report"] for row in placed) == reports
    assert chain.check_chain().broken is None
