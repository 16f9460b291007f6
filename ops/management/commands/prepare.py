"""`manage.py prepare`: the steps before the first request; those already done are skipped."""

import hashlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from factcheck.domain.editorial import sources
from factcheck.domain.index import rebuilding
from ops import compilation


def static_fingerprint() -> str:
    """Changes when any static file does, or the way they are stored."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = storage.path(name)
            stat = os.stat(path)
            digest.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    """Copy, hash and compress static files, only when one has changed (it takes seconds)."""
    marker = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = static_fingerprint()
    if marker.exists() and marker.read_text() == fingerprint:
        return
    marker.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    marker.write_text(fingerprint)


class Command(BaseCommand):
    help = "Compiles translations, migrates the database and collects static files, where needed."
    requires_system_checks = []  # migrate runs them, once

    def handle(self, *args: Any, **options: Any) -> None:
        compilation.compile_changed(settings.LOCALE_PATHS)
        try:
            connection.ensure_connection()
        except OperationalError as error:
            reason = str(error).strip().splitlines()[0]
            message = f"The database does not answer ({reason}): check DATABASE_URL."
            raise CommandError(message) from None
        call_command("migrate", interactive=False, verbosity=0)
        sources.seed()  # adds missing ones; what people changed stays
        if not rebuilding.is_current():  # after an upgrade that normalises texts differently
            call_command("rebuild_index", stdout=self.stdout)
        if not settings.DEBUG:
            collect_static()
