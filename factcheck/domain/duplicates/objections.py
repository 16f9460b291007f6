"""Senders' objections to the case their report was joined to: kept, and decided by a checker."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import permissions, workflow
from factcheck.domain.duplicates import merging
from factcheck.enums import MatchState, ObjectionState
from factcheck.exceptions import WrongState
from factcheck.models import Case, JoinObjection, Match


def record(report_id: int) -> None:
    """Keep the objection to the case the report is in now; nothing where it is in none."""
    match = Match.objects.filter(report=report_id, state=MatchState.CONFIRMED).first()
    if match is None:
        return
    objection, created = JoinObjection.objects.get_or_create(report_id=report_id, case=match.case)
    if created:
        log.record(
            AuditEvent.JOIN_OBJECTED, objection, by=None, unit=match.case.unit, actor="reporter"
        )


def open_in(cases: QuerySet[Case]) -> QuerySet[JoinObjection]:
    """Open objections to these cases, the oldest first."""
    rows = JoinObjection.objects.filter(state=ObjectionState.OPEN, case__in=cases.values("pk"))
    return rows.select_related("case__unit", "report")


def open_for(user: User) -> QuerySet[JoinObjection]:
    """Open objections to cases the user may see."""
    return open_in(permissions.visible_cases(user))


def _lock_open(objection: JoinObjection, by: User) -> JoinObjection:
    permissions.check_can_decide_pair(workflow.lock(objection.case), by)
    objection.refresh_from_db(from_queryset=JoinObjection.objects.select_for_update(no_key=True))
    if objection.state != ObjectionState.OPEN:
        raise WrongState(_("Somebody has decided about this already."))
    return objection


def _close(objection: JoinObjection, state: ObjectionState, by: User) -> None:
    objection.state, objection.decided_by = state, by
    objection.decided_at = timezone.now()
    objection.save(update_fields=["state", "decided_by", "decided_at"])
    log.record(
        AuditEvent.OBJECTION_DECIDED, objection, by=by, unit=objection.case.unit, state=str(state)
    )


@transaction.atomic
def keep(objection: JoinObjection, *, by: User) -> None:
    """The message is the case's claim after all; the objection itself stays."""
    _close(_lock_open(objection, by), ObjectionState.KEPT, by)


@transaction.atomic
def split(objection: JoinObjection, *, by: User) -> Case:
    """The sender is right: their report gets a case of its own and never joins this one again."""
    _lock_open(objection, by)
    case = merging.split(objection.report, reason=_("Its sender asks about another message"), by=by)
    _close(objection, ObjectionState.SPLIT, by)
    return case
