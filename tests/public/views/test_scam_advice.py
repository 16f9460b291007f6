"""A text that reads as a scam: what to do is said before it is sent, and first on the receipt."""

import pytest
from django.test import Client

from factcheck.act_first import SCAM_ADVICE
from intake.models import Report
from tests.public.form_pages import URL, code_on, send

pytestmark = pytest.mark.django_db
SHORT_SCAM = "con đang cấp cứu chuyển 30 triệu"


@pytest.fixture(autouse=True)
def _public_answers(settings) -> None:
    settings.INTAKE_SUGGESTIONS = "publishing.domain.answer.answer"


@pytest.mark.parametrize("text", [SHORT_SCAM, "đọc mã OTP", "con dang cap cuu chuyen 30 trieu"])
def test_check_step_says_what_to_do_at_any_length(client: Client, unit, text: str) -> None:
    html = client.post(URL, {"step": "check", "text": text}).content.decode()
    assert "Đừng chuyển tiền" in html
    assert html.index("Đừng chuyển tiền") < html.index("<textarea")


@pytest.mark.parametrize("text", ["Mai trường có nghỉ học không?", "ok", ""])
def test_ordinary_text_gets_no_warning(client: Client, unit, text: str) -> None:
    html = client.post(URL, {"step": "check", "text": text}).content.decode()
    assert "Đừng chuyển tiền" not in html


def test_receipt_begins_with_the_warning(client: Client, unit) -> None:
    page = send(client, text=SHORT_SCAM)
    html = page.content.decode()
    assert html.index("Đừng chuyển tiền") < html.index('id="ma-tra-cuu"')
    for call in SCAM_ADVICE.calls:
        assert f'href="tel:{call.number}"' in html
    assert code_on(page)
    assert Report.objects.count() == 1  # sent at the first press


def test_receipt_of_an_ordinary_report_warns_of_nothing(client: Client, unit) -> None:
    html = send(client, text="Mai trường có nghỉ học không?").content.decode()
    assert "Đừng chuyển tiền" not in html
    assert "tel:113" not in html
