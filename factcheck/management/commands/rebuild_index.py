"""`manage.py rebuild_index`: rebuild the candidate index while the site runs."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from factcheck.domain.index import rebuilding

LOG_SECONDS = 10.0  # between two lines where output is no terminal


class Command(BaseCommand):
    help = (
        "Brings the index that finds similar wordings up to date. When interrupted, start it again:"
        " it continues where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="rebuild everything, also what is up to date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = shown = time.monotonic()
        interactive = self.stdout.isatty()
        now = rebuilding.Progress(0, 0)
        for now in rebuilding.rebuild(everything=options["all"]):
            if time.monotonic() - shown > (1 if interactive else LOG_SECONDS):
                shown = time.monotonic()
                line = self.line(now, shown - started)
                self.stdout.write(
                    f"\r{line}  " if interactive else line, ending="" if interactive else "\n"
                )
        seconds = time.monotonic() - started
        end = "\n" if interactive and shown > started else ""
        self.stdout.write(f"{end}{now.done:,} wordings indexed in {seconds:.0f} s")

    def line(self, now: rebuilding.Progress, seconds: float) -> str:
        """How far it is, how fast, and how long it will take."""
        rate = now.done / seconds
        left = (now.total - now.done) / rate if rate else 0
        return (
            f"{now.done:,} of {now.total:,} wordings, {rate:,.0f} a second,"
            f" {left / 60:.0f} min left"
        )
