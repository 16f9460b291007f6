"""Merging and splitting cases: a person's decisions whether two make one claim. No row moves, so
every decision can be undone."""

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind
from accounts.exceptions import NotAllowed
from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import merge_tree, permissions, workflow
from factcheck.domain import concerns, notifications, wrong_joins
from factcheck.domain.cases import escalation, opening, resurfacing
from factcheck.domain.duplicates import decisions
from factcheck.domain.duplicates.decisions import decide_pair
from factcheck.domain.index import public_flag, wordings
from factcheck.enums import CaseStatus, MatchState, PairKind
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Case, Match, Notice, PairDecision
from factcheck.states import Verb
from intake.models import Report


def _lock_both(case: Case, other: Case) -> None:
    for row in sorted((case, other), key=lambda row: row.pk):
        workflow.lock(row)


def _check_target(case: Case, into: Case, by: User) -> None:
    if into.pk == case.pk:
        raise ValidationError(_("These two are the same case already."))
    if into.status == CaseStatus.MERGED:  # a moment ago, while we waited for its row
        raise WrongState(_("%(case)s has just been merged.") % {"case": into.code})
    if into.status == CaseStatus.CLOSED:
        raise WrongState(_("%(case)s is closed: reopen it first.") % {"case": into.code})
    if Notice.objects.filter(case=case).exists():
        raise WrongState(
            _("%(case)s has a public notice: merge the other case into it.") % {"case": case.code}
        )
    if merge_tree.depth(case) >= merge_tree.MAX_DEPTH:
        raise ValidationError(
            _("Too many merges on top of each other: merge the cases below first.")
        )
    public = Notice.objects.filter(case=into).exists()
    if not public and not permissions.visible_cases(by).filter(pk=into.pk).exists():
        raise NotAllowed(_("This case belongs to another unit."))


def is_answered(case: Case) -> bool:
    """Whether what its reporters are told is fixed: answered, or before a second person who has not
    seen what joins or leaves it. A case proposed for a merge waits for such a person too."""
    fixed = (CaseStatus.IN_REVIEW, CaseStatus.APPROVED, CaseStatus.PUBLISHED, CaseStatus.CLOSED)
    if case.status in fixed or Notice.objects.filter(case=case).exists():
        return True
    return guarded_acts.pending(GuardedKind.MERGE, guarded_acts.subject_of(case)).exists()


def check_can_merge(case: Case, into: Case, *, by: User) -> None:
    """Raise unless the user may merge the case into the other, both as they are now."""
    _lock_both(case, into)
    permissions.check_can(Verb.MERGE, case, by)
    _check_target(case, into, by)


@transaction.atomic
def merge(case: Case, into: Case, *, reason: str = "", by: User) -> Case:
    """Make the case part of another one that makes the same claim; its reporters get that answer.

    Nothing moves: reports, wordings and evidence stay on their rows. A published case whose
    answer is stale goes back to the queue. Returns the merged case. Into an answered case only
    with a second person (``second_person``), as the database checks.
    """
    into = merge_tree.canonical(into)
    check_can_merge(case, into, by=by)
    decide_pair(case, into, PairKind.MERGED, reason=reason, by=by)
    last = max(case.last_report_at, into.last_report_at)
    Case.objects.filter(pk=into.pk).update(last_report_at=last)
    merged = workflow.transition(
        case, Verb.MERGE, by=by, unit=case.unit, data={"into": into.pk}, merged_into=into
    )
    concerns.propose_from_merged(into, merged)
    public_flag.set_flag(into)
    escalation.escalate_joined(merged, into)
    resurfacing.resurface(into, case.last_report_at)
    notifications.enqueue_notifications(into)
    return merged


def check_can_unmerge(case: Case, *, by: User) -> None:
    """Raise unless the user may undo the merge of the case now."""
    permissions.check_can(Verb.UNMERGE, workflow.lock(case), by)


@transaction.atomic
def unmerge(case: Case, *, by: User) -> Case:
    """Undo a merge: restores the case's status, reports and wordings.

    Decisions made about the merged case since then are copied to it. Reporters who got the other
    case's answer still get its corrections.
    """
    check_can_unmerge(case, by=by)
    into = case.merged_into
    assert into is not None
    meanwhile = decisions.decisions_since(into, decisions.merged_at(case))
    decisions.undo_merge(case, into, by=by)
    restored = workflow.transition(
        case, Verb.UNMERGE, by=by, unit=case.unit, data={"into": into.pk}
    )
    decisions.copy_decisions(restored, meanwhile)
    _update_last_report_at(merge_tree.canonical(into))
    wrong_joins.notify_reporters(
        merge_tree.confirmed_reports(restored), merge_tree.canonical(into), by=by
    )
    notifications.enqueue_notifications(restored)
    return restored


def _update_last_report_at(case: Case) -> None:
    """Set when the last of the case's reports came, after some have left."""
    remaining = merge_tree.confirmed_reports(case)
    if last := remaining.aggregate(last=Max("created_at"))["last"]:
        Case.objects.filter(pk=case.pk).update(last_report_at=last)


def _move_wordings(report: Report, old: Case, new: Case) -> None:
    """Move the wordings that only this report brought; shared ones stay with the other reports."""
    remaining = Match.objects.filter(case=old, state=MatchState.CONFIRMED)
    for wording in old.wordings.filter(report=report):
        # The fingerprint of a report stays as it was computed when it came.
        same = Q(report__fingerprint=wording.fingerprint) | Q(report__text=wording.text)
        match = remaining.filter(same).first()
        if wording.fingerprint and match is not None:
            wording.report = match.report
            wording.save(update_fields=["report"])
        else:
            duplicate = new.wordings.filter(
                fingerprint=wording.fingerprint, url_hash=wording.url_hash
            )
            wordings.delete(duplicate)
            wording.case = new
            wording.save(update_fields=["case"])


def check_can_split(report: Report, *, by: User) -> Case:
    """Raise unless the user may split the report off; returns the case it belongs to, locked."""
    match = Match.objects.select_related("case").get(report=report, state=MatchState.CONFIRMED)
    root = workflow.lock(merge_tree.canonical(match.case))
    permissions.check_can_decide_pair(root, by)
    if report.purged_at is not None:
        raise WrongState(_("The text of this report has been deleted."))
    others = Match.objects.filter(
        case_id__in=merge_tree.group_ids(root), state=MatchState.CONFIRMED
    )
    if not others.exclude(pk=match.pk).exists():
        raise ValidationError(_("This is the only report of the case: there is nothing to split."))
    return root


@transaction.atomic
def split(report: Report, *, reason: str = "", by: User) -> Case:
    """Move one report into a case of its own: it makes another claim after all.

    It is never linked back, and the two cases are not suggested to each other again, nor is the new
    case to any case that people have distinguished from the whole.
    """
    root = check_can_split(report, by=by)
    match = Match.objects.select_related("case").get(report=report, state=MatchState.CONFIRMED)
    old = match.case
    meanwhile = decisions.decisions_since(old, match.decided_at or match.created_at)
    decisions.reject_match(match, reason=reason, by=by)
    new = opening.open_for(report, by=by)
    _move_wordings(report, old, new)
    decide_pair(root, new, PairKind.SPLIT, reason=reason, by=by)
    decisions.copy_decisions(new, meanwhile)
    _update_last_report_at(root)
    wrong_joins.notify_reporters([report], root, by=by)
    log.record(AuditEvent.CASE_SPLIT, root, by=by, unit=root.unit, report=report.pk, new=new.pk)
    return new


def mark_distinct(
    case: Case, other: Case, kind: PairKind, *, reason: str = "", by: User
) -> PairDecision:
    """Decide that two cases, or what they were merged into, are not one, and close the suggestions
    between them; the caller writes the audit row."""
    case, other = merge_tree.canonical(case), merge_tree.canonical(other)
    if case.pk == other.pk:
        raise ValidationError(_("These two are the same case already."))
    _lock_both(case, other)
    for row in (case, other):
        if row.status == CaseStatus.MERGED:  # a moment ago, while we waited for its row
            raise WrongState(_("%(case)s has just been merged.") % {"case": row.code})
    permissions.check_can_decide_pair(case, by)
    decisions.close_suggestions(case, other, reason=reason, by=by)
    return decide_pair(case, other, kind, reason=reason, by=by)


@transaction.atomic
def mark_related(case: Case, other: Case, *, reason: str = "", by: User) -> PairDecision:
    """Record two claims as related but not the same; they are no longer suggested."""
    decision = mark_distinct(case, other, PairKind.RELATED, reason=reason, by=by)
    log.record(AuditEvent.CASE_MARKED_RELATED, case, by=by, unit=case.unit, other=other.pk)
    return decision


@transaction.atomic
def mark_different(case: Case, other: Case, *, reason: str = "", by: User) -> PairDecision:
    """Record two claims as different: no report of one is ever suggested to the other again."""
    decision = mark_distinct(case, other, PairKind.DIFFERENT, reason=reason, by=by)
    for left, right in ((case, other), (other, case)):
        log.record(AuditEvent.CASE_MARKED_DIFFERENT, left, by=by, unit=case.unit, other=right.pk)
    return decision
