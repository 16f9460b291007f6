from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from factcheck.checklist import CHECKLIST
from factcheck.ratings import RATINGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies.load({"django_language": "en"})
    return client


def test_method_shows_the_rules_the_code_follows(english: Client) -> None:
    text = english.get("/cach-kiem-chung/").content.decode()
    for definition in RATINGS.values():
        assert escape(str(definition.label)) in text
        assert escape(str(definition.meaning)) in text
    for question in CHECKLIST.values():
        assert escape(str(question)) in text
    strict = [row for row in RATINGS.values() if row.evidence and row.evidence.official]
    names = ", ".join(f"“{row.label}”" for row in strict)
    assert f"The verdicts {names} need at least one primary or official" in text


def test_method_follows_a_changed_rule(english: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHECKLIST, "new", "A question added today")
    assert "A question added today" in english.get("/cach-kiem-chung/").content.decode()


def test_privacy_promises_what_the_settings_say(english: Client, settings: Any) -> None:
    settings.CONTACT_DAYS, settings.OPINION_TEXT_DAYS = 41, 9
    text = english.get("/quyen-rieng-tu/").content.decode()
    assert "deleted after 41 days" in text
    assert "emptied 9 days after" in text
    assert settings.CSRF_COOKIE_NAME in text
