import pytest
from django.urls import reverse
from django.utils import translation

from intake.domain import receipts
from intake.domain.submissions import new_form_key

pytestmark = pytest.mark.django_db
CODE = receipts.for_form_key("a" * 32)


def save(client, **values):
    return client.post(reverse("public:receipt_text"), values)


def test_text_file_is_a_download_that_nobody_stores(client) -> None:
    answer = save(client, receipt=CODE)
    assert answer["Content-Disposition"] == 'attachment; filename="ma-tra-cuu.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"


def test_text_file_contains_code_and_address_apart(client, settings) -> None:
    settings.SITE_URL = "https://kiemtin.example"
    text = save(client, receipt=CODE).content.decode()
    assert receipts.pretty(CODE) in text
    assert "https://kiemtin.example/tra-cuu/\r\n" in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_text_file_is_in_the_readers_language(client, settings, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with translation.override(language):
        expected = translation.gettext("Read the answer here, with this code:")
    assert expected in save(client, receipt=CODE).content.decode()


@pytest.mark.parametrize("receipt", ["", "x", "7" * 23, "\0", "=cmd|' /C calc'!A0"])
def test_text_file_of_no_code_is_refused_on_a_page(client, receipt: str) -> None:
    answer = save(client, receipt=receipt)
    assert answer.status_code == 400
    assert "Content-Disposition" not in answer


def test_text_file_takes_the_code_from_no_address(client) -> None:
    response = client.get(reverse("public:receipt_text"), {"receipt": CODE})
    assert response["Location"] == reverse("public:submit")


def test_text_file_looks_nothing_up(client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert save(client, receipt=receipts.for_form_key(new_form_key())).status_code == 200
