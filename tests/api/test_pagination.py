"""Cursor pagination: every row once, whatever is inserted in between."""

import base64
import json
from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import is_problem
from tests.factories import make_unit

pytestmark = pytest.mark.django_db


def pages(api: Client, path: str) -> list[list[Any]]:
    results, url = [], path
    while url:
        body = api.get(url).json()
        results.append(body["results"])
        url = body["next"]
    return results


def test_pages_list_every_row_once(api: Client) -> None:
    codes = [make_unit("school", code=f"truong-{number:02d}").code for number in range(7)]
    listed = pages(api, "/api/v1/units?page_size=3")
    assert [len(page) for page in listed] == [3, 3, 1]
    assert [row["code"] for page in listed for row in page] == codes


def test_exact_page_has_no_next(api: Client) -> None:
    for number in range(3):
        make_unit("school", code=f"truong-{number}")
    assert api.get("/api/v1/units?page_size=3").json()["next"] is None


def test_row_added_before_the_cursor_repeats_nothing(api: Client) -> None:
    for code in ("b", "c", "d"):
        make_unit("school", code=code)
    first = api.get("/api/v1/units?page_size=2").json()
    make_unit("school", code="a")
    second = api.get(first["next"]).json()
    assert [row["code"] for row in second["results"]] == ["d"]


def test_other_parameters_stay_in_next(api: Client) -> None:
    for code in ("b", "c"):
        make_unit("school", code=code)
    assert "page_size=1" in api.get("/api/v1/units?page_size=1").json()["next"]


@pytest.mark.parametrize("size", ["0", "-1", "101", "abc", "9" * 50, "٣", ""])
def test_page_size_out_of_range_is_named(api: Client, size: str) -> None:
    body = is_problem(api.get("/api/v1/units", {"page_size": size}), 400, "invalid")
    assert body["errors"][0]["field"] == "page_size"


def _cursor(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "!!!!",
        "ế",
        "a" * 3000,
        _cursor({}),
        _cursor([]),
        _cursor([None]),
        _cursor(["a\x00b"]),
        _cursor(["a", "b"]),
        base64.urlsafe_b64encode(b'["\\ud800"]').decode(),
    ],
)
def test_made_up_cursor_is_named(api: Client, cursor: str) -> None:
    body = is_problem(api.get("/api/v1/units", {"cursor": cursor}), 400, "invalid")
    assert body["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize(
    "value", [["x", 1], ["2026-01-01T00:00:00Z", "x"], [1, [2]], [True, 10**30]]
)
def test_cursor_of_the_wrong_types_is_named(api: Client, value: list[Any]) -> None:
    is_problem(api.get("/api/v1/notices", {"cursor": _cursor(value)}), 400, "invalid")
