"""Handovers: a case that rests two working days with the people of a unit the claim is about moves
by itself to a unit outside, in every open state.

It never moves back by itself. The unit's spokesperson is told on the queue and the case page, never
asked; every asker reads who has the case now.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import F, Max, Min, Q, QuerySet
from django.utils import timezone

from accounts import permissions as roles
from accounts.enums import Role
from accounts.models import Membership, Unit, User
from accounts.permissions import Permission
from audit.domain.log import SYSTEM
from audit.enums import AuditEvent
from audit.models import AuditEntry
from factcheck import workflow
from factcheck.concerned_units import COUNTING_STATES
from factcheck.domain import notifications
from factcheck.enums import OPEN_STATUSES, TRIAGE_STATUSES, CaseStatus
from factcheck.independence import Independence
from factcheck.models import Case
from factcheck.reach import Reach
from factcheck.states import Verb
from intake.domain import working_time

log = structlog.get_logger("factcheck")
RESTS_FOR = 2 * working_time.WORKING_DAY
_SHORTEST = timedelta(days=1)  # two working days are never shorter, whatever the hour
_BATCH = 500
_BEGINNINGS = (
    AuditEvent.CASE_REOPENED,
    AuditEvent.CASE_REQUEUED,
    AuditEvent.CASE_REVISION_STARTED,
)


def sweep() -> int:
    """Hand over every case that has rested too long; return how many moved."""
    now, moved = timezone.now(), 0
    ids = list(_about_their_unit(now).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _BATCH):
        cases = _resting(ids[start : start + _BATCH], now)
        check = Independence(cases) if cases else None
        for case in cases:
            try:
                moved += check is not None and _look_at(case, check)
            except SoftTimeLimitExceeded:
                raise  # the next sweep does the rest
            except Exception as error:  # the next case must not wait for this one
                log.error("handover_failed", case=case.pk, error=type(error).__name__)
    return moved


def _about_their_unit(now: datetime) -> "QuerySet[Case]":
    """Open cases whose own unit has counted as concerned for a day or longer."""
    cases: QuerySet[Case] = Case.objects.filter(
        status__in=OPEN_STATUSES,
        concerned_units__unit=F("unit"),
        concerned_units__state__in=COUNTING_STATES,
        concerned_units__proposed_at__lte=now - _SHORTEST,
    )
    return cases


def _resting(ids: list[int], now: datetime) -> list[Case]:
    """Those on which nobody outside has done anything for two working days, in two queries."""
    own = Q(concerned_units__unit=F("unit"))
    annotated = Case.objects.filter(pk__in=ids).annotate(
        concerned_since=Min("concerned_units__proposed_at", filter=own)
    )
    acts = _acts_by_unit(ids)
    resting: list[Case] = []
    for case in annotated.select_related("unit", "assignee").order_by("pk"):
        by_unit = acts.get(case.pk, {})
        outside = [moment for unit, moment in by_unit.items() if unit != str(case.unit_id)]
        since = max(
            case.opened_at, case.concerned_since, case.handed_over_at or case.opened_at, *outside
        )
        if working_time.after(RESTS_FOR, since) <= now:
            resting.append(case)
    return resting


def _acts_by_unit(ids: Collection[int]) -> dict[int, dict[str, datetime]]:
    """Case id → unit → its people's last act on the case; under "" when the work began anew."""
    entries = AuditEntry.objects.filter(
        subject_type=Case._meta.label_lower, subject_id__in=[str(pk) for pk in ids]
    ).order_by()
    by_people = entries.exclude(actor=SYSTEM).exclude(actor_unit="")
    acts: dict[int, dict[str, datetime]] = {}
    for case, unit, moment in by_people.values_list("subject_id", "actor_unit").annotate(Max("at")):
        acts.setdefault(int(case), {})[unit] = moment
    begun = entries.with_event(*_BEGINNINGS)
    for case, moment in begun.values_list("subject_id").annotate(Max("at")):
        acts.setdefault(int(case), {})[""] = moment
    return acts


def _look_at(case: Case, check: Independence) -> bool:
    reach = check.reach(case)
    if not reach.is_barred(case.unit_id):
        return False  # a sender alone named it, and the second person is asked about that
    if _is_with_somebody_outside(case, reach):
        return False
    target = _target(case, reach)
    return target is not None and hand_over(case, target)


def _is_with_somebody_outside(case: Case, reach: Reach) -> bool:
    """Whoever checks it is from outside; once it is approved, it rests with who publishes."""
    if case.status == CaseStatus.APPROVED or case.assignee_id is None:
        return False
    return reach.is_free(case.assignee_id)


def _target(case: Case, reach: Reach) -> Unit | None:
    """The nearest unit outside with somebody to check and somebody to publish: above first."""
    distance = Unit.objects.ancestors(case.unit_id)
    near = [unit for unit in reach.candidates if unit != case.unit_id]
    near.sort(key=lambda unit: distance.get(unit, len(distance) + 1))
    free = [unit for unit in near if not reach.is_barred(unit)]
    publishing = _publishing_units(reach, free)
    for unit in free:
        checkers = {user for user in reach.network.checkers.get(unit, ()) if reach.is_free(user)}
        deciders = set().union(*(reach.people(one, ()) for one in reach.candidates))
        if checkers and unit in publishing and (not deciders or len(checkers | deciders) > 1):
            target: Unit = Unit.objects.get(pk=unit)
            return target
    return None


def _publishing_units(reach: Reach, units: Collection[int]) -> set[int]:
    """Those for which an active approver of the unit or of one above it, not barred, publishes."""
    above = {unit: reach.network.above.get(unit, {unit}) for unit in units}
    rows = Membership.objects.filter(
        role=Role.APPROVER, unit__in=set().union(*above.values()), user__is_active=True
    )
    approving = {
        unit for unit in rows.values_list("unit_id", flat=True) if not reach.is_barred(unit)
    }
    return {unit for unit in units if above[unit] & approving}


@transaction.atomic
def hand_over(case: Case, target: Unit) -> bool:
    """Move the case to the unit unless somebody changed it meanwhile. Its assignee is released and
    the draft kept; a verdict in review or approved goes on under the new unit."""
    version, former = case.version, case.unit
    workflow.lock(case)
    if case.version != version or case.status not in OPEN_STATUSES:
        return False
    changes: dict[str, Any] = {
        "unit_id": target.pk,
        "handed_over_from": former,
        "handed_over_at": timezone.now(),
    }
    if case.status in TRIAGE_STATUSES:
        data = {"from": former.pk, "to": target.pk}
        workflow.transition(case, Verb.HAND_OVER, by=None, unit=former, data=data, **changes)
    else:
        workflow.edit(case, AuditEvent.CASE_HANDED_OVER, by=None, unit=former, **changes)
    notifications.enqueue_notifications(case)
    return True


def release_former_assignee(case: Case) -> None:
    """Put a case that was handed over into the new unit's queue when its verdict comes back to
    somebody of the former unit. The caller has opened the transaction."""
    assignee: User | None = case.assignee
    if case.handed_over_at is None or assignee is None:
        return
    if not roles.has(assignee, Permission.CHECK, case.unit):
        workflow.transition(case, Verb.RELEASE, by=None, unit=case.unit)


def told(user: User) -> "QuerySet[Case]":
    """Open cases handed over from units for which the user speaks: they are told, not asked."""
    units = user.memberships.filter(role=Role.APPROVER).values("unit")
    cases: QuerySet[Case] = Case.objects.filter(
        handed_over_from__in=units, status__in=OPEN_STATUSES
    )
    return cases.select_related("unit", "handed_over_from").order_by("handed_over_at")
