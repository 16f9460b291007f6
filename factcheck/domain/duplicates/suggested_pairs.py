"""CaseSuggestion pairs of cases that may make one claim, for a person to decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from factcheck import merge_tree, permissions
from factcheck.domain.duplicates import decisions
from factcheck.domain.index import exclusions
from factcheck.enums import MatchState
from factcheck.models import Case, Match, NoticeVersion
from intake.models import Report
from matching.scoring import policy
from matching.scoring.ranking import RankedCandidate

# Why two cases with the very same picture and no words go together (Match.explanation).
PICTURE: dict[str, object] = {"same_picture": True}


@dataclass(frozen=True)
class CaseSuggestion:
    """Another case that may be the same, with the best-scored match between the two.

    ``case`` is the other case (what it was merged into); in ``explanation`` the left side is the
    report's, which belongs to this case unless ``reverse``.
    """

    match: Match
    case: Case
    reverse: bool

    @property
    def score(self) -> float:
        return self.match.score

    @property
    def explanation(self) -> dict[str, object]:
        explanation: dict[str, object] = self.match.explanation
        return explanation


def create(
    report: Report, ranked: Iterable[RankedCandidate], *, from_picture: bool = False
) -> None:
    """Suggest these cases for the report, with the reasons. ``from_picture``: a machine read the
    report's words from a picture. The caller leaves out cases the report has a pair with."""
    matches = []
    for candidate in ranked:
        explanation = policy.explain(candidate)
        if from_picture:
            explanation["from_picture"] = True
        matches.append(
            Match(
                report=report,
                case_id=candidate.key,
                state=MatchState.SUGGESTED,
                score=candidate.score,
                explanation=explanation,
            )
        )
    Match.objects.bulk_create(matches)


def create_for_pictures(report: Report, cases: Iterable[Case]) -> None:
    """Suggest cases with the very same picture, which a person has decided about or which have
    words."""
    Match.objects.bulk_create(
        Match(report=report, case=case, state=MatchState.SUGGESTED, score=1.0, explanation=PICTURE)
        for case in cases
    )


def _ends(members: list[int]) -> list[tuple[Match, int]]:
    """CaseSuggestion matches of these cases, best first, each with the id of the other case."""
    confirmed = Match.objects.filter(state=MatchState.CONFIRMED)
    reports = confirmed.filter(case_id__in=members).values("report")
    pairs = list(
        Match.objects.filter(
            Q(report__in=reports) | Q(case_id__in=members), state=MatchState.SUGGESTED
        )
        .order_by("-score", "pk")
        .select_related("report")
    )
    case_of_report = dict(
        confirmed.filter(report__in=[pair.report_id for pair in pairs]).values_list(
            "report_id", "case_id"
        )
    )
    ends = []
    for pair in pairs:
        inside = pair.case_id in members
        end = case_of_report.get(pair.report_id, members[0]) if inside else pair.case_id
        ends.append((pair, end))
    return ends


def suggestions_for(case: Case, user: User | None = None) -> list[CaseSuggestion]:
    """Other cases that may be the same claim and that nobody has decided on, best first.

    With ``user``, only cases that user may see, and those with a public notice.
    """
    members = merge_tree.group_ids(case)
    ends = _ends(members)
    canonical = merge_tree.canonical_ids(end for _pair, end in ends)
    excluded = exclusions.excluded_among([case.pk, *canonical.values()])
    if case.pk in excluded:
        return []
    skip = {case.pk, *members, *decisions.decided_case_ids(members), *excluded}
    best: dict[int, Match] = {}
    for pair, end in ends:
        if canonical[end] not in skip:
            best.setdefault(canonical[end], pair)
    shown = _shown(set(best), user)
    return [
        CaseSuggestion(pair, shown[pk], reverse=pair.case_id in members)
        for pk, pair in best.items()
        if pk in shown
    ]


def _shown(case_ids: set[int], user: User | None) -> dict[int, Case]:
    cases = Case.objects.filter(pk__in=case_ids).select_related("unit", "topic")
    if user is not None:
        public = NoticeVersion.objects.filter(is_current=True).values("notice__case")
        seen = permissions.visible_cases(user).order_by().values("pk")
        cases = cases.filter(Q(pk__in=seen) | Q(pk__in=public))
    return {case.pk: case for case in cases}
