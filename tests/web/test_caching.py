"""Caching of pages, on the pages of a notice."""

import pytest
from django.test import Client

from tests.publishing import rows

pytestmark = pytest.mark.django_db


def test_cached_page_is_reused_and_its_form_works_without_a_cookie() -> None:
    rows.notice("di-hoc")
    client = Client(enforce_csrf_checks=True)
    first = client.get("/thong-bao/di-hoc/")
    assert first["Cache-Control"] == "private, no-cache"
    assert not first.cookies
    again = client.get("/thong-bao/di-hoc/", HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304
    sent = client.post("/i18n/setlang/", {"language": "en", "next": "/"}, HTTP_ORIGIN="null")
    assert (sent.status_code, sent["Location"]) == (302, "/")


def test_cached_page_is_sent_again_after_a_correction(client: Client) -> None:
    first = rows.notice("di-hoc")
    paths = [f"/thong-bao/di-hoc/{part}" for part in ("", "van-ban.txt", "in/")]
    tags = {path: client.get(path)["ETag"] for path in ("/", "/thong-bao.atom", *paths)}
    rows.version(first.notice, headline="Tiêu đề đã sửa")
    for path, tag in tags.items():
        assert client.get(path, HTTP_IF_NONE_MATCH=tag).status_code == 200, path


@pytest.mark.parametrize("path", ["in/", "van-ban.txt"])
def test_pages_without_forms_are_cached_for_a_minute(client: Client, path: str) -> None:
    rows.notice("di-hoc")
    response = client.get(f"/thong-bao/di-hoc/{path}")
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content
