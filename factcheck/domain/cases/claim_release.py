"""Release of a claim: whoever asks about it may read that it is being checked, and since when.

Never by a count of reports: a checker decides, once the claim is written neutrally. What a claim
says about the conduct of a named unit is told on the receipt alone.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.models import User
from accounts.permissions import Permission
from audit.enums import AuditEvent
from factcheck import concerned_units, permissions, workflow
from factcheck.enums import OPEN_STATUSES, ConcernKind
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Case

_CONDUCT = (ConcernKind.CONDUCT, ConcernKind.CARE)


def refusal_reason(case: Case) -> str:
    """Why the claim may not be released; empty where it may."""
    if case.status not in OPEN_STATUSES:
        return _("The case is not being checked any more.")
    if not case.claim_written:
        return _("Write the claim neutrally first: these are still the words of the first report.")
    if concerned_units.counting(case).filter(concern__in=_CONDUCT).exists():
        return _("The claim is about a unit's conduct: only its senders are told, on the receipt.")
    return ""


def is_released(case: Case) -> bool:
    """Whether everybody may read now that the claim is being checked."""
    return case.claim_released_at is not None and not refusal_reason(case)


@transaction.atomic
def release(case: Case, *, by: User) -> Case:
    """Let everybody read the claim and that it is being checked.

    Raises:
        ValidationError: with the reason of ``refusal_reason``.
        WrongState: it has been released already.
    """
    permissions.check_can_check(workflow.lock(case), by)
    if case.claim_released_at is not None:
        raise WrongState(_("The claim has been released already."))
    if reason := refusal_reason(case):
        raise ValidationError(reason)
    return workflow.edit(
        case,
        AuditEvent.CASE_CLAIM_RELEASED,
        by=by,
        unit=roles.acting_unit(by, Permission.CHECK, case.unit),
        claim_released_at=timezone.now(),
        claim_released_by=by,
    )
