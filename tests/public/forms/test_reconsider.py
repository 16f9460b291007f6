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


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"text": "   \u200b "},
        {"text": "x" * 3001},
    ],
)
def test_invalid_request_keeps_the_text_and_changes_nothing(
    client: Client, fields: dict[str, str]
) -> None:
    client.cookies.load({"django_language": "en"})
    response = send(client, **fields)
    assert response.status_code == 422
    text = response.content.decode()
    assert "kt-errors" in text
    typed = fields.get("text", "Công văn mới đã thay.")
    assert typed.strip("\u200b ")[:50] in text
    assert Reconsideration.objects.count() == 0


def test_forbidden_characters_are_taken_out_of_the_request(client: Client) -> None:
    assert send(client, text="công\0 văn\ufffe cũ").status_code == 302
    assert Reconsideration.objects.get().text == "công văn cũ"


@pytest.mark.parametrize("key", ["", "x" * 200, "\0", "0123"])
def test_damaged_key_does_not_refuse_the_request(client: Client, key: str) -> None:
    response = send(client, form_key=key)
    assert response.status_code in (302, 422)
    assert Reconsideration.objects.count() == (response.status_code == 302)


def test_form_gives_a_new_key_to_each(client: Client) -> None:
    keys = {client.get(PATH).context["form"]["form_key"].value() for _ in range(2)}
    assert len(keys) == 2
