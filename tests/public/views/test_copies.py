"""Archived copies in public: only those that a second person opened, and nothing a browser runs."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factcheck.domain.editorial import evidence_copies, notices, reviews, verdicts
from factcheck.domain.editorial.fetching import Page
from factcheck.domain.editorial.statements import Statement
from factcheck.enums import CaseStatus
from factcheck.models import NoticeVersion
from intake.domain import files
from tests.factories import PDF, QUOTE, Cast, add_evidence, case_at, make_cast, pdf, words

PAGE = f"<html><body><script>alert(1)</script><p>Kính gửi.</p><p>{QUOTE}</p></body></html>".encode()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def _published(cast: Cast, *, opened: bool = True, **citation: Any) -> NoticeVersion:
    case = case_at(CaseStatus.CHECKING, cast)
    page = citation.pop("page", None)
    item = add_evidence(case, cast.checker, **({"upload": None} if page else citation))
    if page:
        evidence_copies.store_fetched(item, Page(item.url, "text/html", page))
    verdicts.draft(case, by=cast.checker, **words())
    verdict = verdicts.submit_for_review(case.verdicts.get(), by=cast.checker)
    seen = {"compared_by_eye": True, "original_seen": "paper", "original_where": "Văn thư"}
    stated = {item.pk: Statement(names_nobody=opened, **(seen if citation else {}))}
    reviews.approve(verdict, statements=stated, by=cast.reviewer)
    return notices.publish(verdict, by=cast.approver)


def _address(version: NoticeVersion, more: str = "") -> str:
    return f"/thong-bao/{version.notice.slug}/v{version.number}/can-cu-1/{more}"


def test_copy_is_shown_as_pictures_with_its_hash(client, cast: Cast) -> None:
    version = _published(cast)
    notice = client.get(f"/thong-bao/{version.notice.slug}/").content.decode()
    assert _address(version) in notice
    body = client.get(_address(version)).content.decode()
    assert version.evidence[0]["archive_sha256"] in body
    assert body.count("trang-1.png") == 1
    picture = client.get(_address(version, "trang-1.png"))
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert "sandbox" in picture["Content-Security-Policy"]
    assert picture["X-Content-Type-Options"] == "nosniff"
    for page in ("trang-0.png", "trang-3.png", "trang-999.png", "tep/"):
        assert client.get(_address(version, page)).status_code == 404


def test_page_is_shown_as_words_and_given_as_a_file_no_browser_runs(client, cast: Cast) -> None:
    version = _published(cast, page=PAGE)
    body = client.get(_address(version)).content.decode()
    assert f'<mark class="kt-diff">{QUOTE}</mark>' in body
    assert "alert(1)" not in body
    response = client.get(_address(version, "tep/"))
    assert response.content == PAGE
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_file_that_was_handed_in_is_never_given(client, cast: Cast) -> None:
    """Its words may be read when the second person opened it; its metadata may name somebody."""
    upload = SimpleUploadedFile("a.html", PAGE, content_type="text/html")
    version = _published(cast, upload=upload)
    assert QUOTE in client.get(_address(version)).content.decode()
    assert client.get(_address(version, "tep/")).status_code == 404


@pytest.mark.parametrize("citation", [{}, {"upload": True}])
def test_copy_that_nobody_opened_does_not_exist(client, cast: Cast, citation: Any) -> None:
    version = _published(cast, opened=False, **({"upload": pdf()} if citation else {}))
    notice = client.get(f"/thong-bao/{version.notice.slug}/").content.decode()
    assert _address(version) not in notice
    for more in ("", "trang-1.png", "tep/"):
        assert client.get(_address(version, more)).status_code == 404


def test_copy_replaced_after_the_review_is_not_served(client, cast: Cast) -> None:
    version = _published(cast)
    item = version.notice.case.evidence.get()
    path = files.media_path(item.archive_path)
    path.chmod(0o600)
    path.write_bytes(PDF + b"%")
    assert client.get(_address(version, "trang-1.png")).status_code == 404


def test_no_other_citation_is_reached_by_its_number(client, cast: Cast) -> None:
    version = _published(cast)
    for number in (0, 2, 99):
        address = f"/thong-bao/{version.notice.slug}/v1/can-cu-{number}/"
        assert client.get(address).status_code == 404
