"""One claim or two: a person's decisions about pairs of cases. Rows stay where they are, so every
decision can be undone."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.exceptions import NotAllowed
from accounts.models import User
from audit.domain import log
from factcheck import groups, permissions, workflow
from factcheck.domain import opening, tellings
from factcheck.enums import CaseStatus, MatchState, PairKind
from factcheck.exceptions import Invalid, WrongState
from factcheck.models import Case, Match, Notice, PairDecision
from factcheck.states import Verb
from intake.models import Reply, Report


def decide_pair(
    case: Case, other: Case, kind: PairKind, *, reason: str = "", by: User
) -> PairDecision:
    """Keep what a person decided about two cases; a contrary earlier decision is undone."""
    between = Q(case=case, other=other) | Q(case=other, other=case)
    active = PairDecision.objects.filter(between, undone_at__isnull=True)
    active.exclude(kind=kind).update(undone_at=timezone.now(), undone_by=by)
    earlier = active.filter(kind=kind).first()
    return earlier or PairDecision.objects.create(
        case=case, other=other, kind=kind, reason=reason, decided_by=by
    )


def _lock_both(case: Case, other: Case) -> None:
    for row in sorted((case, other), key=lambda row: row.pk):
        workflow.lock(row)


def _check_target(case: Case, into: Case, by: User) -> None:
    if into.pk == case.pk:
        raise Invalid(_("These two are the same case already."))
    if into.status == CaseStatus.MERGED:  # a moment ago, while we waited for its row
        raise WrongState(_("%(case)s has just been merged.") % {"case": into.code})
    if into.status == CaseStatus.CLOSED:
        raise WrongState(_("%(case)s is closed: reopen it first.") % {"case": into.code})
    if Notice.objects.filter(case=case).exists():
        raise WrongState(
            _("%(case)s has a public notice: merge the other case into it.") % {"case": case.code}
        )
    if groups.height(case) >= groups.DEPTH:
        raise Invalid(_("Too many merges on top of each other: merge the cases below first."))
    public = Notice.objects.filter(case=into).exists()
    if not public and not permissions.visible_cases(by).filter(pk=into.pk).exists():
        raise NotAllowed(_("This case belongs to another unit."))


@transaction.atomic
def merge(case: Case, into: Case, *, reason: str = "", by: User) -> Case:
    """Make the case part of another one that holds the same claim; its senders get that answer.

    Nothing moves: reports, wordings and evidence stay on their rows. Returns the merged case.
    """
    into = groups.root(into)
    _lock_both(case, into)
    permissions.check_can(Verb.MERGE, case, by)
    _check_target(case, into, by)
    decide_pair(case, into, PairKind.MERGED, reason=reason, by=by)
    news = {"last_report_at": max(case.last_report_at, into.last_report_at)}
    Case.objects.filter(pk=into.pk).update(**news)
    merged = workflow.move(
        case, Verb.MERGE, by=by, unit=case.unit, data={"into": into.pk}, merged_into=into
    )
    tellings.soon(into)
    return merged


@transaction.atomic
def unmerge(case: Case, *, by: User) -> Case:
    """Undo a merge: the case is in the queue again with its own reports.

    Senders who have read the other case's answer hear of its corrections all the same.
    """
    permissions.check_can(Verb.UNMERGE, workflow.lock(case), by)
    into = case.merged_into
    assert into is not None
    PairDecision.objects.filter(
        case=case, other=into, kind=PairKind.MERGED, undone_at__isnull=True
    ).update(undone_at=timezone.now(), undone_by=by)
    _remember_answered(case, groups.root(into), by)
    restored = workflow.move(case, Verb.UNMERGE, by=by, unit=case.unit, data={"into": into.pk})
    tellings.soon(restored)
    return restored


def _remember_answered(case: Case, root: Case, by: User) -> None:
    """Keep a rejected pair for each report that got the root's public answer."""
    notice = Notice.objects.filter(case=root).first()
    if notice is None:
        return
    told = Reply.objects.filter(report=OuterRef("report"), key__startswith=f"notice:{notice.pk}:v")
    linked = Match.objects.filter(
        Exists(told), case_id__in=groups.members(case), state=MatchState.CONFIRMED
    )
    now = timezone.now()
    Match.objects.bulk_create(
        [
            Match(
                report_id=report_id,
                case=root,
                state=MatchState.REJECTED,
                decided_at=now,
                decided_by=by,
            )
            for report_id in linked.values_list("report_id", flat=True)
        ],
        update_conflicts=True,
        unique_fields=["report", "case"],
        update_fields=["state", "decided_at", "decided_by"],
    )


def _move_wordings(report: Report, old: Case, new: Case) -> None:
    """Wordings that only this report brought go with it; shared ones stay with the rest."""
    stays = Match.objects.filter(case=old, state=MatchState.CONFIRMED)
    for variant in old.variants.filter(report=report):
        heir = stays.filter(report__fingerprint=variant.fingerprint).first()
        if variant.fingerprint and heir is not None:
            variant.report = heir.report
            variant.save(update_fields=["report"])
        else:
            new.variants.filter(fingerprint=variant.fingerprint, url_hash=variant.url_hash).delete()
            variant.case = new
            variant.save(update_fields=["case"])


@transaction.atomic
def split(report: Report, *, by: User) -> Case:
    """Take one report out into a case of its own: it makes another claim after all.

    It never comes back by itself, and the two cases are not suggested to each other again.
    """
    match = Match.objects.select_related("case").get(report=report, state=MatchState.CONFIRMED)
    old, root = match.case, workflow.lock(groups.root(match.case))
    permissions.check_can_decide_pair(root, by)
    if report.purged_at is not None:
        raise WrongState(_("The text of this report has been deleted."))
    others = Match.objects.filter(case_id__in=groups.members(root), state=MatchState.CONFIRMED)
    if not others.exclude(pk=match.pk).exists():
        raise Invalid(_("This is the only report of the case: there is nothing to split."))
    match.state, match.decided_by, match.decided_at = MatchState.REJECTED, by, timezone.now()
    match.save(update_fields=["state", "decided_by", "decided_at"])
    new = opening.open_for(report, by=by)
    _move_wordings(report, old, new)
    decide_pair(root, new, PairKind.SPLIT, by=by)
    log.record("case.split", root, by=by, unit=root.unit, report=report.pk, new=new.pk)
    return new


@transaction.atomic
def relate(case: Case, other: Case, *, by: User) -> PairDecision:
    """Two claims that belong beside each other but are not the same; no longer suggested."""
    if case.pk == other.pk:
        raise Invalid(_("These two are the same case already."))
    _lock_both(case, other)
    permissions.check_can_decide_pair(case, by)
    decision = decide_pair(case, other, PairKind.RELATED, by=by)
    log.record("case.related", case, by=by, unit=case.unit, other=other.pk)
    return decision
