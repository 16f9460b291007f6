"""`manage.py start`: web server, worker and beat of one machine in one command, for `make run`."""

import os
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from ops.probe import is_ready
from ops.supervisor import Child, Supervisor

WEB_THREADS = 8
WORKER_PROCESSES = 2


class Command(BaseCommand):
    help = "Prepares the data folder, then runs the web server and the worker until Ctrl-C."
    requires_system_checks = []  # `prepare` runs them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", default=8000, type=int, help="port to listen on")

    def handle(self, *args: Any, **options: Any) -> None:
        self.host, self.port = options["host"], options["port"]
        try:
            call_command("prepare")
            if settings.DEMO:
                call_command("seed_demo", "--if-empty")
            else:
                if not get_user_model().objects.exists():
                    call_command("create_admin")  # an empty installation begins with one account
                call_command("name_sources", "--if-unnamed", stdout=self.stdout)
        except KeyboardInterrupt:
            raise CommandError("Stopped before it was ready.") from None
        connections.close_all()  # children open their own
        # Readable lines, unless LOG_JSON is set.
        os.environ.setdefault("LOG_JSON", "false")
        code = Supervisor(self.children(), self.print_line).run(self.announce_when_ready)
        self.print_line("Stopped.")
        if code:
            sys.exit(code)

    def print_line(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def children(self) -> list[Child]:
        web = [
            *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
            *("--bind", f"{self.host}:{self.port}"),
            *("--worker-class", "gthread", "--workers", "1", "--threads", str(WEB_THREADS)),
            *("--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"),
        ]
        worker = [
            # A container's only user may be root; Celery's ten lines of warning help nobody there.
            *(sys.executable, "-W", "ignore:You're running the worker with superuser"),
            *("-m", "celery", "--app", "config", "--quiet", "worker", "--beat"),
            *("--concurrency", str(WORKER_PROCESSES), "--loglevel", "WARNING"),
            *("--queues", "celery,ocr"),  # one worker for everything, pictures too
            # There are no other workers to exchange events with on one machine.
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ]
        return [Child("web", web), Child("worker", worker)]

    def announce_when_ready(self) -> bool:
        """Once /readyz answers, print the address and, with demo data, the accounts."""
        if not is_ready(self.host, self.port, settings.SITE_URL):
            return False
        self.print_line("")
        self.print_line(f"Kiểm Tin is running at {settings.SITE_URL}/ (Ctrl-C stops it)")
        if settings.DEMO:
            self.print_accounts()
        self.print_line("")
        return True

    def print_accounts(self) -> None:
        try:
            call_command("seed_demo", "--accounts", stdout=self.stdout)
        except Exception as error:  # a busy database, say: no reason to stop what is running
            self.print_line(f"The demo accounts could not be listed ({type(error).__name__}).")
