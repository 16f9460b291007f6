import pytest
from django.test import Client


@pytest.mark.django_db
def test_page_without_a_chosen_language_ignores_accept_language(client: Client) -> None:
    page = client.get("/", headers={"accept-language": "en-US"})
    assert page.headers["Content-Language"] == "vi"
    assert '<html lang="vi"' in page.content.decode()


@pytest.mark.django_db
def test_page_after_choosing_english_is_english(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    page = client.get("/")
    assert page.headers["Content-Language"] == "en"


@pytest.mark.django_db
def test_page_with_an_unknown_language_cookie_is_vietnamese(client: Client) -> None:
    client.cookies["django_language"] = "xx"
    assert client.get("/").headers["Content-Language"] == "vi"


@pytest.mark.django_db
def test_every_page_carries_the_security_headers(client: Client) -> None:
    for path in ("/", "/gui/", "/tra-cuu/", "/khong-co-trang-nay/"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_api_follows_the_language_a_program_asks_for(client: Client) -> None:
    for language in ("en", "vi"):
        response = client.get("/api/v1/notices", headers={"accept-language": language})
        assert response.headers["Content-Language"] == language
