"""Reports through the API: submitted and tracked."""

import threading
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from factcheck.enums import CaseStatus
from intake.domain import receipts
from intake.models import Report
from tests.api.conftest import Check, image, is_problem, key, send
from tests.factories import Cast, case_of, make_unit, published, submit_report, verdict_at

pytestmark = pytest.mark.django_db
FORM_KEY = "a1" * 16
TEXT = {"text": "Mai cả tỉnh nghỉ học tránh lũ, các bác xem giúp có đúng không."}


@pytest.fixture(autouse=True)
def _a_unit(db: None) -> None:
    make_unit("province_department", code="sgddt")


def test_report_created_with_receipt(api: Client, conforms: Check) -> None:
    response = send(api, {**TEXT, "seen_where": "zalo", "seen_when": "today", "language": "en"})
    assert response.status_code == 201
    body = conforms("post", "/api/v1/reports", response)
    assert body["created"] is True
    assert body["receipt_grouped"].replace(" ", "") == body["receipt"]
    assert response["Cache-Control"] == "no-store"
    report = Report.objects.get()
    assert (report.origin, report.seen_where, report.language) == ("api", "zalo", "en")
    assert receipts.find(body["receipt"]) == report


def test_report_language_follows_the_request(api: Client) -> None:
    send(api, TEXT, {**key(), "Accept-Language": "en"})
    assert Report.objects.get().language == "en"


def test_report_for_unit_reaches_it(api: Client) -> None:
    school = make_unit("school", code="th-nang-mai")
    assert send(api, {**TEXT, "unit": "th-nang-mai"}).status_code == 201
    assert Report.objects.get().unit == school


@pytest.mark.parametrize(
    ("fields", "is_elsewhere"),
    [
        ({}, False),
        ({"reader": "elsewhere"}, True),
        ({"text": "Cô giáo ép học thêm phải không?"}, True),
        ({"text": "Cô giáo ép học thêm phải không?", "reader": ""}, True),
        ({"text": "Cô giáo ép học thêm phải không?", "reader": "unit"}, False),
    ],
)
def test_reader_is_chosen_or_follows_from_the_text(
    api: Client, conforms: Check, fields: dict[str, str], is_elsewhere: bool
) -> None:
    school = make_unit("school", code="th-nang-mai")
    response = send(api, {**TEXT, "unit": "th-nang-mai", **fields})
    body = conforms("post", "/api/v1/reports", response)
    report = Report.objects.get()
    assert report.about_unit == (school if is_elsewhere else None)
    assert report.addressed_unit == school
    assert body["read_by"] == report.unit.name
    tracked = api.post("/api/v1/reports/track", {"receipt": body["receipt"]}, format="json")
    assert tracked.json()["read_by"] == report.unit.name


def test_reader_that_does_not_exist_is_refused(api: Client) -> None:
    for fields in ({"reader": "elsewhere"}, {"reader": "someone"}):
        response = send(api, {**TEXT, "unit": "sgddt", **fields})
        assert response.status_code == 400
        assert response.json()["errors"][0]["field"] == "reader"


def test_report_for_unknown_unit_is_refused(api: Client) -> None:
    body = is_problem(send(api, {**TEXT, "unit": "khong-co"}), 400, "invalid")
    assert [error["field"] for error in body["errors"]] == ["unit"]
    assert not Report.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": ""}, {"Idempotency-Key": "x" * 65}])
def test_key_missing_or_too_long_is_refused(api: Client, headers: dict[str, str]) -> None:
    body = is_problem(send(api, TEXT, headers), 400, "invalid")
    assert body["errors"][0]["field"] == "Idempotency-Key"
    assert not Report.objects.exists()


def test_key_of_64_characters_is_accepted(api: Client) -> None:
    assert send(api, TEXT, {"Idempotency-Key": "x" * 64}).status_code == 201


def test_multipart_stores_images(api: Client, conforms: Check) -> None:
    body = {"text": "xem ảnh", "images": [image("a.png", 40), image("b.png", 50)]}
    response = api.post("/api/v1/reports", body, headers=key())
    conforms("post", "/api/v1/reports", response)
    assert response.status_code == 201
    assert Report.objects.get().attachments.count() == 2


def test_five_images_or_no_image_at_all_are_refused(api: Client) -> None:
    five = {"images": [image(f"{n}.png", 30 + n) for n in range(5)]}
    is_problem(api.post("/api/v1/reports", five, headers=key()), 400, "invalid")
    fake = {"images": [SimpleUploadedFile("a.png", b"<svg onload=alert(1)>")]}
    body = is_problem(api.post("/api/v1/reports", fake, headers=key()), 400, "invalid")
    assert body["errors"][0]["field"] == "images"
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": "a" * 5001}, "text"),
        ({"text": "bỏ\x00qua"}, "text"),
        ({"text": "\ud800 lone"}, "text"),
        ({"text": ["không phải chữ"]}, "text"),
        ({"url": "khong phai dia chi"}, "url"),
        ({**TEXT, "seen_where": "radio"}, "seen_where"),
        ({**TEXT, "question": "q" * 501}, "question"),
        ({**TEXT, "contact_email": "không@phải@thư"}, "contact_email"),
        ({**TEXT, "language": "fr"}, "language"),
    ],
)
def test_bad_field_is_named_and_nothing_stored(
    api: Client, conforms: Check, body: Any, field: str
) -> None:
    response = send(api, body)
    conforms("post", "/api/v1/reports", response)
    problem = is_problem(response, 400, "invalid")
    assert {error["field"] for error in problem["errors"]} == {field}
    assert not Report.objects.exists()


def test_contact_is_encrypted_and_not_returned(api: Client) -> None:
    response = send(api, {**TEXT, "contact_email": "me@example.vn"})
    assert response.status_code == 201
    assert "me@example.vn" not in response.content.decode()
    assert "me@example.vn" not in Report.objects.get().contact.address_encrypted


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_same_key_at_the_same_moment_stores_one_report(api: Client) -> None:
    headers, count = {"Idempotency-Key": uuid.uuid4().hex}, 4
    barrier, answers = threading.Barrier(count), []

    def once() -> None:
        barrier.wait()
        try:
            answers.append(send(Client(), TEXT, headers))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=once) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["receipt"] for answer in answers}) == 1
    assert Report.objects.count() == 1


def test_track_shows_stage_and_steps(api: Client, conforms: Check) -> None:
    receipt = send(api, TEXT).json()["receipt"]
    response = _track(api, receipt)
    body = conforms("post", "/api/v1/reports/track", response)
    assert body["stage"] == "received"
    assert body["steps"][0]["at"]
    assert body["steps"][1]["at"] is None
    assert body["answers"] == []
    assert response["Cache-Control"] == "no-store"


def test_track_shows_the_answer(api: Client, cast: Cast, conforms: Check) -> None:
    version = published(cast)
    submit_report(unit=cast.sibling, form_key=FORM_KEY)  # the same words: linked, answered at once
    body = conforms("post", "/api/v1/reports/track", _track(api, receipts.for_form_key(FORM_KEY)))
    assert body["stage"] == "answered"
    assert body["answers"][0]["verdict"] == "false"
    assert body["answers"][0]["url"].endswith(f"/thong-bao/{version.notice.slug}/")


def test_track_shows_nothing_of_an_unpublished_verdict(api: Client, cast: Cast) -> None:
    case = case_of(submit_report(unit=cast.school, form_key=FORM_KEY))
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    response = _track(api, receipts.for_form_key(FORM_KEY))
    assert response.json()["answers"] == []
    text = response.content.decode()
    assert verdict.headline not in text
    assert cast.checker.handle not in text


def test_track_accepts_a_receipt_as_people_write_it(api: Client) -> None:
    receipt = send(api, TEXT).json()["receipt"]
    assert _track(api, receipts.pretty(receipt).lower().replace(" ", "-")).status_code == 200


@pytest.mark.parametrize("receipt", ["7K3M29QDX4TNW0RB8HVC5YPE", "không có", "x" * 100])
def test_track_unknown_receipt_is_404(api: Client, conforms: Check, receipt: str) -> None:
    response = _track(api, receipt)
    conforms("post", "/api/v1/reports/track", response)
    is_problem(response, 404, "not-found")


def _track(api: Client, receipt: str) -> Any:
    return api.post("/api/v1/reports/track", {"receipt": receipt}, content_type="application/json")
