import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from factcheck.enums import ArchiveState, CaseStatus
from factcheck.models import Case, Evidence
from tests.factories import PDF, Cast, add_evidence, case_at, make_source, pdf, verdict_at


def form(source, **given):
    values = {
        "source": source.pk,
        "stance": "refutes",
        "quote": "Học sinh sáu xã nghỉ học.",
        "accessed_on": timezone.localdate().isoformat(),
        "url": "",
        "title": "",
        "document_number": "1482/SGDĐT-VP",
        "document_date": "2026-11-18",
        **given,
    }
    return {f"evidence-{name}": value for name, value in values.items()}


def address(name: str, item: Evidence) -> str:
    return reverse(f"desk:{name}", args=[item.case.number, item.pk])


def add(client, case: Case, **given):
    url = reverse("desk:evidence_add", args=[case.number])
    return client.post(url, form(given.pop("source", None) or make_source(), **given), follow=True)


def test_add_keeps_the_citation_and_its_copy(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    response = add(sign_in(cast.checker), case, upload=pdf())
    item = Evidence.objects.get()
    assert (item.document_number, item.archive_state) == ("1482/SGDĐT-VP", ArchiveState.STORED)
    assert item.archive_sha256 == hashlib.sha256(PDF).hexdigest()
    assert item.archive_sha256[:8] in response.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"quote": ""},
        {"stance": "maybe"},
        {"accessed_on": "2999-01-01"},
        {"url": "javascript:alert(1)"},
        {"upload": SimpleUploadedFile("x.exe", b"MZ\x00\x01", content_type="image/png")},
        {"upload": SimpleUploadedFile("x.svg", b"<svg\x00/>", content_type="image/svg+xml")},
    ],
)
def test_add_out_of_shape_keeps_what_was_typed_and_changes_nothing(sign_in, cast: Cast, given):
    case = case_at(CaseStatus.CHECKING, cast)
    response = add(sign_in(cast.checker), case, **{"title": "Công văn tôi đang gõ", **given})
    assert response.status_code == 422
    assert "Công văn tôi đang gõ" in response.content.decode()
    assert 'class="kt-errors"' in response.content.decode()
    assert not Evidence.objects.exists()


def test_add_offers_only_active_sources(sign_in, cast: Cast, superuser):
    from factcheck.domain.editorial import registry

    ended = make_source()
    registry.confirm_by_operator(registry.propose_retirement(ended, by=superuser))
    case = case_at(CaseStatus.CHECKING, cast)
    assert add(sign_in(cast.checker), case, source=ended).status_code == 422
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("status", [CaseStatus.NEW, CaseStatus.IN_REVIEW, CaseStatus.PUBLISHED])
def test_add_outside_checking_is_refused_with_a_sentence(sign_in, cast: Cast, status):
    case = case_at(status, cast)
    before = case.evidence.count()
    response = add(sign_in(cast.checker), case)
    assert response.status_code == 422
    assert case.evidence.count() == before


def test_add_by_a_reviewer_is_refused(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    add(sign_in(cast.reviewer), case)
    assert not Evidence.objects.exists()


def test_withdraw_takes_it_out_of_the_numbered_list(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    item = add_evidence(case, cast.checker)
    response = sign_in(cast.checker).post(address("evidence_withdraw", item), follow=True)
    assert response.context["evidence"] == []
    assert list(response.context["withdrawn"]) == [item]


def test_upload_archives_a_copy_by_hand(sign_in, cast: Cast):
    case = case_at(CaseStatus.CHECKING, cast)
    item = add_evidence(case, cast.checker, upload=None)
    client = sign_in(cast.checker)
    client.post(address("archive_upload", item), {"copy": pdf()})
    item.refresh_from_db()
    assert item.archive_state == ArchiveState.STORED
    client.post(address("archive_upload", item), {})
    item.refresh_from_db()
    assert item.archive_sha256 == hashlib.sha256(PDF).hexdigest()


def test_fetch_again_retries_a_failed_copy(sign_in, cast: Cast, settings):
    settings.EVIDENCE_FETCH = True
    case = case_at(CaseStatus.CHECKING, cast)
    item = add_evidence(case, cast.checker, upload=None)
    Evidence.objects.filter(pk=item.pk).update(
        archive_state=ArchiveState.FAILED, archive_error="404", archive_attempts=3
    )
    client = sign_in(cast.checker)
    assert "404" in client.get(reverse("desk:case", args=[case.number])).content.decode()
    client.post(address("archive_retry", item))
    item.refresh_from_db()
    assert (item.archive_state, item.archive_attempts) == (ArchiveState.PENDING, 0)


def test_evidence_of_another_case_is_not_found_under_this_one(sign_in, cast: Cast):
    item = add_evidence(case_at(CaseStatus.CHECKING, cast), cast.checker)
    other = case_at(CaseStatus.CHECKING, cast, text="Tin khác hẳn về đồng phục 640.000 đồng")
    for name in ("evidence_withdraw", "archive_retry", "archive_upload"):
        url = reverse(f"desk:{name}", args=[other.number, item.pk])
        assert sign_in(cast.checker).post(url).status_code == 404
    url = reverse("desk:archive", args=[other.number, item.pk])
    assert sign_in(cast.checker).get(url).status_code == 404


def test_archive_is_a_download_no_browser_runs(sign_in, cast: Cast):
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    response = sign_in(cast.reviewer).get(address("archive", verdict.case.evidence.get()))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]


def test_archive_whose_file_is_gone_is_not_found(sign_in, cast: Cast, settings, tmp_path):
    item = add_evidence(case_at(CaseStatus.CHECKING, cast), cast.checker)
    settings.MEDIA_ROOT = tmp_path / "empty"
    assert sign_in(cast.checker).get(address("archive", item)).status_code == 404


def test_a_citation_is_edited_on_its_page(sign_in, cast):
    case = case_at(CaseStatus.CHECKING, cast)
    item = add_evidence(case, cast.checker)
    client = sign_in(cast.checker)
    path = f"{case.get_absolute_url()}can-cu/{item.pk}/sua/"
    form = client.get(path).context["form"]
    values = {field.html_name: field.value() or "" for field in form}
    response = client.post(path, {**values, form["title"].html_name: "Tên văn bản đã sửa"})
    assert response.status_code == 302, response.context["form"].errors
    item.refresh_from_db()
    assert item.title == "Tên văn bản đã sửa"
