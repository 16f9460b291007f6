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
        answers = {name: os.environ.get(name, "") for name in self._names(needs_unit)}
        is_interactive = not all(answers.values())
        if is_interactive:
            self._check_terminal(answers)
        while True:
            if is_interactive:
                self._fill_in(answers)
            try:
                user = users.create_admin(
                    email=answers["ADMIN_EMAIL"],
                    password=answers["ADMIN_PASSWORD"],
                    unit_name=answers.get("UNIT_NAME", ""),
                )
            except AccountsError as error:
                if not is_interactive:
                    raise CommandError(str(error)) from error
                self.stderr.write(f"{error} Please answer once more (Ctrl-C gives up).")
                answers = dict.fromkeys(answers, "")  # also what the environment had wrong
            else:
                self.stdout.write(f"The administrator {user.email} can sign in now.")
                return

    def _names(self, needs_unit: bool) -> list[str]:
        return ["ADMIN_EMAIL", "ADMIN_PASSWORD", *(["UNIT_NAME"] if needs_unit else [])]

    def _check_terminal(self, answers: dict[str, str]) -> None:
        if not sys.stdin.isatty():
            missing = ", ".join(name for name, value in answers.items() if not value)
            raise CommandError(
                f"There is no terminal to ask at: set {missing} in the environment and run "
                "`manage.py create_admin` again."
            )

    def _fill_in(self, answers: dict[str, str]) -> None:
        """Ask for what is missing; the password is typed twice and not shown."""
        if "UNIT_NAME" in answers and not answers["UNIT_NAME"]:
            answers["UNIT_NAME"] = input("Name of your unit (for example your department): ")
        if not answers["ADMIN_EMAIL"]:
            answers["ADMIN_EMAIL"] = input("E-mail address of the administrator: ")
        while not answers["ADMIN_PASSWORD"]:
            first = getpass.getpass("Password (at least 10 characters): ")
            if first == getpass.getpass("The same password again: "):
                answers["ADMIN_PASSWORD"] = first
            else:
                self.stderr.write("The two passwords are not the same.")
