"""Guarded acts: proposed by one person, confirmed by another, in one table with their audit rows.

Who may propose and confirm a kind is decided by its caller: ``role_grants`` for roles,
``factcheck.authority`` for what is about cases. Here two people are required whatever the kind.
"""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.same_person import shared_sign
from accounts.enums import GuardedKind
from accounts.exceptions import AccountsError, NotAllowed, SamePerson
from accounts.models import GuardedAct, Unit, User
from audit.domain.log import record
from audit.enums import AuditEvent

OPERATOR = "operator"  # the audit record's actor for a command on the server
LAPSED = "lapsed"  # end_reason of a proposal that took effect without a second person
_REASON_LIMIT = 500


def subject_of(row: models.Model) -> str:
    """``"app.model:pk"``, under which acts about this row are found."""
    return f"{row._meta.label_lower}:{row.pk}"


def pending(kind: GuardedKind, subject: str | None = None) -> QuerySet[GuardedAct]:
    """Proposals of this kind that wait for their second person, oldest first."""
    acts = GuardedAct.objects.filter(kind=kind, confirmed_at__isnull=True, ended_at__isnull=True)
    return acts if subject is None else acts.filter(subject=subject)


def confirmed(kind: GuardedKind, subject: str | None = None) -> QuerySet[GuardedAct]:
    """Acts of this kind that two people stand behind and nobody has revoked, oldest first."""
    acts = GuardedAct.objects.filter(kind=kind, confirmed_at__isnull=False, ended_at__isnull=True)
    return acts if subject is None else acts.filter(subject=subject)


def _cleaned(reason: str) -> str:
    text = " ".join(reason.split())
    if len(text) > _REASON_LIMIT:
        raise AccountsError(_("The reason is too long: please shorten it."))
    return text


def _write_audit(
    event: AuditEvent, act: GuardedAct, by: User | None, unit: Unit | None, **data: Any
) -> None:
    actor = OPERATOR if by is None else None
    record(event, act, by=by, unit=unit, actor=actor, kind=act.kind, about=act.subject, **data)


@transaction.atomic
def propose(
    kind: GuardedKind,
    subject: str,
    *,
    details: Mapping[str, Any] | None = None,
    reason: str = "",
    by: User | None,
    unit: Unit | None,
) -> GuardedAct:
    """Store a proposal; ``details`` are ids and codes, ``by`` is None for the operator alone."""
    act = GuardedAct.objects.create(
        kind=GuardedKind(kind),
        subject=subject,
        details=dict(details or {}),
        reason=_cleaned(reason),
        proposed_by=by,
        proposed_unit=unit,
    )
    _write_audit(AuditEvent.ACT_PROPOSED, act, by, unit)
    return act


def check_two_people(act: GuardedAct, by: User) -> None:
    """Pass unless the proposer and this person count as one.

    Raises:
        SamePerson: with the sign that shows it.
    """
    if act.proposed_by is not None and (sentence := shared_sign(act.proposed_by, by)):
        raise SamePerson(str(sentence))


def _lock_pending(act: GuardedAct) -> GuardedAct:
    act.refresh_from_db(from_queryset=GuardedAct.objects.select_for_update(no_key=True))
    if not act.is_pending:
        raise AccountsError(_("This was decided or withdrawn in the meantime."))
    return act


@transaction.atomic
def confirm(act: GuardedAct, *, by: User, unit: Unit | None) -> GuardedAct:
    """Confirm the proposal; of two people at once only the first succeeds.

    Raises:
        SamePerson: ``by`` proposed it, or both accounts seem to belong to one person.
        NotAllowed: the operator proposed it.
        AccountsError: it was decided or withdrawn in the meantime.
    """
    _lock_pending(act)
    if act.proposed_by is None:
        raise NotAllowed(_("Only the operator's command can complete this."))
    check_two_people(act, by)
    act.confirmed_by, act.confirmed_unit, act.confirmed_at = by, unit, timezone.now()
    act.save(update_fields=["confirmed_by", "confirmed_unit", "confirmed_at"])
    _write_audit(AuditEvent.ACT_CONFIRMED, act, by, unit)
    return act


@transaction.atomic
def confirm_by_operator(act: GuardedAct) -> GuardedAct:
    """Confirm the proposal from the server's command line, where no second person exists."""
    _lock_pending(act)
    act.confirmed_by_operator, act.confirmed_at = True, timezone.now()
    act.save(update_fields=["confirmed_by_operator", "confirmed_at"])
    _write_audit(AuditEvent.ACT_CONFIRMED, act, None, None)
    return act


def _end(
    act: GuardedAct, event: AuditEvent, reason: str, by: User | None, unit: Unit | None
) -> GuardedAct:
    act.ended_by, act.ended_at, act.end_reason = by, timezone.now(), _cleaned(reason)
    act.save(update_fields=["ended_by", "ended_at", "end_reason"])
    _write_audit(event, act, by, unit)
    return act


@transaction.atomic
def decline(act: GuardedAct, *, reason: str = "", by: User, unit: Unit | None = None) -> GuardedAct:
    """Refuse somebody else's proposal.

    Raises:
        AccountsError: it was decided or withdrawn in the meantime.
    """
    return _end(_lock_pending(act), AuditEvent.ACT_DECLINED, reason, by, unit)


@transaction.atomic
def withdraw(act: GuardedAct, *, by: User | None, unit: Unit | None = None) -> GuardedAct:
    """Take back a proposal before it is decided.

    Raises:
        AccountsError: it was decided or withdrawn in the meantime.
    """
    return _end(_lock_pending(act), AuditEvent.ACT_WITHDRAWN, "", by, unit)


@transaction.atomic
def revoke(
    act: GuardedAct, *, reason: str = "", by: User | None, unit: Unit | None = None
) -> GuardedAct:
    """End a confirmed act: from now on it no longer counts. One person is enough, because nobody
    is told more than before.

    Raises:
        AccountsError: it is not confirmed, or was revoked before.
    """
    act.refresh_from_db(from_queryset=GuardedAct.objects.select_for_update(no_key=True))
    if not act.is_confirmed:
        raise AccountsError(_("This was decided or withdrawn in the meantime."))
    return _end(act, AuditEvent.ACT_REVOKED, reason, by, unit)


@transaction.atomic
def lapse(act: GuardedAct) -> GuardedAct:
    """End a proposal that nobody answered in time; its caller carries it out unconfirmed."""
    _lock_pending(act)
    act.ended_at, act.end_reason = timezone.now(), LAPSED
    act.save(update_fields=["ended_at", "end_reason"])
    record(AuditEvent.ACT_WITHDRAWN, act, by=None, unit=None, kind=act.kind, about=act.subject)
    return act
