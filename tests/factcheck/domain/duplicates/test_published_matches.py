from datetime import timedelta

import pytest
from django.utils import timezone, translation

from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates.published_matches import published_matches
from factcheck.domain.editorial import notices, reviews
from factcheck.domain.index import claim_keys
from factcheck.enums import CaseStatus
from tests.factories import (
    RUMOUR,
    Cast,
    case_at,
    case_of,
    published,
    submit_report,
    verdict_at,
)


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


def test_published_notice_on_the_same_words_comes_first(cast: Cast) -> None:
    version = published(cast)
    (match,) = published_matches(RUMOUR.lower())
    assert (match.title, match.verdict) == (version.headline, "false")
    assert match.url == f"/thong-bao/{version.notice.slug}/"
    assert match.verdict_label == "False"
    assert match.same[0] == "wording"
    assert "number of the document" in match.same
    assert match.differs == []


def test_difference_is_named_in_words(cast: Cast) -> None:
    published(cast)
    (match,) = published_matches(RUMOUR.replace("28/11/2031", "30/11/2031"))
    assert match.differs == ["dates"]
    assert "wording" not in match.same


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
    assert match.same[0] == "link"


def test_retracted_notice_is_left_out(cast: Cast) -> None:
    version = published(cast)
    notices.revise(version.notice.case, "retraction", reason="Sai", by=cast.checker)
    assert len(published_matches(RUMOUR)) == 1  # still public until the retraction is
    verdict_at(CaseStatus.PUBLISHED, cast, case=version.notice.case, change_reason="Sai")
    assert published_matches(RUMOUR) == []


def test_expired_notice_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    published(cast, review_by=timezone.localdate() + timedelta(days=1))
    late = timezone.localdate() + timedelta(days=3)
    monkeypatch.setattr("factcheck.domain.editorial.notices.timezone.localdate", lambda: late)
    (match,) = published_matches(RUMOUR)
    assert match.verdict_label == "False (may be out of date)"


def test_at_most_three_are_shown(cast: Cast) -> None:
    for day in range(24, 30):
        published(cast, text=RUMOUR.replace("28/11", f"{day}/11"))
    assert len(published_matches(RUMOUR)) == 3
