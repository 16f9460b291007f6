from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from accounts.domain.csv_import import import_csv


class Command(BaseCommand):
    help = "Imports units from a CSV file; with --dry-run only reports what would change."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="change nothing")

    @no_translations  # a terminal gets one language throughout
    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                result = import_csv(
                    file, by=None, dry_run=options["dry_run"], progress=self._progress
                )
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        for problem in result.errors:
            where = f"line {problem.line}" if problem.line else "file"
            self.stderr.write(f"{where}: {problem.message}")
        if result.errors:
            raise CommandError(f"{len(result.errors)} problems; nothing was imported.")
        verb = "would be" if options["dry_run"] else "were"
        self.stdout.write(
            f"{result.created} units {verb} created, {result.updated} changed, "
            f"{result.unchanged} left as they are; {result.links} new links."
        )

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(f"{done} of {total} rows written")
