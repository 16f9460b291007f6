"""The schema is valid, complete and correct."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from api.problems import PROBLEMS

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent
UNDESCRIBED = {"/api/v1/schema", "/api/v1/docs"}


def test_schema_is_valid_without_a_warning(tmp_path: Path) -> None:
    target = tmp_path / "schema.yml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(target))
    assert "openapi: 3.1.0" in target.read_text()


def _routes(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> list[str]:
    routes: list[str] = []
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            routes += _routes(pattern.url_patterns, route)
        else:
            routes.append(re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route))
    return routes


def test_every_route_is_described(document: dict[str, Any]) -> None:
    routes = {
        route for route in _routes(get_resolver().url_patterns) if route.startswith("/api/v1/")
    }
    assert set(document["paths"]) == routes - UNDESCRIBED


def test_every_operation_is_checked_against_the_schema(document: dict[str, Any]) -> None:
    tests = "".join(path.read_text() for path in FOLDER.rglob("test_*.py"))
    for path, item in document["paths"].items():
        for method in item.keys() & {"get", "post"}:
            call = rf'conforms\(\s*"{method}",\s*"{re.escape(path)}"'
            assert re.search(call, tests), f"no test checks {method} {path}"


def test_every_operation_is_in_the_written_reference(document: dict[str, Any]) -> None:
    reference = (settings.BASE_DIR / "docs" / "reference" / "api.md").read_text()
    for path in document["paths"]:
        assert path.removeprefix("/api/v1") in reference
    for kind in PROBLEMS:
        assert f"`{kind}`" in reference


def test_every_operation_has_a_summary_and_problems(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for method in item.keys() & {"get", "post"}:
            operation = item[method]
            assert operation["summary"], path
            failures = {code for code in operation["responses"] if not code.startswith("2")}
            assert {"406", "500"} <= failures
            for code in failures:
                assert list(operation["responses"][code]["content"]) == ["application/problem+json"]


def test_staff_operations_need_the_token_and_others_do_not(document: dict[str, Any]) -> None:
    secured = {
        path
        for path, item in document["paths"].items()
        if {"StaffToken": []} in item.get("get", {}).get("security", [])
    }
    assert secured == {"/api/v1/queue", "/api/v1/cases/{number}"}
    assert document["components"]["securitySchemes"]["StaffToken"]["scheme"] == "bearer"


def test_schema_is_served_as_json_or_yaml(api: Client) -> None:
    json = api.get("/api/v1/schema")
    assert json.json()["openapi"] == "3.1.0"
    assert json["Access-Control-Allow-Origin"] == "*"
    yaml = api.get("/api/v1/schema", headers={"Accept": "application/vnd.oai.openapi"})
    assert yaml.content.startswith(b"openapi: 3.1.0")


def test_schema_is_in_the_readers_language(api: Client) -> None:
    summaries = [
        api.get("/api/v1/schema", headers={"Accept-Language": language}).json()["paths"][
            "/api/v1/queue"
        ]["get"]["summary"]
        for language in ("en", "vi")
    ]
    assert summaries[0] == "The queue"
