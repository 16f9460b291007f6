"""The one state table of a case: the allowed transitions, and who may make them.

``factcheck.workflow`` carries it out, ``factcheck.permissions`` decides from the same rows who may,
and the diagram in docs/reference/case-states.md is generated from them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from audit.enums import AuditEvent
from factcheck.enums import TRIAGE_STATUSES, CaseStatus


class Verb(StrEnum):
    OPEN = "open"
    TAKE = "take"
    ASSIGN = "assign"
    RELEASE = "release"
    TRIAGE = "triage"
    WAIT = "wait"
    RESUME = "resume"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REVOKE = "revoke"
    PUBLISH = "publish"
    REPLY_PRIVATELY = "answer"
    CLOSE = "close"
    REOPEN = "reopen"
    MERGE = "merge"
    UNMERGE = "unmerge"
    REVISE = "revise"
    ABANDON_REVISION = "abandon_revision"
    RESURFACE = "resurface"
    REAFFIRM = "keep"
    END_UNDECIDED = "end_undecided"
    HAND_OVER = "hand_over"


class Actor(StrEnum):
    """Which holders of the permission may use the verb."""

    SYSTEM = "system"  # the pipeline alone
    UNIT = "unit"  # anyone with the role in the case's unit or above it
    AUTHOR = "author"  # who wrote the verdict
    REVIEWER = "reviewer"  # a reviewer who did not write it
    AUTHOR_OR_ROLE = "author_or_role"  # the author, or anyone with the role


@dataclass(frozen=True)
class Transition:
    verb: Verb
    event: AuditEvent  # what its audit row says
    sources: frozenset[CaseStatus]
    target: CaseStatus | None  # None: the status stays
    actor: Actor
    permission: Permission | None
    undoes: Verb | None = None  # the target is the status in which that verb found the case

    def targets(self, source: CaseStatus) -> frozenset[CaseStatus]:
        """Every status the verb can lead to from ``source``."""
        if self.undoes is not None:
            return TRANSITIONS[self.undoes].sources
        return frozenset({self.target or source})


_NEW, _CHECKING, _WAITING = CaseStatus.NEW, CaseStatus.CHECKING, CaseStatus.WAITING
_IN_REVIEW, _APPROVED = CaseStatus.IN_REVIEW, CaseStatus.APPROVED
_PUBLISHED, _CLOSED, _MERGED = CaseStatus.PUBLISHED, CaseStatus.CLOSED, CaseStatus.MERGED
_OPEN_WORK = frozenset(TRIAGE_STATUSES)
_CHECK, _TRIAGE = Permission.CHECK, Permission.TRIAGE
_REVIEW, _PUBLISH = Permission.REVIEW, Permission.PUBLISH


def _row(
    verb: Verb,
    event: AuditEvent,
    sources: CaseStatus | frozenset[CaseStatus],
    target: CaseStatus | None,
    actor: Actor,
    permission: Permission | None,
    undoes: Verb | None = None,
) -> Transition:
    several = sources if isinstance(sources, frozenset) else frozenset({sources})
    return Transition(verb, event, several, target, actor, permission, undoes)


_ROWS = (
    _row(Verb.OPEN, AuditEvent.CASE_OPENED, frozenset(), _NEW, Actor.SYSTEM, None),
    _row(Verb.TAKE, AuditEvent.CASE_TAKEN, _NEW, _CHECKING, Actor.UNIT, _CHECK),
    _row(
        Verb.ASSIGN,
        AuditEvent.CASE_ASSIGNED,
        frozenset({_NEW, _CHECKING}),
        _CHECKING,
        Actor.UNIT,
        _TRIAGE,
    ),
    _row(Verb.RELEASE, AuditEvent.CASE_RELEASED, _CHECKING, _NEW, Actor.UNIT, _CHECK),
    _row(Verb.TRIAGE, AuditEvent.CASE_TRIAGED, _OPEN_WORK, None, Actor.UNIT, _TRIAGE),
    _row(Verb.WAIT, AuditEvent.CASE_WAIT_STARTED, _CHECKING, _WAITING, Actor.UNIT, _CHECK),
    _row(Verb.RESUME, AuditEvent.CASE_RESUMED, _WAITING, _CHECKING, Actor.UNIT, _CHECK),
    _row(Verb.SUBMIT, AuditEvent.CASE_SUBMITTED, _CHECKING, _IN_REVIEW, Actor.AUTHOR, _CHECK),
    _row(Verb.SEND_BACK, AuditEvent.CASE_SENT_BACK, _IN_REVIEW, _CHECKING, Actor.REVIEWER, _REVIEW),
    _row(Verb.WITHDRAW, AuditEvent.CASE_WITHDRAWN, _IN_REVIEW, _CHECKING, Actor.AUTHOR, _CHECK),
    _row(Verb.APPROVE, AuditEvent.CASE_APPROVED, _IN_REVIEW, _APPROVED, Actor.REVIEWER, _REVIEW),
    _row(
        Verb.REVOKE, AuditEvent.CASE_REVOKED, _APPROVED, _CHECKING, Actor.AUTHOR_OR_ROLE, _PUBLISH
    ),
    _row(Verb.PUBLISH, AuditEvent.CASE_PUBLISHED, _APPROVED, _PUBLISHED, Actor.UNIT, _PUBLISH),
    _row(
        Verb.REPLY_PRIVATELY,
        AuditEvent.CASE_PRIVATE_REPLY_SENT,
        _APPROVED,
        _CLOSED,
        Actor.UNIT,
        _PUBLISH,
    ),
    _row(Verb.CLOSE, AuditEvent.CASE_CLOSED, _OPEN_WORK, _CLOSED, Actor.UNIT, _TRIAGE),
    _row(Verb.REOPEN, AuditEvent.CASE_REOPENED, _CLOSED, _NEW, Actor.UNIT, _TRIAGE),
    _row(Verb.MERGE, AuditEvent.CASE_MERGED, _OPEN_WORK, _MERGED, Actor.UNIT, _TRIAGE),
    _row(
        Verb.UNMERGE,
        AuditEvent.CASE_UNMERGED,
        _MERGED,
        None,
        Actor.UNIT,
        _TRIAGE,
        undoes=Verb.MERGE,
    ),
    _row(Verb.REVISE, AuditEvent.CASE_REVISION_STARTED, _PUBLISHED, _CHECKING, Actor.UNIT, _CHECK),
    _row(
        Verb.ABANDON_REVISION,
        AuditEvent.CASE_REVISION_ABANDONED,
        frozenset({_NEW, _CHECKING}),
        _PUBLISHED,
        Actor.UNIT,
        _CHECK,
    ),
    _row(Verb.RESURFACE, AuditEvent.CASE_REQUEUED, _PUBLISHED, _NEW, Actor.SYSTEM, None),
    _row(
        Verb.END_UNDECIDED,
        AuditEvent.CASE_ENDED_UNDECIDED,
        _OPEN_WORK | {_IN_REVIEW},
        _CLOSED,
        Actor.SYSTEM,
        None,
    ),
    _row(Verb.HAND_OVER, AuditEvent.CASE_HANDED_OVER, _OPEN_WORK, _NEW, Actor.SYSTEM, None),
    _row(Verb.REAFFIRM, AuditEvent.CASE_REAFFIRMED, _CLOSED, None, Actor.UNIT, _CHECK),
)
TRANSITIONS: Mapping[Verb, Transition] = {row.verb: row for row in _ROWS}

LABELS = {
    Verb.OPEN: _("Open a case"),
    Verb.TAKE: _("Take"),
    Verb.ASSIGN: _("Assign"),
    Verb.RELEASE: _("Put back in the queue"),
    Verb.TRIAGE: _("Triage"),
    Verb.WAIT: _("Wait for an answer"),
    Verb.RESUME: _("Go on checking"),
    Verb.SUBMIT: _("Submit for review"),
    Verb.SEND_BACK: _("Return for changes"),
    Verb.WITHDRAW: _("Take back from review"),
    Verb.APPROVE: _("Approve"),
    Verb.REVOKE: _("Withdraw the approved verdict"),
    Verb.PUBLISH: _("Publish"),
    Verb.REPLY_PRIVATELY: _("Answer the askers only"),
    Verb.CLOSE: _("Close without a notice"),
    Verb.REOPEN: _("Reopen"),
    Verb.MERGE: _("Merge"),
    Verb.UNMERGE: _("Undo the merge"),
    Verb.REVISE: _("Correct or retract"),
    Verb.ABANDON_REVISION: _("Keep the notice as it is"),
    Verb.RESURFACE: _("An old rumour is back"),
    Verb.REAFFIRM: _("The answer still holds"),
    Verb.END_UNDECIDED: _("Close: cannot be decided here"),
    Verb.HAND_OVER: _("Hand over to a unit outside"),
}
