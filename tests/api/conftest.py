"""Fixtures for API tests: a client, tokens, and a check of responses against the schema."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from PIL import Image

from accounts.domain import tokens
from accounts.models import User
from tests.factories import cast
from tests.intake.sample_images import encoded

__all__ = ["cast"]

DAY = timedelta(days=1)
Check = Callable[[str, str, Any], Any]


@pytest.fixture
def api() -> Client:
    return Client(raise_request_exception=False)


def bearer(user: User, days: int = 30) -> dict[str, str]:
    """Headers with a fresh token of the user."""
    _token, plain = tokens.issue(user, "test", days=days, by=user)
    return {"Authorization": f"Bearer {plain}"}


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


def send(api: Client, body: Any, headers: dict[str, str] | None = None) -> Any:
    """Submit a report as JSON, with a fresh key unless headers are given."""
    return api.post(
        "/api/v1/reports",
        body,
        content_type="application/json",
        headers=key() if headers is None else headers,
    )


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture
def conforms(document: dict[str, Any]) -> Check:
    """Fails unless a response is documented for its operation and matches its schema."""

    def check(method: str, path: str, response: Any) -> Any:
        operation = document["paths"][path][method]
        documented = operation["responses"][str(response.status_code)]["content"]
        media = response["Content-Type"].partition(";")[0]
        assert media in documented, f"{media} is not documented for {method} {path}"
        schema = {**documented[media]["schema"], "components": document["components"]}
        jsonschema.validate(
            response.json(), schema, jsonschema.Draft202012Validator,
            format_checker=jsonschema.FormatChecker(),
        )  # fmt: skip
        return response.json()

    return check


def is_problem(response: Any, status: int, kind: str) -> dict[str, Any]:
    """Assert the problem format, and return the body."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert set(body) == {"type", "title", "status", "detail", "errors", "request_id"}
    assert body["type"] == f"/api/v1/docs#{kind}"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert re.fullmatch(r"[0-9a-f]{12}", body["request_id"])
    assert body["request_id"] == response["X-Request-Id"]
    for error in body["errors"]:
        assert set(error) == {"field", "code", "message"}
    return body


def image(name: str, width: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(
        name, encoded("PNG", Image.new("RGB", (width, 30), "white")), content_type="image/png"
    )
