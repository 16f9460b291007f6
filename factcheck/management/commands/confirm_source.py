from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from accounts.exceptions import DomainError
from accounts.models import GuardedAct
from factcheck.domain.editorial import registry


class Command(BaseCommand):
    """For an installation, or a unit, that has no second person. The audit record says that the
    operator confirmed the change."""

    help = (
        "Confirms a change of the source registry that waits for a second person; without a number "
        "lists them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", nargs="?", type=int, help="number of the change")

    @no_translations  # a terminal gets one language throughout
    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] is None:
            return self._list()
        act = GuardedAct.objects.filter(pk=options["act"], kind__in=registry.KINDS).first()
        if act is None:
            raise CommandError(f"No change of the registry has the number {options['act']}.")
        try:
            source = registry.confirm_by_operator(act)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Confirmed: {act.kind} {source.name_vi} {source.domain}")
        return None

    def _list(self) -> None:
        acts = registry.pending()
        for act in acts:
            source = registry.source_of(act)
            unit = source.unit.code if source.unit else "all units"
            self.stdout.write(f"{act.pk} {act.kind} {source.name_vi} {source.domain} ({unit})")
        if not acts:
            self.stdout.write("No change of the registry waits for a second person.")
