"""`manage.py compile_catalogues`: the .mo files that are missing or old, without GNU gettext."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ops import compilation


class Command(BaseCommand):
    help = "Compiles the translation catalogues that are older than their source."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        written = compilation.compile_changed(settings.LOCALE_PATHS)
        self.stdout.write(f"{len(written)} catalogues compiled.")
