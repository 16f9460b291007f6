"""Temporary installation for one measurement: its own folder, database and settings."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command

from tests.services import postgres

DATABASES = ("sqlite", "postgresql")


def environment(folder: Path, url: str = "") -> dict[str, str]:
    """Return settings of an installation below ``folder``, independent of ``.env`` and shell."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": url or f"sqlite:///{folder}/db.sqlite3",
        "SECRET_KEY": "benchmarks-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "RECEIPT_KEY": "benchmarks-only-receipts-0123456789",
        "SEALING_KEY": "benchmarks-only-sealing-0123456789",
        "SITE_URL": "http://127.0.0.1:8000",
        "CELERY_BROKER_URL": "memory://",
        "EMAIL_URL": "memorymail://",
        "EVIDENCE_FETCH": "false",
        "EMBEDDER": "off",
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
    }


def exit_on_sigterm() -> None:
    """Exit on SIGTERM, so that this process first removes its files."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


@contextmanager
def installation(database: str, more: Mapping[str, str] | None = None) -> Iterator[Path]:
    """Set Django up in this process, once, on an empty database; remove everything afterwards.

    Models can be imported only inside. ``database`` is one of ``DATABASES``; ``more`` are further
    settings.
    """
    exit_on_sigterm()
    folder = Path(tempfile.mkdtemp(prefix="kt-bench-"))
    try:
        if database == "postgresql":
            with postgres.running(durable=True) as cluster:
                yield from _set_up(folder, cluster.url, more or {})
        else:
            yield from _set_up(folder, "", more or {})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _set_up(folder: Path, url: str, more: Mapping[str, str]) -> Iterator[Path]:
    os.environ |= environment(folder, url) | dict(more)
    django.setup()
    call_command("migrate", verbosity=0)
    try:
        yield folder
    finally:
        from django.db import connections  # noqa: PLC0415 (settings are known only now)

        connections.close_all()


def log_progress(text: str) -> None:
    """Print progress to stderr: stdout is for results."""
    print(text, file=sys.stderr, flush=True)
