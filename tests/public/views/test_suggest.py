import pytest
from django.urls import reverse

from intake.models import Report
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
