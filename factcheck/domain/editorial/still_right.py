"""Two people write that a notice is still right, at an hour: it answers by itself again."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.domain import guarded_acts
from accounts.enums import GuardedKind
from accounts.exceptions import NotAllowed
from accounts.models import GuardedAct, User
from accounts.permissions import Permission
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import independence, permissions
from factcheck.domain import held_answers, notifications, suspensions
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Notice


def waiting(user: User) -> QuerySet[Notice]:
    """Notices that stopped answering by themselves and were asked about since: of the cases the
    user may see or decide."""
    asked = Q(suspended_at__isnull=False) | Q(case__matches__answer_held_at__isnull=False)
    rows = Notice.objects.filter(asked).select_related("case__unit").distinct()
    visible = permissions.visible_cases(user).values("pk")
    decidable = [
        notice.pk
        for notice in rows
        if pending(notice) is not None and independence.may_decide(notice.case, user)
    ]
    return rows.filter(Q(case__in=visible) | Q(pk__in=decidable))


def pending(notice: Notice) -> GuardedAct | None:
    """The first person's statement that waits for the second."""
    subject = guarded_acts.subject_of(notice)
    return guarded_acts.pending(GuardedKind.STILL_RIGHT, subject).last()


def statement(notice: Notice) -> str:
    """What the two people write, with the hour."""
    moment = timezone.localtime()
    return _("Still right at %(hour)s on %(day)s") % {
        "hour": moment.strftime("%H:%M"),
        "day": moment.strftime("%d/%m/%Y"),
    }


@transaction.atomic
def propose(notice: Notice, reason: str, *, by: User) -> GuardedAct:
    """The first person writes on what they rest it: whom they asked, what they read.

    Raises:
        ValidationError: no reason. WrongState: somebody has written it already.
    """
    unit = roles.acting_unit(by, Permission.CHECK, notice.case.unit)
    if unit is None:
        raise NotAllowed(_("Only a checker of the case's unit can write this."))
    if not reason.strip():
        raise ValidationError(_("Write whom you asked or what you read."))
    if pending(notice) is not None:
        raise WrongState(_("Somebody has written it already: another person confirms it."))
    return guarded_acts.propose(
        GuardedKind.STILL_RIGHT,
        guarded_acts.subject_of(notice),
        details={"case": notice.case_id},
        reason=f"{statement(notice)}. {reason}",
        by=by,
        unit=unit,
    )


@transaction.atomic
def confirm(notice: Notice, *, by: User) -> None:
    """The second person, independent of what the claim is about, confirms it; held answers go out.

    Raises:
        WrongState: nobody has written it. DomainError: the user may not decide on this case.
    """
    act = pending(notice)
    if act is None or act.proposed_by_id is None:
        raise WrongState(_("Nobody has written that it is still right."))
    unit = independence.deciding_unit(notice.case, by, took_part={act.proposed_by_id})
    guarded_acts.confirm(act, by=by, unit=unit)
    suspensions.end(notice)
    held_answers.release(notice.case)
    log.record(AuditEvent.ANSWER_RESUMED, notice, by=by, unit=unit, act=act.pk)
    notifications.enqueue_notifications(notice.case)
