from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"


@pytest.mark.django_db
def test_missing_page_says_what_to_do_in_both_languages(client: Client) -> None:
    client.cookies.load({"django_language": "en"})
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()
    assert 'name="q"' in response.content.decode()


@pytest.mark.django_db
def test_expired_form_says_how_to_keep_the_words() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies.load({"django_language": "en"})
    response = client.post("/tai-khoan/dang-nhap/", {"login": "a@b.vn"})
    assert response.status_code == 403
    assert "Nothing is lost: go back" in response.content.decode()


@pytest.mark.parametrize("code", ["400", "500", "503"])
def test_page_for_a_broken_server_needs_nothing_of_it(code: str) -> None:
    source = (TEMPLATES / f"{code}.html").read_text()
    assert "{%" not in source
    assert "{{" not in source
    assert '<html lang="vi">' in source
    assert 'lang="en"' in source
    assert "Quay lại" in source
    assert "Back button" in source


@pytest.mark.django_db
def test_refusal_shows_its_own_sentence(client: Client) -> None:
    text = render_to_string("403.html", {"exception": "Việc này cần người duyệt."})
    assert "Việc này cần người duyệt." in text
