"""The one state table of a case: which verb leads from where to where, and whose it is.

``factcheck.workflow`` carries it out, ``factcheck.permissions`` decides from the same rows who may,
and the diagram in docs/reference/case-states.md is generated from them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from factcheck.enums import CaseStatus


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


class Owner(StrEnum):
    """Who of those with the permission."""

    SYSTEM = "system"  # the pipeline alone
    UNIT = "unit"  # anyone with the role in the case's unit or above it
    AUTHOR = "author"  # who wrote the verdict
    REVIEWER = "reviewer"  # a reviewer who did not write it
    AUTHOR_OR_ROLE = "author_or_role"  # the author, or anyone with the role


@dataclass(frozen=True)
class Transition:
    verb: Verb
    sources: frozenset[CaseStatus]
    target: CaseStatus | None  # None: the status stays
    owner: Owner
    permission: Permission | None
    event: str  # the audit verb
    undoes: Verb | None = None  # the target is the status in which that verb found the case

    def targets(self, source: CaseStatus) -> frozenset[CaseStatus]:
        """Every status the verb can lead to from ``source``."""
        if self.undoes is not None:
            return TRANSITIONS[self.undoes].sources
        return frozenset({self.target or source})


_NEW, _CHECKING, _WAITING = CaseStatus.NEW, CaseStatus.CHECKING, CaseStatus.WAITING
_IN_REVIEW, _APPROVED = CaseStatus.IN_REVIEW, CaseStatus.APPROVED
_PUBLISHED, _CLOSED, _MERGED = CaseStatus.PUBLISHED, CaseStatus.CLOSED, CaseStatus.MERGED
_OPEN_WORK = frozenset({_NEW, _CHECKING, _WAITING})


def _row(
    verb: Verb,
    sources: CaseStatus | frozenset[CaseStatus],
    target: CaseStatus | None,
    owner: Owner,
    permission: Permission | None,
    undoes: Verb | None = None,
) -> Transition:
    several = sources if isinstance(sources, frozenset) else frozenset({sources})
    return Transition(verb, several, target, owner, permission, f"case.{verb}", undoes)


_ROWS = (
    _row(Verb.OPEN, frozenset(), _NEW, Owner.SYSTEM, None),
    _row(Verb.TAKE, _NEW, _CHECKING, Owner.UNIT, Permission.CHECK),
    _row(Verb.ASSIGN, frozenset({_NEW, _CHECKING}), _CHECKING, Owner.UNIT, Permission.TRIAGE),
    _row(Verb.RELEASE, _CHECKING, _NEW, Owner.UNIT, Permission.CHECK),
    _row(Verb.TRIAGE, _OPEN_WORK, None, Owner.UNIT, Permission.TRIAGE),
    _row(Verb.WAIT, _CHECKING, _WAITING, Owner.UNIT, Permission.CHECK),
    _row(Verb.RESUME, _WAITING, _CHECKING, Owner.UNIT, Permission.CHECK),
    _row(Verb.SUBMIT, _CHECKING, _IN_REVIEW, Owner.AUTHOR, Permission.CHECK),
    _row(Verb.SEND_BACK, _IN_REVIEW, _CHECKING, Owner.REVIEWER, Permission.REVIEW),
    _row(Verb.WITHDRAW, _IN_REVIEW, _CHECKING, Owner.AUTHOR, Permission.CHECK),
    _row(Verb.APPROVE, _IN_REVIEW, _APPROVED, Owner.REVIEWER, Permission.REVIEW),
    _row(Verb.REVOKE, _APPROVED, _CHECKING, Owner.AUTHOR_OR_ROLE, Permission.PUBLISH),
    _row(Verb.PUBLISH, _APPROVED, _PUBLISHED, Owner.UNIT, Permission.PUBLISH),
    _row(Verb.REPLY_PRIVATELY, _APPROVED, _CLOSED, Owner.UNIT, Permission.PUBLISH),
    _row(Verb.CLOSE, _OPEN_WORK, _CLOSED, Owner.UNIT, Permission.TRIAGE),
    _row(Verb.REOPEN, _CLOSED, _NEW, Owner.UNIT, Permission.TRIAGE),
    _row(Verb.MERGE, _OPEN_WORK, _MERGED, Owner.UNIT, Permission.TRIAGE),
    _row(Verb.UNMERGE, _MERGED, None, Owner.UNIT, Permission.TRIAGE, undoes=Verb.MERGE),
    _row(Verb.REVISE, _PUBLISHED, _CHECKING, Owner.UNIT, Permission.CHECK),
    _row(
        Verb.ABANDON_REVISION,
        frozenset({_NEW, _CHECKING}),
        _PUBLISHED,
        Owner.UNIT,
        Permission.CHECK,
    ),
    _row(Verb.RESURFACE, _PUBLISHED, _NEW, Owner.SYSTEM, None),
    _row(Verb.REAFFIRM, _CLOSED, None, Owner.UNIT, Permission.CHECK),
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
}
