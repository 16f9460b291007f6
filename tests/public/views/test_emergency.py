"""Somebody in danger reads whom to call first, and the report is taken all the same."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.domain.dates import ZONE
from intake.models import Report
from tests.public.form_pages import URL, send

pytestmark = pytest.mark.django_db

IN_DANGER = "Cứu em với, em đang bị nhốt trong kho trường, sắp hết pin rồi"
ABOUT_DANGER = "Nghe nói trường bên có bạn bị đuối nước chiều qua"
NUMBERS = ("tel:111", "tel:113", "tel:115")


def test_receipt_of_somebody_in_danger_begins_with_the_numbers(client, unit) -> None:
    html = send(client, text=IN_DANGER).content.decode()
    assert Report.objects.get().text == IN_DANGER
    for number in NUMBERS:
        assert html.index(number) < html.index("ma-tra-cuu")


def test_form_checked_from_the_front_page_shows_them_and_can_be_sent(client, unit) -> None:
    html = client.post(URL, {"step": "check", "text": IN_DANGER}).content.decode()
    button = html.index('type="submit"', html.index("kt-form"))
    assert all(html.index(number) < button for number in NUMBERS)


def test_suggestions_while_typing_show_them(client, unit) -> None:
    page = client.post(reverse("public:suggest"), {"text": IN_DANGER})
    assert "tel:111" in page.content.decode()


def test_report_about_a_danger_elsewhere_shows_no_emergency(client, unit) -> None:
    assert "khan-cap-h" not in send(client, text=ABOUT_DANGER).content.decode()


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("2026-11-27T21:40", "07:30"),  # a Friday evening: from Monday on
        ("2026-11-27T10:00", ""),
    ],
)
def test_receipt_says_when_somebody_looks(client, unit, monkeypatch, moment, sentence) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    monkeypatch.setattr(timezone, "now", lambda: now)
    html = send(client, text="Trường thu 300k tiền quạt phải không ạ").content.decode()
    assert ("Hiện đã hết giờ làm việc" in html) is bool(sentence)
    if sentence:
        assert "07:30" in html
        assert "30/11/2026" in html
