"""The other cases a case page shows: suggested, related, merged."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from desk.decorators import allowed
from desk.presenters import details
from factcheck import merge_tree, permissions
from factcheck.domain.duplicates import suggested_pairs
from factcheck.enums import PairKind
from factcheck.models import Case, NoticeVersion, PairDecision
from factcheck.ratings import RatingDefinition
from factcheck.states import Verb


@dataclass(frozen=True)
class SuggestedPair:
    """A case that may be the same, with the reason and what the user may decide."""

    match: int
    case: Case
    url: str
    rating_definition: RatingDefinition | None  # None: nothing is published about it
    compared: details.DetailComparison
    may_merge: bool
    from_picture: bool  # the words that are alike were read from a screenshot
    alike_look: bool  # and so are screenshots of both


def suggestions_for(case: Case, user: User) -> list[SuggestedPair]:
    """Open suggestions the user may see, best first; a public case leads to its notice."""
    found = suggested_pairs.suggested_for(case, user)
    ids = [suggested.case.pk for suggested in found]
    seen = set(permissions.visible_cases(user).filter(pk__in=ids).values_list("pk", flat=True))
    public = {
        version.notice.case_id: version
        for version in NoticeVersion.objects.filter(
            notice__case__in=ids, is_current=True
        ).select_related("notice")
    }

    def shown(suggested: suggested_pairs.Suggested) -> SuggestedPair:
        other, version = suggested.case, public.get(suggested.case.pk)
        source = other if suggested.reverse else case  # the report's case is what would be merged
        url = reverse("desk:case", args=[other.number])
        if other.pk not in seen and version:
            url = reverse("public:notice", args=[version.notice.slug])
        return SuggestedPair(
            match=suggested.match.pk,
            case=other,
            url=url,
            rating_definition=version.rating_definition if version else None,
            compared=details.compare(case, suggested),
            may_merge=allowed(permissions.check_can, Verb.MERGE, source, user),
            from_picture=bool(suggested.explanation.get("from_picture")),
            alike_look=bool(suggested.explanation.get("alike_look")),
        )

    return [shown(suggested) for suggested in found]


def related(case: Case, user: User) -> list[Case]:
    """Cases a person noted as related that the user may see too."""
    pairs = PairDecision.objects.filter(
        Q(case=case) | Q(other=case), kind=PairKind.RELATED, undone_at=None
    ).values_list("case", "other")
    ends = {pk for pair in pairs for pk in pair} - {case.pk}
    return list(permissions.visible_cases(user).filter(pk__in=ends)) if ends else []


def visible_root(case: Case, user: User) -> Case | None:
    """The case this one was merged into, where the user may see it."""
    if case.merged_into_id is None:
        return None
    return permissions.visible_cases(user).filter(pk=merge_tree.canonical(case).pk).first()


def merge_target(number: int, user: User) -> Case | None:
    """The case with this number: one the user may see, or one whose notice everybody sees."""
    public = NoticeVersion.objects.filter(is_current=True).values("notice__case")
    seen = permissions.visible_cases(user).order_by().values("pk")
    return Case.objects.filter(Q(pk__in=seen) | Q(pk__in=public), number=number).first()
