from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from accounts.domain import unrecorded_acts
from audit import rules
from audit.domain.chain import BrokenLink, ChainError, check_chain
from audit.enums import AuditEvent
from audit.models import AuditEntry
from factcheck.domain.editorial import unrecorded_decisions

SHOWN = 20  # forged rows named in the message

SENTENCES = {
    ChainError.CHANGED: "its content was changed after it was written",
    ChainError.MISSING: "a row before it is missing, or was put in or moved",
    ChainError.HEAD: "the first rows of the record, before it, are missing",
    ChainError.UNREADABLE: "it contains a value that this program never writes",
}


class Command(BaseCommand):
    """For an operator at a terminal or a nightly job: exit code 0 means sound, 1 not."""

    help = (
        "Checks the whole audit record and names the first broken row, triggers that are gone, "
        "events that no release writes, and decisions without their row in the record."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--known",
            default="",
            metavar="HASH",
            help="the last hash printed by an earlier run: shows rows cut off the end since then",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._check_protection()
        total = AuditEntry.objects.count()
        report = check_chain(
            earlier_head=options["known"], progress=lambda count: self._show(count, total)
        )
        if report.broken:
            raise CommandError(self._sentence(report.broken), returncode=1)
        if not report.earlier_head_seen:
            raise CommandError(
                f"The chain is valid, but {options['known']} is not in it: rows "
                "were cut off the end.",
                returncode=1,
            )
        self._check_events()
        self._check_decisions()
        self.stdout.write(f"{report.count} rows, all sound. Last hash: {report.head}")

    def _check_events(self) -> None:
        verbs = AuditEntry.objects.order_by().values_list("verb", flat=True).distinct()
        if unknown := sorted(verb for verb in verbs if AuditEvent.from_stored(verb) is None):
            raise CommandError(
                f"The record contains events that no release writes: {', '.join(unknown)}.",
                returncode=1,
            )

    def _check_decisions(self) -> None:
        """Both people's rows can be forged by hand; the audit row of each is what gives it away."""
        forged = [
            f"{row._meta.label_lower}:{row.pk}"
            for row in (
                *unrecorded_acts.acts(),
                *unrecorded_acts.memberships(),
                *unrecorded_decisions.rows(),
            )
        ]
        if forged:
            shown = ", ".join(forged[:SHOWN])
            raise CommandError(
                f"{len(forged)} decisions are not in the record as they stand in the database: "
                f"{shown}. Somebody wrote to the database by hand.",
                returncode=1,
            )

    def _show(self, count: int, total: int) -> None:
        self.stderr.write(f"{count} of {total} rows checked")

    def _sentence(self, broken: BrokenLink) -> str:
        return f"Row {broken.entry_id} is broken: {SENTENCES[broken.error]}."

    def _check_protection(self) -> None:
        """Without its triggers the database could be changed after this check."""
        missing = sorted(rules.expected(connection) - rules.installed(connection))
        if missing:
            names = ", ".join(f"{name} on {table}" for table, name in missing)
            raise CommandError(
                f"The database no longer keeps its rules: {len(missing)} triggers are gone "
                f"({names}). Find out who changed it, and restore a backup from before.",
                returncode=1,
            )
