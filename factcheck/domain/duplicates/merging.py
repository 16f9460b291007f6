"""One claim or two: a person's decisions about pairs of cases. Rows stay where they are, so every
decision can be undone."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.exceptions import NotAllowed
from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import merge_tree, permissions, workflow
from factcheck.domain import notifications
from factcheck.domain.cases import opening, resurfacing
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


@transaction.atomic
def merge(case: Case, into: Case, *, reason: str = "", by: User) -> Case:
    """Make the case part of another one that holds the same claim; its senders get that answer.

    Nothing moves: reports, wordings and evidence stay on their rows. An old rumour's published
    case comes back to the queue by it. Returns the merged case.
    """
    into = merge_tree.canonical(into)
    _lock_both(case, into)
    permissions.check_can(Verb.MERGE, case, by)
    _check_target(case, into, by)
    decide_pair(case, into, PairKind.MERGED, reason=reason, by=by)
    news = {"last_report_at": max(case.last_report_at, into.last_report_at)}
    Case.objects.filter(pk=into.pk).update(**news)
    merged = workflow.transition(
        case, Verb.MERGE, by=by, unit=case.unit, data={"into": into.pk}, merged_into=into
    )
    public_flag.set_flag(into)
    resurfacing.resurface(into, case.last_report_at)
    notifications.enqueue_notifications(into)
    return merged


@transaction.atomic
def unmerge(case: Case, *, by: User) -> Case:
    """Undo a merge: the case is where it was before, with its own reports and what they brought.

    What people decided about the whole meanwhile holds for it too. Senders who have read the
    other case's answer hear of its corrections all the same.
    """
    permissions.check_can(Verb.UNMERGE, workflow.lock(case), by)
    into = case.merged_into
    assert into is not None
    meanwhile = decisions.decisions_since(into, decisions.merged_since(case))
    decisions.undo_merge(case, into, by=by)
    restored = workflow.transition(
        case, Verb.UNMERGE, by=by, unit=case.unit, data={"into": into.pk}
    )
    decisions.copy_decisions(restored, meanwhile)
    _update_last_report_at(merge_tree.canonical(into))
    notifications.enqueue_notifications(restored)
    return restored


def _update_last_report_at(root: Case) -> None:
    """When the last of its reports came, after some have left."""
    left = Report.objects.filter(
        matches__state=MatchState.CONFIRMED, matches__case_id__in=merge_tree.group_ids(root)
    )
    if last := left.aggregate(last=Max("created_at"))["last"]:
        Case.objects.filter(pk=root.pk).update(last_report_at=last)


def _move_wordings(report: Report, old: Case, new: Case) -> None:
    """Wordings that only this report brought go with it; shared ones stay with the rest."""
    stays = Match.objects.filter(case=old, state=MatchState.CONFIRMED)
    for wording in old.wordings.filter(report=report):
        heir = stays.filter(report__fingerprint=wording.fingerprint).first()
        if wording.fingerprint and heir is not None:
            wording.report = heir.report
            wording.save(update_fields=["report"])
        else:
            double = new.wordings.filter(fingerprint=wording.fingerprint, url_hash=wording.url_hash)
            wordings.delete(double)
            wording.case = new
            wording.save(update_fields=["case"])


@transaction.atomic
def split(report: Report, *, reason: str = "", by: User) -> Case:
    """Take one report out into a case of its own: it makes another claim after all.

    It never comes back by itself, and the two cases are not suggested to each other again; nor is
    it to any case that people have said the whole is not the same as.
    """
    match = Match.objects.select_related("case").get(report=report, state=MatchState.CONFIRMED)
    old, root = match.case, workflow.lock(merge_tree.canonical(match.case))
    permissions.check_can_decide_pair(root, by)
    if report.purged_at is not None:
        raise WrongState(_("The text of this report has been deleted."))
    others = Match.objects.filter(
        case_id__in=merge_tree.group_ids(root), state=MatchState.CONFIRMED
    )
    if not others.exclude(pk=match.pk).exists():
        raise ValidationError(_("This is the only report of the case: there is nothing to split."))
    meanwhile = decisions.decisions_since(old, match.decided_at or match.created_at)
    decisions.reject_match(match, reason=reason, by=by)
    new = opening.open_for(report, by=by)
    _move_wordings(report, old, new)
    decide_pair(root, new, PairKind.SPLIT, reason=reason, by=by)
    decisions.copy_decisions(new, meanwhile)
    _update_last_report_at(root)
    log.record(AuditEvent.CASE_SPLIT, root, by=by, unit=root.unit, report=report.pk, new=new.pk)
    return new


def mark_distinct(
    case: Case, other: Case, kind: PairKind, *, reason: str = "", by: User
) -> PairDecision:
    """Decide that two cases are not one, or what they were merged into is not; the caller records
    it. Ends what was suggested."""
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
    """Two claims that belong beside each other but are not the same; no longer suggested."""
    decision = mark_distinct(case, other, PairKind.RELATED, reason=reason, by=by)
    log.record(AuditEvent.CASE_MARKED_RELATED, case, by=by, unit=case.unit, other=other.pk)
    return decision


@transaction.atomic
def mark_different(case: Case, other: Case, *, reason: str = "", by: User) -> PairDecision:
    """Two different claims: no report of either is ever suggested to the other again."""
    decision = mark_distinct(case, other, PairKind.DIFFERENT, reason=reason, by=by)
    for one, two in ((case, other), (other, case)):
        log.record(AuditEvent.CASE_MARKED_DIFFERENT, one, by=by, unit=case.unit, other=two.pk)
    return decision
