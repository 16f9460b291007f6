import pytest

from factcheck.exceptions import ValidationError
from factcheck.reasons import reason_line


def test_reason_is_one_clean_line() -> None:
    assert reason_line(" khác\n ngày\ufffe ", 300) == "khác ngày"


def test_reason_over_the_limit_is_counted_and_refused() -> None:
    assert reason_line("x" * 300, 300) == "x" * 300
    with pytest.raises(ValidationError, match="12"):
        reason_line("x" * 312, 300)
