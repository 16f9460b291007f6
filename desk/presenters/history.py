"""The log of a case in words: who did what, by unit and work name."""

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


def history_entries(case: Case, *, whole: bool) -> tuple[list[HistoryEntry], bool]:
    """The log, newest first, and whether there is more than what is shown."""
    found = AuditEntry.objects.filter(entries_about(case)).order_by("-id")
    rows = list(found if whole else found[: SHOWN + 1])
    more = not whole and len(rows) > SHOWN
    rows = rows if whole else rows[:SHOWN]
    people = User.objects.in_bulk({int(row.actor) for row in rows if row.actor.isdigit()})
    units = Unit.objects.in_bulk({int(r.actor_unit) for r in rows if r.actor_unit.isdigit()})
    today = timezone.localdate()

    def line(row: AuditEntry) -> HistoryEntry:
        at = timezone.localtime(row.at)
        names = []
        if row.actor.isdigit() and int(row.actor) in people:
            names.append(people[int(row.actor)].handle)
        if row.actor_unit.isdigit() and int(row.actor_unit) in units:
            names.append(str(units[int(row.actor_unit)]))
        return HistoryEntry(
            at=row.at,
            clock=date_format(at, "H:i" if at.date() == today else "d/m"),
            text=str(row.event.label) if row.event else row.verb,
            who=", ".join(names),
        )

    return [line(row) for row in rows], more
