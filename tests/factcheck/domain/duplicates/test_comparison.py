import pytest

from factcheck.domain.duplicates import comparison, merging
from factcheck.domain.duplicates.comparison import ComparedText
from factcheck.labels import CAUTIONS
from matching.scoring.policy import Action
from matching.scoring.ranking import Query
from tests.factories import RUMOUR, Cast, case_of, published, submit_report

OTHER_DATES = RUMOUR.replace("28/11/2031", "30/11/2031")
ELSE = "Trường bắt mua đồng phục mới 640.000 đồng trước Tết"


pytestmark = pytest.mark.django_db


def test_comparison_gives_the_decision_and_its_reasons() -> None:
    same = comparison.compare_wordings(ComparedText(RUMOUR), ComparedText(RUMOUR.upper() + "!!!"))
    assert same.action is Action.LINK
    assert len(same.why) == 1
    dates = comparison.compare_wordings(ComparedText(RUMOUR), ComparedText(OTHER_DATES))
    assert dates.action is not Action.LINK
    assert "mốc ngày" in dates.why[0]
    apart = comparison.compare_wordings(ComparedText(RUMOUR), ComparedText(ELSE))
    assert apart.action is Action.NEW
    assert apart.why


def test_comparison_names_a_rebuttal_and_a_text_without_diacritics() -> None:
    denied = comparison.compare_wordings(ComparedText(RUMOUR), ComparedText("Tin giả: " + RUMOUR))
    assert denied.action is not Action.LINK
    assert str(CAUTIONS["rebuttal"]) in denied.why
    plain = comparison.compare_wordings(
        ComparedText("truong nang mai tang hoc phi tu thang 9"),
        ComparedText("Trường Nắng Mai tặng học phí từ tháng 9"),
    )
    assert str(CAUTIONS["plain"]) in plain.why


def test_best_pair_is_the_most_similar_pair_of_wordings() -> None:
    pair = comparison.best_pair(
        [ComparedText(ELSE), ComparedText(RUMOUR)],
        [ComparedText("Bữa trưa có giòi"), ComparedText(OTHER_DATES)],
    )
    assert pair is not None
    assert (pair.left.text, pair.right.text) == (RUMOUR, OTHER_DATES)
    assert comparison.best_pair([], [ComparedText(RUMOUR)]) is None
    assert comparison.best_pair([ComparedText(RUMOUR)], []) is None


def test_compare_reads_the_wordings_of_merged_cases_too(cast: Cast) -> None:
    case, part = (case_of(submit_report(text, cast.school)) for text in (ELSE, RUMOUR))
    merging.merge(part, case, by=cast.checker)
    other = case_of(submit_report(OTHER_DATES, cast.school))
    pair = comparison.compare(other, case)
    assert pair is not None
    assert (pair.left.text, pair.right.text) == (OTHER_DATES, RUMOUR)


def test_rank_cases_lists_a_case_once_with_its_most_similar_wording(cast: Cast) -> None:
    case = case_of(submit_report(RUMOUR, cast.school))
    merging.merge(case_of(submit_report(ELSE, cast.school)), case, by=cast.checker)
    action, ranked = comparison.rank_cases(Query(RUMOUR), 5)
    assert action is Action.LINK
    assert [(row.place, row.case, row.compared.right.text) for row in ranked] == [(1, case, RUMOUR)]
    assert ranked[0].compared.action is Action.LINK
    assert comparison.rank_cases(Query("Bữa trưa có giòi"), 0) == (Action.NEW, [])


@pytest.mark.parametrize("who", ["checker", "outsider"])
def test_wordings_are_those_the_user_may_see(cast: Cast, who: str) -> None:
    version = published(cast)
    compared = comparison.texts_of(version.notice.case, getattr(cast, who))
    texts = [wording.text for wording in compared]
    whole = f"{version.claim}. {version.headline}"
    assert texts == ([RUMOUR, version.claim, whole] if who == "checker" else [version.claim])
    hidden = case_of(submit_report(ELSE, cast.school))
    assert bool(comparison.texts_of(hidden, cast.outsider)) is False


def test_compare_with_a_merged_case_keeps_the_wordings_apart(cast: Cast) -> None:
    into = case_of(submit_report(RUMOUR, cast.school))
    merged = case_of(submit_report(OTHER_DATES, cast.school))
    merging.merge(merged, into, by=cast.checker)
    merged.refresh_from_db()
    compared = comparison.compare(merged, into)
    assert compared is not None
    assert (compared.left.text, compared.right.text) == (OTHER_DATES, RUMOUR)
