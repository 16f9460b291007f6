from dataclasses import replace

import pytest
from django.urls import reverse

from intake.models import Report
from publishing.domain.answer import Answer
from tests.intake.conftest import NOTICE

pytestmark = pytest.mark.django_db
URL = "/gui/goi-y/"


def test_fragment_shows_the_notice_and_why_it_matches(client, notice) -> None:
    assert reverse("public:suggest") == URL
    answer = client.post(URL, {"text": "Toàn tỉnh nghỉ học", "url": ""})
    html = answer.content.decode()
    assert "<html" not in html
    for words in (NOTICE.headline, NOTICE.url, "kt-v-false", "Sai", *NOTICE.conflicts):
        assert words in html
    assert answer["Cache-Control"] == "private, no-store"
    assert not Report.objects.exists()


def test_fragment_without_notice_has_nothing_to_read(client) -> None:
    html = client.post(URL, {"text": "Toàn tỉnh nghỉ học"}).content.decode()
    assert "kt-suggest" not in html
    assert 'name="seen_suggestions" value=""' in html


@pytest.mark.parametrize("text", ["", "\0", "x" * 300_000, "<script>", "\ufeff" * 100])
def test_fragment_takes_any_text(client, notice, text: str) -> None:
    answer = client.post(URL, {"text": text, "url": text})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_rumour_without_a_verdict_is_quoted_as_a_checked_claim(client, settings, unit) -> None:
    settings.INTAKE_SUGGESTIONS = "tests.public.views.test_suggest.past_notice"
    html = client.post(URL, {"text": NOTICE.claim}).content.decode()
    assert "Tin này:" not in html
    assert f"“{NOTICE.claim}”" in html
    assert "Tin đã kiểm ngày 22/11/2026" in html
    assert f">{NOTICE.claim}<" not in html


def past_notice(text: str, url: str) -> Answer:
    """The same claim, past its day: it has neither a headline nor a verdict any more."""
    return Answer((replace(NOTICE, headline="", verdict="", verdict_label="", status="Hết hạn"),))
