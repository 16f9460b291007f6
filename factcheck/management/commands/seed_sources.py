from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from factcheck.domain.editorial import sources


class Command(BaseCommand):
    help = "Adds the shipped official sources that the registry does not have yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", default=str(sources.SHIPPED), help="a TSV file")

    def handle(self, *args: Any, **options: Any) -> None:
        added = sources.seed(options["path"])
        self.stdout.write(f"{added} sources added")
