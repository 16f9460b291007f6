"""One format for every error."""

from errno import ENOSPC
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from rest_framework.exceptions import Throttled

from accounts.exceptions import NotAllowed
from api import errors
from intake.models import Report
from tests.api.conftest import is_problem, key
from tests.factories import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_unit(db: None) -> None:
    make_unit("province_department")


def test_unknown_notice_is_a_problem(api: Client) -> None:
    is_problem(api.get("/api/v1/notices/khong-co"), 404, "not-found")


def test_broken_json_is_unreadable(api: Client) -> None:
    response = api.post(
        "/api/v1/reports", '{"text": ', content_type="application/json", headers=key()
    )
    is_problem(response, 400, "unreadable")


def test_json_that_is_not_an_object_is_invalid(api: Client) -> None:
    response = api.post("/api/v1/reports", "[1]", content_type="application/json", headers=key())
    body = is_problem(response, 400, "invalid")
    assert body["errors"][0]["field"] == ""


def test_broken_multipart_is_unreadable(api: Client) -> None:
    content_type = "multipart/form-data; boundary="
    response = api.post("/api/v1/reports", b"x", content_type=content_type, headers=key())
    is_problem(response, 400, "unreadable")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_other_content_type_is_refused(api: Client, content_type: str) -> None:
    response = api.post("/api/v1/reports", "text=a", content_type=content_type, headers=key())
    is_problem(response, 415, "unsupported-media-type")


def test_other_format_than_json_cannot_be_answered(api: Client) -> None:
    response = api.get("/api/v1/notices", headers={"Accept": "text/csv"})
    is_problem(response, 406, "not-acceptable")


def test_too_many_files_are_refused(api: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 6
    files = [SimpleUploadedFile(f"{n}.png", b"x") for n in range(7)]
    response = api.post("/api/v1/reports", {"images": files}, headers=key())
    is_problem(response, 413, "too-large")


def test_missing_token_is_unauthenticated(api: Client) -> None:
    response = api.get("/api/v1/queue")
    is_problem(response, 401, "unauthenticated")
    assert response["WWW-Authenticate"] == "Bearer"


def test_unexpected_failure_reveals_nothing(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("bí mật: mật khẩu là 12345")

    monkeypatch.setattr("publishing.domain.notice_search.search", broken)
    response = api.get("/api/v1/notices")
    is_problem(response, 500, "server-error")
    assert "12345" not in response.content.decode()


def test_language_is_vietnamese_unless_english_is_requested(api: Client) -> None:
    titles = {
        language: api.get("/api/v1/queue", headers={"Accept-Language": language}).json()["title"]
        for language in ("", "vi", "en", "en-GB,en;q=0.8", "fr")
    }
    assert titles["en"] == titles["en-GB,en;q=0.8"] == "A valid token is needed"
    assert titles[""] == titles["vi"] == titles["fr"]


def test_nested_details_become_dotted_fields() -> None:
    detail = {"a": [{"b": ["x"]}], "non_field_errors": ["y"]}
    flat = [(error["field"], error["message"]) for error in errors.field_errors(detail)]
    assert flat == [("a.0.b", "x"), ("", "y")]


def test_refusal_of_the_domain_gives_its_sentence() -> None:
    response = errors.exception_handler(NotAllowed("Chỉ người viết mới sửa được."), {})
    assert (response.status_code, response.data["detail"]) == (403, "Chỉ người viết mới sửa được.")


def test_throttled_request_says_when_to_come_again() -> None:
    response = errors.exception_handler(Throttled(wait=2.4), {})
    assert (response.status_code, response["Retry-After"]) == (429, "3")


@pytest.mark.parametrize(
    "failure",
    [OperationalError("database is locked"), OSError(ENOSPC, "No space left on device")],
)
@pytest.mark.parametrize(
    "path", ["api.v1.views.reports.reports.submit", "intake.domain.files.store"]
)
def test_busy_database_and_full_disk_ask_to_send_again(
    api: Client, monkeypatch: pytest.MonkeyPatch, failure: Exception, path: str
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise failure

    monkeypatch.setattr(path, fail)
    headers = key()
    response = api.post("/api/v1/reports", {"text": "Mai nghỉ học"}, headers=headers)
    is_problem(response, 503, "unavailable")
    assert int(response["Retry-After"]) > 0
    assert not Report.objects.exists()
    monkeypatch.undo()
    assert api.post("/api/v1/reports", {"text": "Mai nghỉ học"}, headers=headers).status_code == 201


@pytest.mark.parametrize("depth", [1_000, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_json_is_no_failure_of_the_server(api: Client, depth: int, opening: str) -> None:
    response = api.post(
        "/api/v1/reports", opening * depth, content_type="application/json", headers=key()
    )
    is_problem(response, 400, "unreadable")
    closing = "]" if opening == "[" else "}"
    body = opening * depth + "1" + closing * depth
    response = api.post("/api/v1/reports", body, content_type="application/json", headers=key())
    assert response.status_code == 400
