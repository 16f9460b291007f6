import pytest

from intake.domain import notice_suggestions
from intake.domain.notice_suggestions import NoticeSuggestion, suggest


def broken(text: str, url: str) -> list[NoticeSuggestion]:
    raise RuntimeError(text)


def five(text: str, url: str) -> list[NoticeSuggestion]:
    return [NoticeSuggestion(str(n), f"/thong-bao/{n}/", "true", "Đúng") for n in range(5)]


def test_suggest_returns_what_the_named_function_finds(notice) -> None:
    assert suggest("Toàn tỉnh nghỉ học") == [notice]


def test_suggest_shows_three_at_most(settings) -> None:
    settings.INTAKE_SUGGESTIONS = "tests.intake.domain.test_notice_suggestions.five"
    assert len(suggest("Toàn tỉnh nghỉ học")) == notice_suggestions.MAX_SHOWN


def test_suggest_returns_nothing_for_a_few_letters(notice) -> None:
    assert suggest("nghỉ") == []
    assert suggest("", "https://example.com/a") == [notice]


@pytest.mark.parametrize(
    "name", ["tests.intake.domain.test_notice_suggestions.broken", "no.such.thing", "x"]
)
def test_suggest_without_a_working_search_costs_no_report(settings, caplog, name: str) -> None:
    settings.INTAKE_SUGGESTIONS = name
    assert suggest("Nội dung bí mật của phụ huynh") == []
    assert "suggestions_failed" in caplog.text
    assert "bí mật" not in caplog.text
