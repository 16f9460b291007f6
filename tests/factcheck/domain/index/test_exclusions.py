import pytest

from accounts.exceptions import NotAllowed
from audit.domain import log
from factcheck.domain.duplicates import merging, suggested_pairs
from factcheck.domain.index import exclusions, lookup, wordings
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Case, MatchingExclusion
from matching.scoring.ranking import Query
from tests.factories import RUMOUR, Cast, case_of, published, submit_report

OTHER_DATES = RUMOUR.replace("28/11/2031", "30/11/2031")


@pytest.fixture
def junk(cast: Cast) -> Case:
    return case_of(submit_report(RUMOUR, cast.school))


def matching_case_ids(text: str = RUMOUR, **options: bool) -> set[int]:
    return {candidate.key for candidate in wordings.candidates(Query(text), **options)}


def test_excluded_case_is_not_found_until_it_is_included_again(cast: Cast, junk: Case) -> None:
    assert matching_case_ids() == {junk.pk}
    exclusion = exclusions.exclude(junk, " Câu quá\nchung ", by=cast.checker)
    assert exclusion.reason == "Câu quá chung"
    assert matching_case_ids() == set()
    assert exclusions.excluded_case_ids() == {junk.pk}
    own = case_of(submit_report(RUMOUR, cast.school))
    assert own != junk  # the very same words open a case of their own
    exclusions.include_again(junk, by=cast.colleague)
    assert matching_case_ids() == {junk.pk, own.pk}
    exclusion.refresh_from_db()
    assert exclusion.ended_by == cast.colleague


def test_excluded_case_disappears_from_suggestions_on_both_sides(cast: Cast, junk: Case) -> None:
    other = case_of(submit_report(OTHER_DATES, cast.school))
    assert [s.case for s in suggested_pairs.suggestions_for(other)] == [junk]
    exclusions.exclude(junk, "Vô nghĩa", by=cast.checker)
    assert suggested_pairs.suggestions_for(other) == suggested_pairs.suggestions_for(junk) == []
    exclusions.include_again(junk, by=cast.checker)
    assert [s.case for s in suggested_pairs.suggestions_for(other)] == [junk]


def test_exclusion_covers_wordings_of_cases_merged_at_any_depth(cast: Cast) -> None:
    row = [
        case_of(submit_report(f"Tin số {word} về xe buýt của trường", cast.school))
        for word in ("một", "hai", "ba", "bốn")
    ]
    for index in range(3):
        merging.merge(row[index], row[index + 1], by=cast.checker)
    exclusions.exclude(row[1], "Vô nghĩa", by=cast.checker)
    assert exclusions.excluded_case_ids() == {row[0].pk, row[1].pk}
    searchable = lookup.searchable_wordings(exclusions.excluded_case_ids(), published_only=False)
    assert set(searchable.values_list("case_id", flat=True)) == {row[2].pk, row[3].pk}
    exclusions.exclude(row[3], "Vô nghĩa", by=cast.checker)
    excluded = exclusions.excluded_case_ids()
    assert not lookup.searchable_wordings(excluded, published_only=False).exists()


def test_excluded_public_case_is_not_offered_while_typing(cast: Cast) -> None:
    case = published(cast).notice.case
    assert matching_case_ids(published_only=True) == {case.pk}
    exclusions.exclude(case, "Câu quá chung", by=cast.checker)
    assert matching_case_ids(published_only=True) == set()


def test_exclusion_needs_a_reason_and_the_role(cast: Cast, junk: Case) -> None:
    with pytest.raises(ValidationError):
        exclusions.exclude(junk, " \n ", by=cast.checker)
    for stranger in (cast.outsider, cast.approver, cast.admin, cast.pooled):
        with pytest.raises(NotAllowed):
            exclusions.exclude(junk, "Vô nghĩa", by=stranger)
    with pytest.raises(WrongState):
        exclusions.include_again(junk, by=cast.checker)
    exclusions.exclude(junk, "Vô nghĩa", by=cast.own_reviewer)
    with pytest.raises(WrongState):
        exclusions.exclude(junk, "Vô nghĩa", by=cast.checker)
    with pytest.raises(NotAllowed):
        exclusions.include_again(junk, by=cast.outsider)
    assert MatchingExclusion.objects.count() == 1


def test_exclusion_and_its_end_are_on_record(cast: Cast, junk: Case) -> None:
    exclusions.exclude(junk, "Vô nghĩa", by=cast.checker)
    exclusions.include_again(junk, by=cast.colleague)
    last = list(log.history(junk))[-2:]
    assert [(row.verb, row.actor) for row in last] == [
        ("case.excluded", str(cast.checker.pk)),
        ("case.included_again", str(cast.colleague.pk)),
    ]
