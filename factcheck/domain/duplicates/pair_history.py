"""Pair history: what the machine and people decided about two cases, and what keeps them from being
suggested. Nothing here writes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from factcheck import merge_tree
from factcheck.domain.duplicates import decisions
from factcheck.domain.index import exclusions
from factcheck.enums import MatchState
from factcheck.models import Case, Match, PairDecision


@dataclass(frozen=True)
class PairEvent:
    """One decision of the policy or a person about two cases, for the page's history."""

    at: datetime
    kind: str  # a MatchState or PairKind value
    by: User | None  # None: the policy
    reason: str = ""
    score: float | None = None
    undone_at: datetime | None = None
    undone_by: User | None = None


def match_history(case: Case, other: Case) -> list[Match]:
    """Pairs of a report of one and the other case, in any state, the oldest first."""
    pairs = decisions.matches_between(case, other)
    return list(pairs.select_related("decided_by").order_by("created_at", "pk"))


def _is_vetoed(pair: Match) -> bool:
    """Whether a detail conflicted: how alike the words were says nothing then."""
    return any(row.get("kind") == "conflict" for row in pair.explanation.get("differs", ()))


def history(case: Case, other: Case) -> list[PairEvent]:
    """What the policy and people decided about the two, the oldest first."""
    left, right = merge_tree.group_ids(case), merge_tree.group_ids(other)
    decided = PairDecision.objects.filter(
        Q(case_id__in=left, other_id__in=right) | Q(case_id__in=right, other_id__in=left)
    ).select_related("decided_by", "undone_by")
    events = [
        PairEvent(
            decision.decided_at, decision.kind, decision.decided_by, decision.reason,
            undone_at=decision.undone_at, undone_by=decision.undone_by,
        )
        for decision in decided
    ]  # fmt: skip
    # A decision about two cases is stored on each of their matches as well.
    by_person = {(event.by, event.reason) for event in events}
    for pair in match_history(case, other):
        if pair.explanation or pair.score:
            score = None if _is_vetoed(pair) else pair.score
            events.append(PairEvent(pair.created_at, MatchState.SUGGESTED, None, score=score))
        if pair.decided_at is not None and (pair.decided_by, pair.reason) not in by_person:
            events.append(PairEvent(pair.decided_at, pair.state, pair.decided_by, pair.reason))
    return sorted(events, key=lambda event: event.at)


def blockers(case: Case, other: Case) -> list[str]:
    """Decisions of people that keep the two from being suggested, whatever their wordings."""
    sentences = []
    if case.pk == other.pk:
        return [_("They are one case already.")]
    if exclusions.excluded_among([case.pk, other.pk]):
        sentences.append(_("One of the two is left out of matching."))
    if other.pk in decisions.decided_case_ids(merge_tree.group_ids(case)):
        sentences.append(_("A person has decided about these two; they are not suggested again."))
    return sentences
