from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import organisation, seed


class Command(BaseCommand):
    help = "Fills an installation with invented units and cases, for trying it out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is any data"
        )
        parser.add_argument("--stage", choices=seed.CHOICES, help="add a fresh case at this stage")
        parser.add_argument("--accounts", action="store_true", help="print the demo accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Demo accounts share a known password, so they are made only where DEMO=1 is set."
            )
        if options["accounts"]:
            self.print_accounts()
        elif options["stage"]:
            self.add_case(options["stage"])
        elif seed.is_empty():
            seed.seed_everything(self.stdout.write)
        elif not options["if_empty"]:
            raise CommandError("There is data already: use an empty database, or --stage.")

    def print_accounts(self) -> None:
        self.stdout.write(f"Demo accounts (password of all: {organisation.PASSWORD})")
        for email, roles in organisation.accounts():
            self.stdout.write(f"  {email:34} {roles}")

    def add_case(self, stage: str) -> None:
        if seed.is_empty():
            raise CommandError("Run seed_demo without --stage first: the case needs its units.")
        case = seed.add_case(stage, self.stdout.write)
        address = settings.SITE_URL + case.get_absolute_url()
        self.stdout.write(f"{case.code} {case.status} {address}")
