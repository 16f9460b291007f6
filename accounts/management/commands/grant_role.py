from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from accounts.domain import guarded_acts, role_grants
from accounts.enums import GuardedKind, Role
from accounts.exceptions import AccountsError
from accounts.models import Unit


class Command(BaseCommand):
    """For a unit that has no second administrator, and none above it. It stays in the audit record
    and on the unit's page that the operator confirmed the role."""

    help = (
        "Confirms a role that waits for a second person, or grants one to an existing account. "
        "Without arguments lists the roles that wait."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?", help="address of the account or invitation")
        parser.add_argument("unit", nargs="?", help="code of the unit")
        parser.add_argument("role", nargs="?", choices=Role.values)

    @no_translations  # a terminal gets one language throughout
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["email"]:
            return self._list()
        if not options["role"]:
            raise CommandError("Give an address, the code of a unit and a role.")
        unit = Unit.objects.filter(code=options["unit"]).first()
        if unit is None:
            raise CommandError(f"No unit has the code {options['unit']}.")
        email, role = options["email"].strip().lower(), Role(options["role"])
        try:
            membership = role_grants.grant_by_operator(email, unit, role)
        except AccountsError as error:
            raise CommandError(str(error)) from error
        state = "has the role now" if membership else "gets the role on accepting the invitation"
        self.stdout.write(f"{email} {state}: {role.value} in {unit.code}.")
        return None

    def _list(self) -> None:
        grants = [
            role_grants.as_grant(act, None)
            for act in guarded_acts.pending(GuardedKind.ROLE).select_related("proposed_by")
        ]
        for grant in grants:
            by = grant.act.proposed_by.handle if grant.act.proposed_by else "the operator"
            address = grant.email or grant.person
            self.stdout.write(f"{address} {grant.unit.code} {grant.role.value} (proposed by {by})")
        if not grants:
            self.stdout.write("No role waits for a second person.")
