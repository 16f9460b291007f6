"""Applies the state table (``factcheck.states``): the only function that writes a case's status,
and which verbs a user may use."""

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
from factcheck import independence
from factcheck.enums import CaseStatus, VerdictState
from factcheck.exceptions import StaleCase, WrongState
from factcheck.models import Case, Verdict
from factcheck.states import LABELS, TRANSITIONS, Actor, Transition, Verb

# For the slower of two people, where the general sentence would be puzzling.
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
    verdict, granted = open_verdict(case), roles.permissions_in(user, case.unit)
    possible = (row for row in TRANSITIONS.values() if case.status in row.sources)
    return {row.verb for row in possible if is_allowed_actor(row, case, user, verdict, granted)}


def is_allowed_actor(
    row: Transition, case: Case, user: User, verdict: Verdict | None, granted: set[Permission]
) -> bool:
    """Whether the user is the owner that the row names; ``granted``: the user's permissions in the
    case's unit."""
    if row.permission is None:
        return False
    wrote = verdict is not None and verdict.written_by_id == user.pk
    if row.actor is Actor.REVIEWER:
        return verdict is not None and not wrote and independence.may_decide(case, user)
    has_role = row.permission in granted
    if row.actor is Actor.AUTHOR:
        return wrote and has_role
    if row.actor is Actor.AUTHOR_OR_ROLE:
        return has_role or (wrote and Permission.CHECK in granted)
    return has_role


def lock(case: Case) -> Case:
    """Lock the case's row until the transaction ends, and reload it into ``case``."""
    rows = Case.objects.select_for_update(no_key=True)
    case.refresh_from_db(from_queryset=rows)
    return case


def check_version(case: Case, version: int | None) -> None:
    """Raise StaleCase when the page was opened on an older version of the case."""
    if version is not None and case.version != version:
        raise StaleCase(
            _("Someone changed this case meanwhile. Look at the change, then save again.")
        )


def side_effects(old_status: CaseStatus, new_status: CaseStatus, by: User | None) -> dict[str, Any]:
    """Fields that follow from leaving one status and entering another."""
    fields: dict[str, Any] = {}
    if old_status == new_status:
        return fields
    if old_status == CaseStatus.CLOSED:
        fields.update(closed_at=None, closed_by=None, outcome="", undecidable_since=None)
    if old_status == CaseStatus.MERGED:
        fields.update(merged_into=None, merged_from="")
    if new_status == CaseStatus.MERGED:
        return {**fields, "merged_from": old_status}  # the rest waits for the merge to be undone
    if old_status == CaseStatus.WAITING:
        fields["waiting_for"] = ""
    if CaseStatus.PUBLISHED in (old_status, new_status) or new_status == CaseStatus.CLOSED:
        fields["resurfaced_at"] = None  # a person is looking at it, or has done so
    if new_status == CaseStatus.CLOSED:
        fields.update(closed_at=timezone.now(), closed_by=by)
    if new_status == CaseStatus.NEW:
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
    old_status = CaseStatus(case.status)
    new_status = CaseStatus(case.merged_from) if row.undoes else row.target or old_status
    fields = {**side_effects(old_status, new_status, by), **changes}
    fields.update(status=new_status, version=case.version + 1)
    _save(case, fields)
    log.record(
        row.event, case, by=by, unit=unit, source=old_status, target=new_status, **(data or {})
    )
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
    """Change fields of a case without a transition; same lock, version and audit row."""
    lock(case)
    check_version(case, version)
    _save(case, {**changes, "version": case.version + 1})
    log.record(event, case, by=by, unit=unit, fields=sorted(changes))
    return case


def _save(case: Case, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=list(fields))
