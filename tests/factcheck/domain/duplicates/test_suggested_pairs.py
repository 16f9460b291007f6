from factcheck.domain.duplicates import suggested_pairs
from tests.factories import RUMOUR, Cast, case_of, submit_report

OTHER_DATES = RUMOUR.replace("28/11/2031", "30/11/2031")


def test_other_dates_are_suggested_and_never_linked(cast: Cast) -> None:
    first = case_of(submit_report(RUMOUR, cast.school))
    second = case_of(submit_report(OTHER_DATES, cast.school))
    assert first != second
    pairs = suggested_pairs.suggestions_for(second)
    assert [(s.case, s.reverse) for s in pairs] == [(first, False)]
    assert {"dates", "words"} == {d["slot"] for d in pairs[0].explanation["differs"]}
    assert [(s.case, s.reverse) for s in suggested_pairs.suggestions_for(first)] == [(second, True)]


def test_suggestions_show_only_cases_the_user_may_see(cast: Cast) -> None:
    case_of(submit_report(RUMOUR, cast.sibling))
    own_case = case_of(submit_report(OTHER_DATES, cast.school))
    assert suggested_pairs.suggestions_for(own_case, cast.checker) == []
    assert len(suggested_pairs.suggestions_for(own_case, cast.overseer)) == 1
