import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from factcheck.domain.index import exclusions
from tests.factories import RUMOUR, Cast, case_of, submit_report

ELSE = "Trường bắt mua đồng phục mới 640.000 đồng trước Tết"


def told(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("match_text", *arguments, stdout=out, **options)
    return out.getvalue()


def answer(*arguments: str, **options: Any) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(told(*arguments, "--json", **options))
    return result


def test_match_text_gives_every_feature_the_decision_and_why(cast: Cast) -> None:
    case = case_of(submit_report(RUMOUR, cast.school))
    result = answer(RUMOUR.lower())
    (row,) = result["candidates"]
    assert (result["decision"], row["action"], row["case"]) == ("link", "link", case.code)
    assert row["explanation"]["same_text"] is True
    assert {"ratio", "coverage", "conflicts"} <= set(row["features"])
    assert row["why"]
    page = told(RUMOUR.lower())
    assert case.code in page
    assert "ratio=1.0" in page


def test_match_text_gives_the_reason_when_it_does_not_link(cast: Cast) -> None:
    case = case_of(submit_report(ELSE, cast.school))
    result = answer(RUMOUR, "--against", case.code)["against"]
    assert (result["case"], result["action"]) == (case.code, "new")
    assert result["why"]
    exclusions.exclude(case, "Vô nghĩa", by=cast.checker)
    result = answer(ELSE, "--against", str(case.number))
    assert result["candidates"] == []
    assert result["against"]["left_out_of_matching"] is True
    assert result["against"]["place"] is None
    assert "left out of matching" in told(ELSE, "--against", case.code)


def test_match_text_reads_standard_input(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    submit_report(RUMOUR, cast.school)
    monkeypatch.setattr("sys.stdin", io.StringIO(RUMOUR))
    assert answer("-", "--limit", "1", "--seen", "2026-11-22")["decision"] == "link"


@pytest.mark.parametrize("text", ["", "\x00", "😱" * 50, "a" * 5000])
def test_match_text_of_nothing_finds_nothing(cast: Cast, text: str) -> None:
    submit_report(RUMOUR, cast.school)
    assert answer(text)["decision"] == "new"


@pytest.mark.parametrize("code", ["HS-9999", "abc", ""])
def test_match_text_against_no_case_says_so(cast: Cast, code: str) -> None:
    if code:
        with pytest.raises(CommandError, match=code):
            told(RUMOUR, "--against", code)
    else:
        assert "against" not in answer(RUMOUR, "--against", code)
