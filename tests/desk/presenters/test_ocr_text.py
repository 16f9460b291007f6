"""Text recognised in screenshots, on the case page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.domain.cases import lifecycle
from intake.domain import image_text, tesseract
from intake.models import PictureReading, Report
from tests.factories import Cast, case_of, submit_report
from tests.intake.sample_images import upload

WORDS = "Ngày mai <b>nghỉ học</b> vì bão"
MACHINE = "read by a machine"


@pytest.fixture
def report(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Report:
    settings.READ_PICTURES = True
    monkeypatch.setattr(tesseract, "languages", lambda: "vie")
    monkeypatch.setattr(tesseract, "read", lambda grey: WORDS)
    return submit_report("", cast.school, images=[upload()])


def page(client: Client, cast: Cast, report: Report) -> str:
    client.force_login(cast.checker)
    client.cookies["django_language"] = "en"
    answer = client.get(reverse("desk:case", args=[case_of(report).number]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_recognised_text_is_shown_with_the_picture_and_the_claim(client, cast, report) -> None:
    image_text.read(PictureReading.objects.get().pk)
    lifecycle.take(case_of(report), by=cast.checker)
    html = page(client, cast, report)
    escaped = "Ngày mai &lt;b&gt;nghỉ học&lt;/b&gt; vì bão"
    assert html.count(escaped) == 2
    assert WORDS not in html
    assert MACHINE in html
    assert 'data-copy="#da-doc"' in html


def test_recognised_text_is_not_offered_once_the_claim_is_written(client, cast, report) -> None:
    image_text.read(PictureReading.objects.get().pk)
    case = lifecycle.take(case_of(report), by=cast.checker)
    lifecycle.set_claim(case, "Cả trường nghỉ học", version=case.version, by=cast.checker)
    html = page(client, cast, report)
    assert "data-copy" not in html
    assert MACHINE in html


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("waiting", "are still to be read"),
        ("failed", "A machine could not read this picture."),
    ],
)
def test_an_unread_picture_says_so(client, cast, report, state, sentence) -> None:
    PictureReading.objects.update(state=state)
    assert sentence in page(client, cast, report)


def test_a_picture_without_words_says_so(client, cast, report, monkeypatch) -> None:
    monkeypatch.setattr(tesseract, "read", lambda grey: "")
    image_text.read(PictureReading.objects.get().pk)
    html = page(client, cast, report)
    assert "A machine found no words in this picture." in html
    assert MACHINE not in html.replace("Read from the picture by a machine", "")


def test_a_server_that_reads_no_pictures_says_so(client, cast, report, settings) -> None:
    settings.READ_PICTURES = False
    assert "this server has no program for it" in page(client, cast, report)
