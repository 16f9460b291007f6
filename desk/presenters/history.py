"""The log of a case in words: who did what, by unit and work name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Unit, User
from audit.models import AuditEntry
from factcheck.models import Case, Match

SHOWN = 12


@dataclass(frozen=True)
class HistoryEntry:
    at: datetime
    clock: str
    text: str
    who: str


def entries_about(case: Case) -> Q:
    """Rows about the case and about what belongs to it."""
    evidence = [str(pk) for pk in case.evidence.values_list("pk", flat=True)]
    verdicts = [str(pk) for pk in case.verdicts.values_list("pk", flat=True)]
    matches = [str(pk) for pk in Match.objects.filter(case=case).values_list("pk", flat=True)]
    return (
        Q(subject_type="factcheck.case", subject_id=str(case.pk))
        | Q(subject_type="factcheck.evidence", subject_id__in=evidence)
        | Q(subject_type="factcheck.verdict", subject_id__in=verdicts)
        | Q(subject_type="factcheck.match", subject_id__in=matches)
    )


def _names(rows: Collection[AuditEntry]) -> dict[int, str]:
    """Handle and unit of whoever acted, by the id of the row."""
    users = User.objects.in_bulk({int(row.actor) for row in rows if row.actor.isdigit()})
    units = Unit.objects.in_bulk({int(row.actor_unit) for row in rows if row.actor_unit.isdigit()})
    names = {}
    for row in rows:
        user = users.get(int(row.actor)) if row.actor.isdigit() else None
        unit = units.get(int(row.actor_unit)) if row.actor_unit.isdigit() else None
        names[row.pk] = ", ".join(str(name) for name in (user and user.handle, unit) if name)
    return names


def history_entries(case: Case, *, whole: bool) -> tuple[list[HistoryEntry], bool]:
    """The log, newest first, and whether there is more than what is shown."""
    query = AuditEntry.objects.filter(entries_about(case)).order_by("-id")
    rows = list(query if whole else query[: SHOWN + 1])
    more = not whole and len(rows) > SHOWN
    rows = rows if whole else rows[:SHOWN]
    names, today = _names(rows), timezone.localdate()
    entries = []
    for row in rows:
        pattern = "H:i" if timezone.localdate(row.at) == today else "d/m"
        entries.append(
            HistoryEntry(
                at=row.at,
                clock=date_format(timezone.localtime(row.at), pattern),
                text=str(row.event.label) if row.event else row.verb,
                who=names[row.pk],
            )
        )
    return entries, more
