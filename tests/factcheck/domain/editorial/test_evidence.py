import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.exceptions import NotAllowed
from factcheck.domain.editorial import archives, evidence, evidence_copies, fetching
from factcheck.domain.editorial.fetching import Page
from factcheck.enums import ArchiveState, CaseStatus
from factcheck.exceptions import FetchFailed, ValidationError, WrongState
from factcheck.models import Case, Evidence
from tests.factories import PDF, Cast, add_evidence, case_at, make_source, make_user, pdf

PAGE = "<html><body><p>Các trường dạy học bình thường.</p></body></html>".encode()
URL = "https://example.vn/van-ban/1482.html"


@pytest.fixture
def case(cast: Cast) -> Case:
    return case_at(CaseStatus.CHECKING, cast)


@pytest.fixture
def fetches(settings: Any) -> None:
    settings.EVIDENCE_FETCH = True


def _pending(case: Case, cast: Cast) -> Evidence:
    source = make_source(domain="example.vn")
    return add_evidence(case, cast.checker, source=source, upload=None, fetch=True, url=URL)


def test_upload_is_stored_with_its_hash(cast: Cast, case: Case, settings: Any) -> None:
    item = add_evidence(case, cast.checker, upload=pdf())
    stored = Path(settings.MEDIA_ROOT, item.archive_path)
    assert stored.read_bytes() == PDF
    assert item.archive_sha256 == hashlib.sha256(PDF).hexdigest()
    assert (item.archive_type, item.archive_size) == ("application/pdf", len(PDF))
    assert (item.archive_state, item.archived_by) == (ArchiveState.STORED, cast.checker)
    assert item.archive_path.startswith("evidence/")
    assert stored.stat().st_mode & 0o077 == 0


def test_official_is_copied_from_the_source_when_cited(cast: Cast, case: Case) -> None:
    assert add_evidence(case, cast.checker).official
    assert not add_evidence(case, cast.checker, source=make_source("secondary")).official


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "  "},
        {"quote": "a" * 2001},
        {"stance": "maybe"},
        {"url": "ftp://example.vn/a"},
        {"url": "javascript:alert(1)"},
        {"accessed_on": timezone.localdate() + timedelta(days=2)},
        {"upload": SimpleUploadedFile("a.exe", b"MZ\x00\x01")},
        {"upload": SimpleUploadedFile("a.pdf", b"")},
        {"upload": SimpleUploadedFile("a.svg", b"<svg xmlns='x'/>\x00")},
        {"upload": SimpleUploadedFile("a.txt", "Sở bác bỏ.".encode())},
        {"upload": SimpleUploadedFile("a.pdf", b"%PDF-1.4")},
        {"upload": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n")},
        {"url": "https://guong-cua-nguon.example/van-ban"},
        {"upload": None, "fetch": True},
    ],
)
def test_invalid_citation_changes_nothing(
    cast: Cast, case: Case, wrong: dict[str, Any], settings: Any
) -> None:
    with pytest.raises(ValidationError, match=r"\w+ \w+"):
        add_evidence(case, cast.checker, **wrong)
    assert not case.evidence.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


def test_source_must_be_active_on_the_date_of_access(cast: Cast, case: Case) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = make_source(valid_to=timezone.localdate())
    with pytest.raises(ValidationError):
        add_evidence(case, cast.checker, source=ended)
    assert add_evidence(case, cast.checker, source=ended, accessed_on=yesterday).pk


def test_file_is_removed_if_the_row_is_not_committed(
    cast: Cast, case: Case, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no row")

    monkeypatch.setattr("factcheck.domain.editorial.evidence_copies.log.record", fail)
    with pytest.raises(RuntimeError):
        add_evidence(case, cast.checker, upload=pdf())
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))


def test_withdrawn_evidence_stays_and_is_withdrawn_once(cast: Cast, case: Case) -> None:
    item = add_evidence(case, cast.checker)
    evidence.withdraw(item, by=cast.colleague)
    assert item.withdrawn_by == cast.colleague
    with pytest.raises(WrongState):
        evidence.withdraw(item, by=cast.checker)
    with pytest.raises(WrongState):
        evidence_copies.store_archive(item, PDF, "a.pdf", "", by=cast.checker)


def test_only_checkers_of_the_unit_add_evidence(cast: Cast, case: Case) -> None:
    for other in (cast.outsider, cast.reviewer, cast.approver, cast.admin, make_user()):
        with pytest.raises(NotAllowed):
            add_evidence(case, other)


def test_copy_can_be_added_later_and_is_never_replaced(cast: Cast, case: Case) -> None:
    item = add_evidence(case, cast.checker, upload=None)
    assert item.archive_state == ArchiveState.NONE
    evidence_copies.store_archive(item, PAGE, "../../x y.html", "text/html", by=cast.colleague)
    assert (item.archive_state, item.archive_name) == (ArchiveState.STORED, "x y.html")
    with pytest.raises(WrongState):
        evidence_copies.store_archive(item, PDF, "a.pdf", "", by=cast.checker)
    assert item.archive_sha256 == hashlib.sha256(PAGE).hexdigest()


def test_fetched_page_is_archived_by_who_added_the_evidence(
    cast: Cast, case: Case, fetches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = _pending(case, cast)
    assert item.archive_state == ArchiveState.PENDING
    page = Page(URL, "text/html", PAGE)
    monkeypatch.setattr(fetching, "fetch", lambda url: page)
    assert evidence_copies.fetch_archive(item.pk)
    item.refresh_from_db()
    assert (item.archive_state, item.archived_by) == (ArchiveState.STORED, cast.checker)
    assert (item.archive_name, item.archive_type) == ("1482.html", "text/html")
    assert not evidence_copies.fetch_archive(item.pk)


def test_failed_fetch_is_tried_three_times_and_keeps_the_reason(
    cast: Cast, case: Case, fetches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = _pending(case, cast)

    def fail(url: str) -> Page:
        raise FetchFailed("Trang không mở được.")

    monkeypatch.setattr(fetching, "fetch", fail)
    for attempt in (1, 2, 3):
        assert not evidence_copies.fetch_archive(item.pk)
        item.refresh_from_db()
        assert (item.archive_attempts, item.archive_error) == (attempt, "Trang không mở được.")
        assert not archives.pending_ids().filter(pk=item.pk).exists()  # not again at once
        Evidence.objects.filter(pk=item.pk).update(
            archive_tried_at=timezone.now() - timedelta(minutes=3)
        )
    assert item.archive_state == ArchiveState.FAILED
    assert not archives.pending_ids().exists()
    evidence_copies.store_archive(item, PDF, "ban-luu.pdf", "", by=cast.checker)
    assert (item.archive_state, item.archive_error) == (ArchiveState.STORED, "")


def test_failed_fetch_can_be_repeated(cast: Cast, case: Case, fetches: None) -> None:
    item = _pending(case, cast)
    Evidence.objects.filter(pk=item.pk).update(
        archive_state=ArchiveState.FAILED, archive_attempts=3, archive_error="Lỗi 500"
    )
    again = evidence_copies.fetch_again(item, by=cast.colleague)
    assert (again.archive_state, again.archive_attempts, again.archive_error) == (
        ArchiveState.PENDING,
        0,
        "",
    )
    with pytest.raises(WrongState):
        evidence_copies.fetch_again(again, by=cast.checker)


def test_fetching_can_be_switched_off(cast: Cast, case: Case, settings: Any) -> None:
    settings.EVIDENCE_FETCH = True
    item = _pending(case, cast)
    settings.EVIDENCE_FETCH = False
    assert not evidence_copies.fetch_archive(item.pk)
    with pytest.raises(ValidationError):
        _pending(case, cast)
