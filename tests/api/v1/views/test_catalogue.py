from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.api.conftest import Check
from tests.factories import make_unit

pytestmark = pytest.mark.django_db


def test_topics_and_units_are_listed(
    api: Client, conforms: Check, django_assert_num_queries: Any
) -> None:
    unit = make_unit("school", name="Trường Tiểu học Nắng Mai")
    make_unit("school", valid_to=timezone.localdate() - timedelta(days=1))
    with django_assert_num_queries(1):
        body = conforms("get", "/api/v1/units", api.get("/api/v1/units"))
    assert body["results"] == [
        {"code": unit.code, "name": "Trường Tiểu học Nắng Mai", "kind": "school"}
    ]
    with django_assert_num_queries(1):
        topics = conforms("get", "/api/v1/topics", api.get("/api/v1/topics"))
    assert {"slug", "name"} == set(topics[0])
    english = api.get("/api/v1/topics", headers={"Accept-Language": "en"}).json()
    assert english[0]["slug"] == topics[0]["slug"]
    assert english[0]["name"] != topics[0]["name"]
