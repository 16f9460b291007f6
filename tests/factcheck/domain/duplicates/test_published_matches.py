from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates.published_matches import published_matches
from factcheck.domain.editorial import notices, reviews
from factcheck.domain.index import claim_keys
from factcheck.enums import CaseStatus, VerdictKind
from tests.factories import (
    RUMOUR,
    Cast,
    case_at,
    case_of,
    published,
    submit_report,
    verdict_at,
)


def test_notice_on_the_same_words_is_the_same_claim(cast: Cast) -> None:
    version = published(cast)
    (match,) = published_matches(RUMOUR.lower())
    assert (match.version, match.is_same) == (version, True)
    assert match.ranked.differences == ()


def test_other_dates_are_near_and_conflict(cast: Cast) -> None:
    published(cast, claim=RUMOUR)
    (match,) = published_matches(RUMOUR.replace("28/11/2031", "30/11/2031"))
    assert not match.is_same
    assert [d.slot for d in match.ranked.differences if d.kind == "conflict"] == ["dates"]


def test_unpublished_cases_and_other_claims_are_not_shown(cast: Cast) -> None:
    case_at(CaseStatus.APPROVED, cast)
    assert published_matches(RUMOUR) == []
    published(cast, text="Trường bán sách giáo khoa giả cho học sinh lớp 1")
    assert published_matches("Bữa trưa có món cá kho") == []


def test_confirmed_page_is_shown_for_a_bare_link(cast: Cast) -> None:
    report = submit_report("", cast.school, url="https://example.com/tin/7")
    case = lifecycle.take(case_of(report), by=cast.checker)
    key = claim_keys.propose(case, "https://example.com/tin/7", by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    reviews.approve(verdict, keys=[key.pk], by=cast.reviewer)
    notices.publish(verdict, by=cast.approver)
    (match,) = published_matches("", "https://m.example.com/tin/7?fbclid=1")
    assert match.is_same


def test_new_rumour_about_the_same_school_is_not_near(cast: Cast) -> None:
    claim = "Trường THPT Bến Trăng bỏ bài kiểm tra cuối kỳ môn Lịch sử"
    published(cast, text=claim, claim=claim)
    assert published_matches("Trường THPT Bến Trăng bỏ đồng phục thứ Hai") == []
    assert published_matches("Bến Trăng bắt học sinh học thêm tối thứ Ba thứ Năm") == []
    assert len(published_matches("thpt bến trăng bỏ kiểm tra cuối kì môn sử à")) == 1


def test_retracted_notice_is_found(cast: Cast) -> None:
    version = published(cast)
    notices.revise(version.notice.case, "retraction", reason="Sai", by=cast.checker)
    verdict_at(CaseStatus.PUBLISHED, cast, case=version.notice.case, change_reason="Sai")
    (match,) = published_matches(RUMOUR)
    assert match.version.kind == VerdictKind.RETRACTION


def test_same_claim_comes_before_the_near_ones(cast: Cast) -> None:
    for day in range(24, 30):
        text = RUMOUR.replace("28/11", f"{day}/11")
        published(cast, text=text, claim=text)
    matches = published_matches(RUMOUR)
    assert [match.is_same for match in matches] == [True] + [False] * (len(matches) - 1)
    assert len(matches) > 3
