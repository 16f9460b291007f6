"""The form of a unit tells who reads, and lets the sender choose, without JavaScript or cookies."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from intake.models import Report
from tests.factories import Cast, cast
from tests.public.form_pages import code_on, fields, send

__all__ = ["cast"]

DELICATE = "Cô giáo ở trường mình ép học thêm phải không?"
PLAIN = "Mai trường mình nghỉ tránh lũ phải không?"


@pytest.fixture
def path(cast: Cast) -> str:
    return f"/gui/{cast.school.code}/"


def text_of(page: Any) -> str:
    return unescape(page.content.decode())


def test_both_readers_are_named_and_none_is_chosen(client: Client, cast: Cast, path: str) -> None:
    page = client.get(path)
    assert f"Người đọc: {cast.school.name}" in text_of(page)
    assert f"Người đọc: {cast.xa.name}" in text_of(page)
    assert "reader" not in fields(page)
    assert not page.cookies


def test_a_plain_text_is_taken_at_once(client: Client, cast: Cast, path: str) -> None:
    receipt = send(client, path, text=PLAIN)
    assert Report.objects.get().unit == cast.school
    assert f"Người đọc: {cast.school.name}" in text_of(receipt)


def test_a_delicate_text_is_confirmed_and_read_elsewhere(
    client: Client, cast: Cast, path: str
) -> None:
    page = send(client, path, text=DELICATE)
    assert not Report.objects.exists()
    assert fields(page)["reader"] == "elsewhere"
    assert not page.cookies
    receipt = client.post(path, fields(page))
    report = Report.objects.get()
    assert (report.unit, report.about_unit) == (cast.xa, cast.school)
    assert f"Người đọc: {cast.xa.name}" in text_of(receipt)
    tracking = client.post("/tra-cuu/", {"code": code_on(receipt)})
    assert f"Người đọc: {cast.xa.name}" in text_of(tracking)
    assert cast.school.name not in text_of(tracking)


def test_the_choice_of_a_person_stands(client: Client, cast: Cast, path: str) -> None:
    send(client, path, text=DELICATE, reader="unit")
    assert Report.objects.get().unit == cast.school
    send(client, path, text=PLAIN, reader="elsewhere")
    assert Report.objects.get(text=PLAIN).unit == cast.xa


def test_the_check_before_the_form_shows_the_default(client: Client, cast: Cast, path: str) -> None:
    def chosen(text: str) -> str | None:
        return fields(client.post(path, {"text": text, "step": "check"})).get("reader")

    assert chosen(DELICATE) == "elsewhere"
    assert chosen(PLAIN) is None


def test_the_choice_survives_an_error_and_an_unknown_key(
    client: Client, cast: Cast, path: str
) -> None:
    assert fields(send(client, path, text="", reader="elsewhere"))["reader"] == "elsewhere"
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(path, {"text": PLAIN, "reader": "elsewhere", "form_key": "x"})
    assert page.status_code == 403
    assert fields(page)["reader"] == "elsewhere"


def test_without_another_reader_there_is_no_choice(client: Client, cast: Cast) -> None:
    for path in (f"/gui/{cast.so.code}/", "/gui/"):
        page = client.get(path)
        assert f"Người đọc: {cast.so.name}" in text_of(page)
        assert 'name="reader"' not in text_of(page)
        send(client, path, text=DELICATE + path)
    assert {report.unit for report in Report.objects.all()} == {cast.so}


def test_an_impossible_choice_is_refused_with_a_sentence(client: Client, cast: Cast) -> None:
    page = send(client, f"/gui/{cast.so.code}/", text=PLAIN, reader="elsewhere")
    assert page.status_code == 422
    assert "chưa có nơi nào khác" in text_of(page)
    assert send(client, f"/gui/{cast.so.code}/", text=PLAIN, reader="x").status_code == 422
