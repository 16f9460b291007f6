"""The queue: cases by saved view, their search, and the verdicts a reviewer should see."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts import permissions as roles
from accounts.models import User
from factcheck import case_codes, permissions
from factcheck.domain.cases.urgency import lane_order
from factcheck.domain.index import case_search, exclusions
from factcheck.enums import OPEN_STATUSES, CaseStatus, RequestState, VerdictState
from factcheck.independence import Independence, notice_people
from factcheck.models import Case, Reconsideration, Verdict

ALL = "all"  # the saved view of every open case


@dataclass(frozen=True)
class ReviewLists:
    """What one user finds on the review page; ``requests`` counts open reconsiderations."""

    waiting: QuerySet[Verdict]
    own: QuerySet[Verdict]
    approved: QuerySet[Verdict]
    requests: int


def _for_review(user: User) -> Q:
    """Cases in review that this user may decide on: never a verdict of their own, and none where
    the user is not independent of the units it is about."""
    own = Verdict.objects.filter(state=VerdictState.IN_REVIEW, written_by=user).values("case")
    reached = Case.objects.filter(
        permissions.reviewable_cases(user), ~Q(pk__in=own), status=CaseStatus.IN_REVIEW
    )
    return Q(pk__in=_decidable(reached.order_by(), user), status=CaseStatus.IN_REVIEW)


def _decidable(cases: QuerySet[Case], user: User) -> list[int]:
    """Ids of those cases on which the user may decide."""
    candidates = list(cases)
    check = Independence(candidates) if candidates else None
    return [case.pk for case in candidates if check and check.units_of(case, user.pk)]


def open_requests(user: User) -> QuerySet[Reconsideration]:
    """Requests for reconsideration on which the user may decide."""
    requests = Reconsideration.objects.filter(
        permissions.reviewable_cases(user, "notice__case__unit"), state=RequestState.OPEN
    ).select_related("notice__case")
    cases = {request.notice.case_id: request.notice.case for request in requests}
    check = Independence(cases.values(), authenticity=False) if cases else None
    decidable = [
        request.pk
        for request in requests
        if check
        and check.units_of(request.notice.case, user.pk)
        and user.pk not in notice_people(request.notice)
    ]
    return Reconsideration.objects.filter(pk__in=decidable)


def _for_publication(user: User) -> Q:
    units = roles.units_for(user, roles.Permission.PUBLISH)
    return Q(status=CaseStatus.APPROVED, unit__in=units)


def saved_views(user: User) -> dict[str, Q]:
    """The condition of each saved view by its name, for this user and this moment."""
    is_open = Q(status__in=OPEN_STATUSES)
    # Closed after a private answer and reported again: somebody has to look at it.
    resurfaced = Q(status=CaseStatus.CLOSED, resurfaced_at__isnull=False)
    return {
        ALL: is_open | resurfaced,
        "mine": is_open & Q(assignee=user),
        "unassigned": Q(status=CaseStatus.NEW, assignee=None),
        "waiting": Q(status=CaseStatus.WAITING),
        "overdue": is_open & Q(due_at__lt=timezone.now()),
        "resurfaced": resurfaced | is_open & Q(resurfaced_at__isnull=False),
        "excluded": Q(pk__in=exclusions.excluded_cases().order_by().values("pk")),
        "review": _for_review(user),
        "publish": _for_publication(user),
    }


def count_by_view(cases: QuerySet[Case], views: dict[str, Q]) -> dict[str, int]:
    return cases.aggregate(**{name: Count("pk", filter=view) for name, view in views.items()})


def count_by_urgency(cases: QuerySet[Case]) -> dict[int, int]:
    return dict(cases.order_by().values_list("urgency").annotate(n=Count("pk")))


def search(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    """Cases with this number, these words in the claim, or these words in any wording of it.

    The index of wordings is folded, so "hoc sinh" finds "học sinh".
    """
    condition = Q(claim__icontains=words)
    if number := case_codes.parse(words):
        condition |= Q(number=number)
    return cases.filter(condition | Q(pk__in=case_search.cases_with(words)))


def review_lists(user: User) -> ReviewLists:
    """Verdicts the user may decide on, those they wrote, and those they may publish."""
    unpublished = (
        Verdict.objects.select_related("case__unit", "case__topic", "author_unit")
        .filter(published__isnull=True)
        .order_by(lane_order("case__urgency"), "case__due_at", "pk")
    )
    in_review = unpublished.filter(state=VerdictState.IN_REVIEW)
    for_review = Case.objects.filter(_for_review(user)).values("pk")
    for_publication = Case.objects.filter(_for_publication(user)).values("pk")
    return ReviewLists(
        waiting=in_review.filter(case__in=for_review),
        own=in_review.filter(written_by=user),
        approved=unpublished.filter(state=VerdictState.APPROVED, case__in=for_publication),
        requests=open_requests(user).count(),
    )
