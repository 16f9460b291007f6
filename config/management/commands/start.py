"""`manage.py start`: everything one machine needs, in one command (`make run` calls it)."""

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection, connections

from config import catalogues
from config.probe import ready
from config.processes import Child, Supervisor

WEB_THREADS = 8
WORKER_PROCESSES = 2


def static_fingerprint() -> str:
    """Changes when any static file does, or the way they are stored."""
    seen = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = storage.path(name)
            stat = os.stat(path)
            seen.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def collect_static() -> None:
    """Copy, hash and compress static files, only when one has changed (it takes seconds)."""
    marker = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = static_fingerprint()
    if marker.exists() and marker.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    marker.write_text(fingerprint)


class Command(BaseCommand):
    help = "Prepares the data folder, then runs the web server and the worker until Ctrl-C."
    requires_system_checks = []  # migrate runs them, once

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", default=8000, type=int, help="port to listen on")

    def handle(self, *args: Any, **options: Any) -> None:
        self.demo = os.environ.get("DEMO", "1").lower() not in {"0", "false", "no"}
        self.host, self.port = options["host"], options["port"]
        try:
            self.prepare()
        except KeyboardInterrupt:
            raise CommandError("Stopped before it was ready.") from None
        connections.close_all()  # children open their own
        # Lines for a person, unless something asked for JSON.
        os.environ.setdefault("LOG_JSON", "false")
        supervisor = Supervisor(self.children(), self.say)
        code = supervisor.run(self.announce_when_ready)
        self.say("Stopped.")
        if code:
            sys.exit(code)

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def prepare(self) -> None:
        """Everything before the first request; quick when nothing has changed."""
        catalogues.compile_changed(settings.LOCALE_PATHS)
        try:
            connection.ensure_connection()
        except OperationalError as error:
            reason = str(error).strip().splitlines()[0]
            raise CommandError(f"The database does not answer ({reason}): check DATABASE_URL.") from None
        call_command("migrate", interactive=False, verbosity=0)
        if not settings.DEBUG:
            collect_static()
        if self.demo:
            call_command("seed_demo", "--if-empty")
        else:
            self.ask_for_administrator()

    def ask_for_administrator(self) -> None:
        """An empty installation begins with one account; someone must say whose."""
        if get_user_model().objects.exists():
            return
        given = os.environ.get("ADMIN_EMAIL") and os.environ.get("ADMIN_PASSWORD")
        if not given and not sys.stdin.isatty():
            raise CommandError(
                "There is no account yet and no terminal to ask at: set ADMIN_EMAIL and "
                "ADMIN_PASSWORD and start again."
            )
        call_command("create_admin")

    def children(self) -> list[Child]:
        web = [
            *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
            *("--bind", f"{self.host}:{self.port}"),
            *("--worker-class", "gthread", "--workers", "1", "--threads", str(WEB_THREADS)),
            *("--graceful-timeout", "10", "--log-level", "warning"),
        ]
        worker = [
            *(sys.executable, "-m", "celery", "--app", "config", "--quiet", "worker", "--beat"),
            *("--concurrency", str(WORKER_PROCESSES), "--loglevel", "WARNING"),
            # Other workers' gossip has no one to reach on one machine.
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ]
        return [Child("web", web), Child("worker", worker)]

    def announce_when_ready(self) -> bool:
        """Once /readyz answers: where to go and, with demo data, as whom."""
        if not ready(self.host, self.port, settings.SITE_URL):
            return False
        self.say("")
        self.say(f"Kiểm Tin is running at {settings.SITE_URL}/ (Ctrl-C stops it)")
        if self.demo:
            call_command("seed_demo", "--accounts", stdout=self.stdout)
        self.say("")
        return True
