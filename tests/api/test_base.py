import pytest
from django.test import Client

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


@pytest.mark.parametrize("method", ["delete", "put", "patch", "options"])
def test_other_method_is_a_problem_with_allow(api: Client, method: str) -> None:
    response = getattr(api, method)("/api/v1/notices")
    is_problem(response, 405, "method-not-allowed")
    assert "GET" in response["Allow"]


def test_body_too_large_is_refused_before_it_is_read(api: Client) -> None:
    is_problem(send(api, {"text": "a" * 3_000_000}), 413, "too-large")
    assert not Report.objects.exists()


def test_upload_too_large_is_refused_before_it_is_read(api: Client) -> None:
    headers = {**key(), "Content-Length": "104857600"}
    response = api.post("/api/v1/reports", {"text": "a"}, headers=headers)
    is_problem(response, 413, "too-large")


def test_role_without_cases_is_not_allowed(api: Client, cast: Cast) -> None:
    is_problem(api.get("/api/v1/queue", headers=bearer(cast.admin)), 403, "not-allowed")
    nobody = make_user()
    is_problem(api.get("/api/v1/queue", headers=bearer(nobody)), 403, "not-allowed")


def test_reading_is_open_to_other_sites_and_sending_is_not(api: Client) -> None:
    assert api.get("/api/v1/notices")["Access-Control-Allow-Origin"] == "*"
    assert api.get("/api/v1/notices/khong-co")["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in api.post("/api/v1/reports")
    assert "Access-Control-Allow-Origin" not in api.get("/api/v1/queue")
