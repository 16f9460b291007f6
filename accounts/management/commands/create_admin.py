import getpass
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from accounts.domain import users
from accounts.exceptions import AccountsError
from accounts.models import Unit


class Command(BaseCommand):
    help = (
        "Creates the first administrator and, when there is none, the first unit. Asks at a "
        "terminal; elsewhere reads ADMIN_EMAIL, ADMIN_PASSWORD and UNIT_NAME."
    )

    @no_translations  # a terminal gets one language throughout
    def handle(self, *args: Any, **options: Any) -> None:
        needs_unit = not Unit.objects.filter(is_default=True).exists()
        given = {name: os.environ.get(name, "") for name in self._names(needs_unit)}
        asks = not all(given.values())
        if asks:
            self._check_terminal(given)
        while True:
            answers = self._ask(given) if asks else given
            try:
                user = users.create_admin(
                    email=answers["ADMIN_EMAIL"],
                    password=answers["ADMIN_PASSWORD"],
                    unit_name=answers.get("UNIT_NAME", ""),
                )
            except AccountsError as error:
                if not asks:
                    raise CommandError(str(error)) from error
                self.stderr.write(f"{error} Please answer once more (Ctrl-C gives up).")
                given = dict.fromkeys(given, "")  # also what the environment had wrong
            else:
                self.stdout.write(f"The administrator {user.email} can sign in now.")
                return

    def _names(self, needs_unit: bool) -> list[str]:
        return ["ADMIN_EMAIL", "ADMIN_PASSWORD", *(["UNIT_NAME"] if needs_unit else [])]

    def _check_terminal(self, given: dict[str, str]) -> None:
        if not sys.stdin.isatty():
            missing = ", ".join(name for name, value in given.items() if not value)
            raise CommandError(
                f"There is no terminal to ask at: set {missing} in the environment and run "
                "`manage.py create_admin` again."
            )

    def _ask(self, given: dict[str, str]) -> dict[str, str]:
        """Fill in what is missing; the password is typed twice and not shown."""
        asked = dict(given)
        if "UNIT_NAME" in asked and not asked["UNIT_NAME"]:
            asked["UNIT_NAME"] = input("Name of your unit (for example your department): ")
        if not asked["ADMIN_EMAIL"]:
            asked["ADMIN_EMAIL"] = input("E-mail address of the administrator: ")
        while not asked["ADMIN_PASSWORD"]:
            first = getpass.getpass("Password (at least 10 characters): ")
            if first == getpass.getpass("The same password again: "):
                asked["ADMIN_PASSWORD"] = first
            else:
                self.stderr.write("The two passwords are not the same.")
        return asked
