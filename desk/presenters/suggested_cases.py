"""Cases that may be the same as the one shown, each with its reason and the user's choices."""

from dataclasses import dataclass

from accounts.models import User
from desk.presenters import details
from desk.presenters.abilities import passes
from factcheck import permissions
from factcheck.domain.duplicates import suggested_pairs
from factcheck.domain.duplicates.suggested_pairs import CaseSuggestion
from factcheck.models import Case, NoticeVersion
from factcheck.ratings import RatingDefinition
from factcheck.states import Verb


@dataclass(frozen=True)
class SuggestionRow:
    """A case that may be the same, with the reason and what the user may decide."""

    match: int
    case: Case
    url: str
    rating_definition: RatingDefinition | None  # None: nothing is published about it
    compared: details.DetailComparison
    may_merge: bool
    from_picture: bool  # the words that are alike were read from a screenshot
    alike_look: bool  # and so are screenshots of both
    same_picture: bool  # both sent the very same screenshot

    @property
    def is_worth_showing(self) -> bool:
        """Whether anything agrees: the pictures, or something the two texts say."""
        return self.same_picture or self.alike_look or self.compared.in_common


def _present(
    case: Case,
    suggested: CaseSuggestion,
    user: User,
    version: NoticeVersion | None,
    *,
    visible: bool,
) -> SuggestionRow:
    other = suggested.case
    source = other if suggested.reverse else case  # the report's case is what would be merged
    page = version.notice if version and not visible else other
    return SuggestionRow(
        match=suggested.match.pk,
        case=other,
        url=page.get_absolute_url(),
        rating_definition=version.rating_definition if version else None,
        compared=details.compare(case, suggested, user),
        may_merge=passes(permissions.check_can, Verb.MERGE, source, user),
        from_picture=bool(suggested.explanation.get("from_picture")),
        alike_look=bool(suggested.explanation.get("alike_look")),
        same_picture=bool(suggested.explanation.get("same_picture")),
    )


def suggestion_rows(case: Case, user: User) -> list[SuggestionRow]:
    """Open suggestions the user may see, those with the same document number, telephone number or
    page first, then the most alike; a public case leads to its notice."""
    suggestions = suggested_pairs.suggestions_for(case, user)
    ids = [suggested.case.pk for suggested in suggestions]
    visible = set(permissions.visible_cases(user).filter(pk__in=ids).values_list("pk", flat=True))
    current = NoticeVersion.objects.filter(notice__case__in=ids, is_current=True)
    public = {version.notice.case_id: version for version in current.select_related("notice")}
    rows = [
        _present(
            case,
            suggested,
            user,
            public.get(suggested.case.pk),
            visible=suggested.case.pk in visible,
        )
        for suggested in suggestions
    ]
    shown = [row for row in rows if row.is_worth_showing]
    return sorted(shown, key=lambda row: not row.compared.identifier)
