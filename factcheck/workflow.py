"""Carries out the state table (``factcheck.states``): the one function that writes a case's status,
and what the table allows whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import permissions as roles
from accounts.models import Unit, User
from accounts.permissions import Permission
from audit.domain import log
from audit.enums import AuditEvent
from factcheck.enums import CaseStatus, VerdictState
from factcheck.exceptions import StaleCase, WrongState
from factcheck.models import Case, Verdict
from factcheck.states import LABELS, TRANSITIONS, Owner, Transition, Verb

# What a person who came second is told, where a general sentence would puzzle.
_TOO_LATE = {
    (Verb.TAKE, CaseStatus.CHECKING): _("A colleague is already checking this case."),
    (Verb.APPROVE, CaseStatus.APPROVED): _("This verdict has already been approved."),
    (Verb.APPROVE, CaseStatus.CHECKING): _("This verdict is no longer in review."),
    (Verb.SEND_BACK, CaseStatus.APPROVED): _("This verdict has already been approved."),
    (Verb.PUBLISH, CaseStatus.PUBLISHED): _("This notice has already been published."),
    (Verb.PUBLISH, CaseStatus.IN_REVIEW): _("A second person has to approve the verdict first."),
    (Verb.MERGE, CaseStatus.MERGED): _("This case has already been merged."),
    (Verb.REOPEN, CaseStatus.NEW): _("This case has already been reopened."),
}


def check_state(case: Case, verb: Verb) -> None:
    """Raise WrongState with a sentence unless the table lets ``verb`` happen to the case now."""
    status = CaseStatus(case.status)
    if status in TRANSITIONS[verb].sources:
        return
    raise WrongState(
        _TOO_LATE.get((verb, status))
        or _("“%(verb)s” is not possible now: the case is at the stage “%(status)s”.")
        % {"verb": LABELS[verb], "status": status.label}
    )


def open_verdict(case: Case) -> Verdict | None:
    """The verdict being written, reviewed or waiting to be published, if there is one."""
    states = [VerdictState.DRAFT, VerdictState.IN_REVIEW, VerdictState.APPROVED]
    return case.verdicts.filter(state__in=states, published__isnull=True).order_by("-pk").first()


def allowed_verbs(case: Case, user: User) -> set[Verb]:
    """Verbs the table gives this user now: by status, role and ownership.

    Rules about the content (evidence, the second unit) come on top in ``factcheck.permissions``.
    """
    verdict, held = open_verdict(case), roles.permissions_in(user, case.unit)
    possible = (row for row in TRANSITIONS.values() if case.status in row.sources)
    return {row.verb for row in possible if is_owner(row, case, user, verdict, held)}


def is_owner(
    row: Transition, case: Case, user: User, verdict: Verdict | None, held: set[Permission]
) -> bool:
    """Whether the row fits the user, who holds the permissions ``held`` in the case's unit."""
    if row.permission is None:
        return False
    wrote = verdict is not None and verdict.written_by_id == user.pk
    if row.owner is Owner.REVIEWER:
        return verdict is not None and not wrote and bool(roles.may_review_for(user, case.unit))
    has_role = row.permission in held
    if row.owner is Owner.AUTHOR:
        return wrote and has_role
    if row.owner is Owner.AUTHOR_OR_ROLE:
        return has_role or (wrote and Permission.CHECK in held)
    return has_role


def lock(case: Case) -> Case:
    """Lock the case's row until the transaction ends, and read it anew into ``case``."""
    rows = Case.objects.select_for_update(no_key=True)
    case.refresh_from_db(from_queryset=rows)
    return case


def check_version(case: Case, version: int | None) -> None:
    """Raise StaleCase when the page was opened on an older version of the case."""
    if version is not None and case.version != version:
        raise StaleCase(
            _("Someone changed this case meanwhile. Look at the change, then save again.")
        )


def side_effects(came: CaseStatus, goes: CaseStatus, by: User | None) -> dict[str, Any]:
    """Fields that follow from leaving one status and entering another."""
    fields: dict[str, Any] = {}
    if came == goes:
        return fields
    if came == CaseStatus.CLOSED:
        fields.update(closed_at=None, closed_by=None, outcome="")
    if came == CaseStatus.MERGED:
        fields.update(merged_into=None, merged_from="")
    if goes == CaseStatus.MERGED:
        return {**fields, "merged_from": came}  # the rest waits for the merge to be undone
    if came == CaseStatus.WAITING:
        fields["waiting_for"] = ""
    if CaseStatus.PUBLISHED in (came, goes) or goes == CaseStatus.CLOSED:
        fields["resurfaced_at"] = None  # someone looks, or has looked
    if goes == CaseStatus.CLOSED:
        fields.update(closed_at=timezone.now(), closed_by=by)
    if goes == CaseStatus.NEW:
        fields["assignee"] = None
    return fields


def transition(
    case: Case,
    verb: Verb,
    *,
    by: User | None,
    unit: Unit | None = None,
    version: int | None = None,
    data: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Case:
    """Carry out one row of the table on the case and write its audit row; return the case.

    The caller has opened the transaction and checked the permission. Locks the case's row, so of
    two people only the first gets through. ``changes`` are further fields of the case; ``data``
    (ids and codes) goes into the audit row. Raises WrongState or StaleCase, with a sentence.
    """
    row = TRANSITIONS[verb]
    lock(case)
    check_state(case, verb)
    check_version(case, version)
    came = CaseStatus(case.status)
    goes = CaseStatus(case.merged_from) if row.undoes else row.target or came
    fields = {**side_effects(came, goes, by), **changes}
    fields.update(status=goes, version=case.version + 1)
    _save(case, fields)
    log.record(row.event, case, by=by, unit=unit, source=came, target=goes, **(data or {}))
    return case


def edit(
    case: Case,
    event: AuditEvent,
    *,
    by: User | None,
    unit: Unit | None = None,
    version: int | None = None,
    **changes: Any,
) -> Case:
    """Change fields of a case without moving it: same lock, version and audit row as ``move``."""
    lock(case)
    check_version(case, version)
    _save(case, {**changes, "version": case.version + 1})
    log.record(event, case, by=by, unit=unit, fields=sorted(changes))
    return case


def _save(case: Case, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=list(fields))
