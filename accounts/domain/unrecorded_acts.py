"""Guarded acts and roles without their rows in the audit record: what a forger leaves who inserts
both people's rows by hand. The database cannot refuse it, so ``manage.py verify_audit`` looks.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from accounts.enums import GUARDED_ROLES
from accounts.models import GuardedAct, Membership, Unit
from audit.enums import AuditEvent
from audit.models import AuditEntry

BATCH = 1000
_OPERATOR = "operator"
_ENDED = (AuditEvent.ACT_DECLINED, AuditEvent.ACT_WITHDRAWN, AuditEvent.ACT_REVOKED)


def _batches(rows: "QuerySet[Any]") -> Iterator[list[Any]]:
    """The rows by id, a batch at a time: one long cursor would outlive a statement timeout."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _actor(user: int | None) -> str:
    return _OPERATOR if user is None else str(user)


def _recorded(acts: list[GuardedAct]) -> set[tuple[str, AuditEvent | None, str]]:
    """(act, event, actor) of every audit row about these acts."""
    rows = AuditEntry.objects.filter(
        subject_type=GuardedAct._meta.label_lower, subject_id__in=[str(act.pk) for act in acts]
    )
    return {
        (pk, AuditEvent.from_stored(verb), actor)
        for pk, verb, actor in rows.values_list("subject_id", "verb", "actor")
    }


def _is_recorded(act: GuardedAct, recorded: set[tuple[str, AuditEvent | None, str]]) -> bool:
    pk = str(act.pk)
    expected = [(pk, AuditEvent.ACT_PROPOSED, _actor(act.proposed_by_id))]
    if act.confirmed_at is not None:
        expected.append((pk, AuditEvent.ACT_CONFIRMED, _actor(act.confirmed_by_id)))
    is_ended = act.ended_at is None or any(
        (pk, event, _actor(act.ended_by_id)) in recorded for event in _ENDED
    )
    return is_ended and all(row in recorded for row in expected)


def acts() -> Iterator[GuardedAct]:
    """Acts whose proposal, confirmation or end has no audit row of the person named in it."""
    for batch in _batches(GuardedAct.objects.all()):
        recorded = _recorded(batch)
        yield from (act for act in batch if not _is_recorded(act, recorded))


def memberships() -> Iterator[Membership]:
    """Roles by which one decides for others that no audit row grants."""
    label, accepted = Unit._meta.label_lower, AuditEvent.INVITATION_ACCEPTED
    for batch in _batches(Membership.objects.filter(role__in=sorted(GUARDED_ROLES))):
        units = [str(membership.unit_id) for membership in batch]
        granted = AuditEntry.objects.with_event(AuditEvent.MEMBERSHIP_GRANTED).filter(
            subject_type=label, subject_id__in=units
        )
        rows = {
            (pk, data.get("user"), data.get("role"))
            for pk, data in granted.values_list("subject_id", "data")
        }
        by_invitation = AuditEntry.objects.with_event(accepted).filter(
            data__membership__in=[membership.pk for membership in batch]
        )
        invited = set(by_invitation.values_list("data__membership", flat=True))
        for row in batch:
            key = (str(row.unit_id), row.user_id, row.role)
            if key not in rows and row.pk not in invited:
                yield row
