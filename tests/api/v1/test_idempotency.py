"""The Idempotency-Key header: one report and one receipt, however often it is sent."""

import pytest
from django.test import Client

from intake.models import Report
from tests.api.conftest import Check, image, is_problem, key, send
from tests.factories import make_unit

pytestmark = pytest.mark.django_db
TEXT = {"text": "Mai cả tỉnh nghỉ học tránh lũ, các bác xem giúp có đúng không."}


@pytest.fixture(autouse=True)
def _a_unit(db: None) -> None:
    make_unit("province_department", code="sgddt")


def test_same_key_same_content_gives_the_same_receipt(api: Client, conforms: Check) -> None:
    headers = key()
    first, second = send(api, TEXT, headers), send(api, TEXT, headers)
    assert (first.status_code, second.status_code) == (201, 200)
    assert conforms("post", "/api/v1/reports", second)["created"] is False
    assert first.json()["receipt"] == second.json()["receipt"]
    assert Report.objects.count() == 1


def test_same_key_other_content_opens_nobodys_receipt(api: Client) -> None:
    headers = {"Idempotency-Key": "1"}
    receipt = send(api, TEXT, headers).json()["receipt"]
    response = send(api, {"text": "Một tin khác hẳn về bữa ăn ở trường."}, headers)
    is_problem(response, 422, "key-reused")
    assert receipt not in response.content.decode()
    assert Report.objects.count() == 1


def test_other_key_is_another_report(api: Client) -> None:
    assert send(api, TEXT).json()["receipt"] != send(api, TEXT).json()["receipt"]
    assert Report.objects.count() == 2


def test_multipart_retry_gives_the_same_receipt(api: Client) -> None:
    headers = key()
    answers = [
        api.post("/api/v1/reports", {"images": [image("a.png", 40)]}, headers=headers)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["receipt"] == answers[1].json()["receipt"]


def test_multipart_with_another_image_is_other_content(api: Client) -> None:
    headers = key()
    api.post("/api/v1/reports", {"images": [image("a.png", 40)]}, headers=headers)
    repeat = api.post("/api/v1/reports", {"images": [image("a.png", 60)]}, headers=headers)
    is_problem(repeat, 422, "key-reused")
