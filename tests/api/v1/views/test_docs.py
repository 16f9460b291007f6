"""The page that shows the schema to people."""

import re
from typing import Any

import pytest
from django.test import Client

from api.problems import PROBLEMS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["vi", "en"])
def test_page_shows_every_operation_and_problem(
    api: Client, document: dict[str, Any], language: str
) -> None:
    response = api.get("/api/v1/docs", headers={"Accept-Language": language})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in page
    for path, item in document["paths"].items():
        for method in item.keys() & {"get", "post"}:
            assert f"{method.upper()} {path}" in page
            assert f'id="{item[method]["operationId"]}"' in page
    for kind in PROBLEMS:  # where "type" of an error leads
        assert f'id="{kind}"' in page


def test_page_needs_no_script_and_no_other_host(api: Client) -> None:
    page = api.get("/api/v1/docs").content.decode()
    assert "<script" not in page
    assert " style=" not in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert len(page.encode()) < 100_000


def test_page_takes_no_other_method(api: Client) -> None:
    assert api.post("/api/v1/docs").status_code == 405
