"""Kinds of concern: a stronger one holds at once, a weaker one once two people stand behind it.

What a unit issued or decided its own word can prove, its conduct and care never: who weakens the
kind frees the unit to speak about itself.
"""

from collections.abc import Collection

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind
from accounts.models import GuardedAct, Unit, User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import concerned_units
from factcheck.enums import ConcernKind, ConcernState
from factcheck.models import Case, ConcernedUnit


def set_kind(
    row: ConcernedUnit, concern: ConcernKind | None, *, by: User, unit: Unit | None
) -> None:
    """Save the row with this kind; a weaker one waits for the second person in the review."""
    weaker = concern and row.pk is not None and concerned_units.weakens(row.concern, concern)
    if concern and not weaker:
        row.concern = concern
    row.save()
    if concern and weaker:
        guarded_acts.propose(
            GuardedKind.CONCERNED_UNIT,
            concerned_units.kind_subject(row, concern),
            details={"case": row.case_id, "unit": row.unit_id, "concern": str(concern)},
            by=by,
            unit=unit,
        )


def waiting(case: Case) -> list[tuple[ConcernedUnit, GuardedAct, ConcernKind]]:
    """The units for which the second person has to decide about a weaker kind."""
    rows = list(case.concerned_units.exclude(state=ConcernState.STRUCK).select_related("unit"))
    changes = concerned_units.kind_changes(rows)
    return [(row, *changes[row.pk]) for row in rows if row.pk in changes]


def decide(case: Case, weakened: Collection[int], *, by: User, unit: Unit) -> None:
    """The second person's answers: the rows ``weakened`` get the proposed kind, others keep theirs.

    The caller has checked that this person may decide under the stronger kind.
    """
    for row, act, concern in waiting(case):
        if row.pk not in weakened:
            guarded_acts.decline(act, by=by, unit=unit)
            continue
        guarded_acts.confirm(act, by=by, unit=unit)
        row.concern = concern
        row.save(update_fields=["concern"])
        log.record(AuditEvent.CONCERN_ACCEPTED, case, by=by, unit=unit, units=[row.unit_id])
