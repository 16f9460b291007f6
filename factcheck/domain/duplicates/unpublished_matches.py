"""Cases without a public notice of which whoever asks may be told something, though no words of
theirs: answered privately, or being checked and released."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from factcheck.domain.cases import claim_release
from factcheck.domain.index import wordings
from factcheck.enums import CaseStatus, Outcome
from factcheck.models import Case
from matching.scoring import policy, ranking


@dataclass(frozen=True)
class UnpublishedMatch:
    """``claim``: the neutral sentence, only where a checker released it; ``since``: the day of the
    private answer, or of the release."""

    claim: str
    since: date


def unpublished_match(text: str, url: str = "") -> UnpublishedMatch | None:
    """The case that makes the very claim of the text, as far as it may be told; else None."""
    query = wordings.query_for_text(text, url, timezone.localdate())
    target = policy.decide(ranking.rank(query, wordings.candidates(query))).target
    case = Case.objects.filter(pk=target).first() if target is not None else None
    if case is None:
        return None
    if case.status == CaseStatus.CLOSED and case.outcome == Outcome.ANSWERED and case.closed_at:
        return UnpublishedMatch("", timezone.localdate(case.closed_at))
    if case.claim_released_at is not None and claim_release.is_released(case):
        return UnpublishedMatch(case.claim, timezone.localdate(case.claim_released_at))
    return None
