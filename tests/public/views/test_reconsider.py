from typing import Any

import pytest
from django.test import Client

from factcheck.models import Reconsideration
from tests.publishing import rows

pytestmark = pytest.mark.django_db
PATH = "/thong-bao/di-hoc/xem-xet-lai/"
KEY = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def _notice(db: None) -> None:
    rows.notice("di-hoc")


def send(client: Client, **fields: str) -> Any:
    return client.post(PATH, {"text": "Công văn mới đã thay.", "form_key": KEY} | fields)


def test_request_is_stored_and_confirmed(client: Client) -> None:
    response = send(client)
    assert response.status_code == 302
    assert client.get(response["Location"]).status_code == 200
    assert Reconsideration.objects.get().text == "Công văn mới đã thay."


def test_same_form_twice_is_one_request(client: Client) -> None:
    assert send(client)["Location"] == send(client)["Location"]
    assert Reconsideration.objects.count() == 1


def test_request_is_read_by_checkers_only(client: Client) -> None:
    send(client, text="chi-nguoi-kiem-chung-doc")
    for path in ("/thong-bao/di-hoc/", "/dinh-chinh/", "/", "/thong-bao.atom"):
        assert b"chi-nguoi-kiem-chung-doc" not in client.get(path).content


def test_decision_is_public_and_the_request_is_not(client: Client) -> None:
    send(client, text="chi-nguoi-kiem-chung-doc")
    decider = rows.person("nguoi-quyet-dinh")
    request = Reconsideration.objects.get()
    request.state, request.decision = "upheld", "Công văn mới nói về năm sau."
    request.decided_by, request.decided_at = decider, request.created_at
    request.save()
    text = client.get("/thong-bao/di-hoc/").content.decode()
    assert "Công văn mới nói về năm sau." in text
    assert "chi-nguoi-kiem-chung-doc" not in text
    assert "nguoi-quyet-dinh" not in text


def test_form_is_never_cached(client: Client) -> None:
    assert "no-store" in client.get(PATH)["Cache-Control"]
