import pytest

from factcheck import case_codes


@pytest.mark.parametrize("code", ["HS-0412", "hs412", "412", " Hs-412 ", "000412"])
def test_code_is_read_as_people_write_it(code: str) -> None:
    assert case_codes.parse(code) == 412


@pytest.mark.parametrize("code", ["", "HS", "HS-0", "0", "KT-412", "412a", "1234567890"])
def test_other_text_is_no_code(code: str) -> None:
    assert case_codes.parse(code) is None
