"""One format for every error."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from api import errors
from intake.models import Report
from tests.api.conftest import bearer, is_problem, key, send
from tests.factories import Cast, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_unit(db: None) -> None:
    make_unit("province_department")


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1", "/api/v1/", "/api/v2/notices", "/api/v1/notices/", "/api/v1/x?y=1"]
)
def test_unknown_route_is_a_problem(api: Client, path: str) -> None:
    is_problem(api.get(path), 404, "not-found")
    is_problem(api.post(path, {}, content_type="application/json"), 404, "not-found")


def test_unknown_notice_is_a_problem(api: Client) -> None:
    is_problem(api.get("/api/v1/notices/khong-co"), 404, "not-found")


@pytest.mark.parametrize("method", ["delete", "put", "patch", "options"])
def test_other_method_is_a_problem_with_allow(api: Client, method: str) -> None:
    response = getattr(api, method)("/api/v1/notices")
    is_problem(response, 405, "method-not-allowed")
    assert "GET" in response["Allow"]


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


def test_body_too_large_is_refused_before_it_is_read(api: Client) -> None:
    is_problem(send(api, {"text": "a" * 3_000_000}), 413, "too-large")
    assert not Report.objects.exists()


def test_upload_too_large_is_refused_before_it_is_read(api: Client) -> None:
    headers = {**key(), "Content-Length": "104857600"}
    response = api.post("/api/v1/reports", {"text": "a"}, headers=headers)
    is_problem(response, 413, "too-large")


def test_too_many_files_are_refused(api: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 6
    files = [SimpleUploadedFile(f"{n}.png", b"x") for n in range(7)]
    response = api.post("/api/v1/reports", {"images": files}, headers=key())
    is_problem(response, 413, "too-large")


def test_missing_token_is_unauthenticated(api: Client) -> None:
    response = api.get("/api/v1/queue")
    is_problem(response, 401, "unauthenticated")
    assert response["WWW-Authenticate"] == "Bearer"


def test_role_without_cases_is_not_allowed(api: Client, cast: Cast) -> None:
    is_problem(api.get("/api/v1/queue", headers=bearer(cast.admin)), 403, "not-allowed")
    nobody = make_user()
    is_problem(api.get("/api/v1/queue", headers=bearer(nobody)), 403, "not-allowed")


def test_unexpected_failure_reveals_nothing(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("bí mật: mật khẩu là 12345")

    monkeypatch.setattr("factcheck.domain.editorial.notices.search", broken)
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


def test_every_kind_has_a_definition_and_a_status() -> None:
    assert set(errors.PROBLEMS) == set(errors.Kind)
    assert all(400 <= definition.status < 600 for definition in errors.PROBLEMS.values())


def test_nested_details_become_dotted_fields() -> None:
    detail = {"a": [{"b": ["x"]}], "non_field_errors": ["y"]}
    flat = [(error["field"], error["message"]) for error in errors.field_errors(detail)]
    assert flat == [("a.0.b", "x"), ("", "y")]
