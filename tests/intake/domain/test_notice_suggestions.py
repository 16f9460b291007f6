import pytest

from intake.domain import notice_suggestions
from intake.domain.notice_suggestions import suggest
from publishing.domain.answer import Answer
from tests.intake.conftest import NOTICE


def broken(text: str, url: str) -> Answer:
    raise RuntimeError(text)


def five(text: str, url: str) -> Answer:
    return Answer((NOTICE,) * 5, ("Tin này đang được kiểm.",))


def test_suggest_returns_what_the_named_function_finds(notice) -> None:
    assert list(suggest("Toàn tỉnh nghỉ học").claims) == [notice]


def test_suggest_shows_three_at_most(settings) -> None:
    settings.INTAKE_SUGGESTIONS = "tests.intake.domain.test_notice_suggestions.five"
    answer = suggest("Toàn tỉnh nghỉ học")
    assert len(answer.claims) == notice_suggestions.MAX_SHOWN
    assert answer.notes == ("Tin này đang được kiểm.",)


def test_suggest_returns_nothing_for_a_few_letters(notice) -> None:
    assert not suggest("nghỉ")
    assert list(suggest("", "https://example.com/a").claims) == [notice]


@pytest.mark.parametrize(
    "name", ["tests.intake.domain.test_notice_suggestions.broken", "no.such.thing", "x"]
)
def test_suggest_without_a_working_search_costs_no_report(settings, caplog, name: str) -> None:
    settings.INTAKE_SUGGESTIONS = name
    assert not suggest("Nội dung bí mật của phụ huynh")
    assert "suggestions_failed" in caplog.text
    assert "bí mật" not in caplog.text
