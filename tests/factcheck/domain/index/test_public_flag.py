"""A wording whose case has a public notice always has the public flag."""

import pytest

from factcheck.domain.duplicates import merging
from factcheck.domain.editorial import notices
from factcheck.domain.index import packing, public_flag, rebuilding, wordings
from factcheck.domain.validity import Validity, validity
from factcheck.enums import CaseStatus
from factcheck.models import Case, NoticeVersion, Wording
from matching.scoring.ranking import Query
from tests.factories import (
    RUMOUR,
    Cast,
    case_at,
    case_of,
    merge_by_two,
    published,
    submit_report,
    verdict_at,
)

OTHER = "Công văn 77 của Phòng Giáo dục yêu cầu các trường thu thêm tiền nước uống từ tháng 12"


@pytest.fixture(autouse=True)
def _no_notice_is_without_its_flag(db: None) -> object:
    yield
    unflagged = set(Wording.objects.filter(answered=False).values_list("pk", flat=True))
    assert public_flag.stale_ids(unflagged) == unflagged


def _flags(case: Case) -> set[bool]:
    return set(Wording.objects.filter(case=case).values_list("answered", flat=True))


def test_packing_clears_the_flag_without_a_notice(cast: Cast) -> None:
    version = published(cast)
    open_ = case_at(CaseStatus.CHECKING, cast, text=OTHER)
    assert _flags(open_) == {True}  # not looked at yet
    packing.pack_waiting()
    assert _flags(open_) == {False}
    assert _flags(version.notice.case) == {True}


def test_publication_sets_the_flag_of_packed_wordings(cast: Cast) -> None:
    case = case_at(CaseStatus.APPROVED, cast)
    packing.pack_waiting()
    assert _flags(case) == {False}
    notices.publish(case.verdicts.get(), by=cast.approver)
    assert _flags(case) == {True}
    packing.pack_waiting()
    assert {c.key for c in wordings.candidates(Query(RUMOUR), published_only=True)} == {case.pk}


def test_wording_added_after_the_notice_keeps_its_flag_when_packed(cast: Cast) -> None:
    version = published(cast)
    report = submit_report(RUMOUR, cast.school)
    assert case_of(report) == version.notice.case
    packing.pack_waiting()
    assert _flags(version.notice.case) == {True}


def test_merge_into_a_published_case_sets_the_flag_and_unmerge_publishes_nothing(
    cast: Cast,
) -> None:
    version = published(cast)
    near = case_at(CaseStatus.CHECKING, cast, text=OTHER)
    packing.pack_waiting()
    merge_by_two(near, version.notice.case, cast)
    assert _flags(near) == {True}
    texts = {c.text for c in wordings.candidates(Query(OTHER), published_only=True)}
    assert OTHER in texts
    merging.unmerge(Case.objects.get(pk=near.pk), by=cast.checker)
    assert OTHER not in {c.text for c in wordings.candidates(Query(OTHER), published_only=True)}


def test_retracted_notice_is_found_and_read_as_retracted(cast: Cast) -> None:
    version = published(cast)
    packing.pack_waiting()
    assert wordings.candidates(Query(RUMOUR), published_only=True)
    case = notices.revise(version.notice.case, "retraction", reason="Sai nguồn", by=cast.checker)
    verdict_at(CaseStatus.PUBLISHED, cast, case=case, change_reason="Sai nguồn")
    assert wordings.candidates(Query(RUMOUR), published_only=True)
    current = NoticeVersion.objects.get(notice=version.notice, is_current=True)
    assert validity(current) == Validity.RETRACTED


def test_rebuilding_keeps_flags(cast: Cast) -> None:
    version = published(cast)
    open_ = case_at(CaseStatus.CHECKING, cast, text=OTHER)
    packing.pack_waiting()
    for _progress in rebuilding.rebuild(everything=True):
        pass
    assert _flags(open_) == {False}
    assert _flags(version.notice.case) == {True}
