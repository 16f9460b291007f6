"""Decisions of people about two cases, kept for ever: who, when and why.

A decision is about everything that belonged to the two cases then. It is ended by a contrary one
(``undone_at``), and is copied to a case that is later split off or unmerged.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from factcheck import merge_tree
from factcheck.enums import MatchState, PairKind
from factcheck.models import Case, Match, PairDecision
from factcheck.models.match import REASON_LIMIT
from factcheck.reasons import reason_line
from intake.models import Report

# Copied to a case that is split off; a split is about one report, a merge has ended by then.
_COPIED_KINDS = (PairKind.DIFFERENT, PairKind.RELATED)


def pair_condition(case: Case, other: Case) -> Q:
    return Q(case=case, other=other) | Q(case=other, other=case)


def decide_pair(
    case: Case, other: Case, kind: PairKind, *, reason: str = "", by: User
) -> PairDecision:
    """Record what a person decided about two cases; a contrary earlier decision is undone.

    Deciding the same again changes nothing: the first decision stays.
    """
    now = timezone.now()
    active = PairDecision.objects.filter(pair_condition(case, other), undone_at__isnull=True)
    active.exclude(kind=kind).update(undone_at=now, undone_by=by)
    earlier = active.filter(kind=kind).first()
    return earlier or PairDecision.objects.create(
        case=case,
        other=other,
        kind=kind,
        reason=reason_line(reason, REASON_LIMIT),
        decided_at=now,
        decided_by=by,
    )


def undo_merge(case: Case, into: Case, *, by: User) -> None:
    """End the decision to merge, and restore the decisions it had undone ("not a duplicate")."""
    merged = PairDecision.objects.filter(
        case=case, other=into, kind=PairKind.MERGED, undone_at__isnull=True
    ).first()
    if merged is None:
        return
    merged.undone_at, merged.undone_by = timezone.now(), by
    merged.save(update_fields=["undone_at", "undone_by"])
    undone = PairDecision.objects.filter(
        pair_condition(case, into), undone_at=merged.decided_at, undone_by=merged.decided_by
    )
    for former in undone:
        decide_pair(former.case, former.other, PairKind(former.kind), reason=former.reason, by=by)


def decided_case_ids(members: list[int]) -> set[int]:
    """Canonical ids of the cases that a person has already compared with any of ``members``."""
    decisions = PairDecision.objects.filter(
        Q(case_id__in=members) | Q(other_id__in=members), undone_at__isnull=True
    )
    ends = {pk for pair in decisions.values_list("case_id", "other_id") for pk in pair}
    return set(merge_tree.canonical_ids(ends - set(members)).values())


def rejected_case_ids(report: Report) -> set[int]:
    """Cases a person has decided that the report, or the case it is in, does not belong to."""
    rejected = report.matches.filter(state=MatchState.REJECTED).values_list("case_id", flat=True)
    case_ids = set(merge_tree.canonical_ids(rejected).values())
    own = report.matches.filter(state=MatchState.CONFIRMED).select_related("case").first()
    if own is None:
        return case_ids
    return case_ids | decided_case_ids(merge_tree.group_ids(merge_tree.canonical(own.case)))


def reject_match(match: Match, *, reason: str, by: User) -> None:
    """Record that the report does not belong to the case. Final: the database refuses changes."""
    match.state, match.reason = MatchState.REJECTED, reason_line(reason, REASON_LIMIT)
    match.decided_by, match.decided_at = by, timezone.now()
    match.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def matches_between(case: Case, other: Case) -> QuerySet[Match]:
    """Matches of a report of one of two cases with the other one, in any state."""
    left, right = merge_tree.group_ids(case), merge_tree.group_ids(other)
    confirmed = Match.objects.filter(state=MatchState.CONFIRMED)
    return Match.objects.filter(
        Q(report__in=confirmed.filter(case_id__in=left).values("report"), case_id__in=right)
        | Q(report__in=confirmed.filter(case_id__in=right).values("report"), case_id__in=left)
    )


def close_suggestions(case: Case, other: Case, *, reason: str, by: User) -> None:
    """Reject every open suggestion between two cases, so that none outlives the decision."""
    matches_between(case, other).filter(state=MatchState.SUGGESTED).update(
        state=MatchState.REJECTED,
        decided_at=timezone.now(),
        decided_by=by,
        reason=reason_line(reason, REASON_LIMIT),
    )


def _merge_time(case: Case, into: Case) -> datetime | None:
    """When the case was merged into the other."""
    merged = PairDecision.objects.filter(
        case=case, other=into, kind=PairKind.MERGED, undone_at__isnull=True
    )
    return merged.values_list("decided_at", flat=True).first()


def _since(above: Case, since: datetime) -> QuerySet[PairDecision]:
    return PairDecision.objects.filter(
        Q(case=above) | Q(other=above),
        kind__in=_COPIED_KINDS,
        undone_at__isnull=True,
        decided_at__gte=since,
    )


def decisions_since(above: Case, since: datetime) -> list[tuple[PairDecision, int]]:
    """Decisions made since ``since`` on ``above`` or on what it was merged into, each with the id
    of the other case."""
    decisions: list[tuple[PairDecision, int]] = []
    while True:
        for decision in _since(above, since).order_by("pk"):
            end = decision.other_id if decision.case_id == above.pk else decision.case_id
            decisions.append((decision, end))
        if above.merged_into is None:
            return decisions
        since = max(since, _merge_time(above, above.merged_into) or since)
        above = above.merged_into


def merged_at(case: Case) -> datetime:
    """When a merged case became part of what it was merged into."""
    assert case.merged_into is not None
    return _merge_time(case, case.merged_into) or timezone.now()


def copy_decisions(part: Case, decisions: list[tuple[PairDecision, int]]) -> None:
    """Copy to a case that was split off what people decided about the whole in the meantime.

    Each copy keeps who decided, when and why; decisions about the part itself take precedence.
    """
    decided = decided_case_ids([part.pk]) | {part.pk}
    for decision, end in decisions:
        if merge_tree.canonical_ids([end])[end] not in decided and end not in decided:
            PairDecision.objects.create(
                case=part,
                other_id=end,
                kind=decision.kind,
                reason=decision.reason,
                decided_at=decision.decided_at,
                decided_by=decision.decided_by,
            )
            decided.add(end)
